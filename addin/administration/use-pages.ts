/** A list that the service gives page by page: the pages so far, the next one, and all of it again. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { useReconnections } from '../shell/use-reloads';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string | undefined;
}

export interface Pages<T, P extends Page<T>> {
  /** The first page with the items of all that were fetched after it. Undefined until the service has answered. */
  readonly page: P | undefined;
  readonly error: unknown;
  /** Fetches the next page, where there is one. */
  readonly more: () => void;
  readonly reload: () => void;
  /** Puts another item in the place of the one that has its id. */
  readonly replace: (item: T) => void;
}

/**
 * `fetchPage` is memoized: whenever it (or the delay) is another one, the list begins anew, `delayMs` later, and when the
 * connection is back after a loss. A failed reload leaves what was there.
 */
export function usePages<T extends { readonly id: string }, P extends Page<T>>(
  fetchPage: (cursor: string | undefined, signal?: AbortSignal) => Promise<P>,
  delayMs = 0,
): Pages<T, P> {
  const [page, setPage] = useState<P>();
  const [error, setError] = useState<unknown>();
  const [reloads, setReloads] = useState(0);
  const reconnections = useReconnections();
  const fetching = useRef(false);

  useEffect(() => {
    const outdated = new AbortController();
    const timer = setTimeout(() => {
      fetchPage(undefined, outdated.signal)
        .then((answer) => {
          setPage(answer);
          setError(undefined);
        })
        .catch((failure: unknown) => {
          if (!outdated.signal.aborted) setError(failure);
        });
    }, delayMs);
    return () => {
      clearTimeout(timer);
      outdated.abort();
    };
  }, [fetchPage, delayMs, reloads, reconnections]);

  const cursor = page?.nextCursor;
  const more = useCallback(() => {
    if (cursor === undefined || fetching.current) return;
    fetching.current = true;
    fetchPage(cursor)
      .then(({ items, nextCursor }) =>
        setPage((known) =>
          // The list began anew in the meantime: this page belongs to an older one.
          known?.nextCursor === cursor ? { ...known, items: [...known.items, ...items], nextCursor } : known,
        ),
      )
      .catch((failure: unknown) => setError(failure))
      .finally(() => {
        fetching.current = false;
      });
  }, [fetchPage, cursor]);

  // A page may hold nothing and still have a next one: the list would not ask for it by itself.
  useEffect(() => {
    if (page?.items.length === 0) more();
  }, [page, more]);

  return {
    page,
    error,
    more,
    reload: useCallback(() => setReloads((count) => count + 1), []),
    replace: useCallback(
      (item) =>
        setPage(
          (known) => known && { ...known, items: known.items.map((each) => (each.id === item.id ? item : each)) },
        ),
      [],
    ),
  };
}
