/** The audit trail, newest first, page by page. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { listAuditTrail, type AuditEntry } from '../../shared/api/administration-audit';
import { useServices } from '../shell/services';

export interface AuditTrail {
  /** Undefined until the service has answered. */
  readonly entries: readonly AuditEntry[] | undefined;
  readonly error: unknown;
  /** Fetches the next page, where there is one. */
  readonly more: () => void;
  readonly reload: () => void;
}

const pageSize = '100';

export function useAuditTrail(): AuditTrail {
  const { client } = useServices();
  const [page, setPage] = useState<{ entries: readonly AuditEntry[]; next: string | undefined }>();
  const [error, setError] = useState<unknown>();
  const [reloads, setReloads] = useState(0);
  const fetching = useRef(false);

  useEffect(() => {
    const outdated = new AbortController();
    client
      .call(listAuditTrail, { query: { limit: pageSize } }, { signal: outdated.signal })
      .then(({ items, nextCursor }) => {
        setPage({ entries: items, next: nextCursor });
        setError(undefined);
      })
      .catch((failure: unknown) => {
        if (!outdated.signal.aborted) setError(failure);
      });
    return () => outdated.abort();
  }, [client, reloads]);

  const more = useCallback(() => {
    const cursor = page?.next;
    if (cursor === undefined || fetching.current) return;
    fetching.current = true;
    client
      .call(listAuditTrail, { query: { cursor, limit: pageSize } })
      .then(({ items, nextCursor }) =>
        setPage((known) =>
          known?.next === cursor ? { entries: [...known.entries, ...items], next: nextCursor } : known,
        ),
      )
      .catch((failure: unknown) => setError(failure))
      .finally(() => {
        fetching.current = false;
      });
  }, [client, page?.next]);

  return { entries: page?.entries, error, more, reload: () => setReloads((count) => count + 1) };
}
