/** A list of Administration that is searched while one types, page by page. */
import { useCallback, useState } from 'react';
import type { ApiClient } from '../api/client';
import { useServices } from '../shell/services';
import { usePages, type Page } from './use-pages';

/** Milliseconds without a further letter until the service is asked. */
const typingPauseMs = 200;
const pageSize = '100';

/** What a page is asked by. */
export interface PageQuery {
  readonly q: string;
  readonly limit: string;
  readonly cursor?: string;
}

/** Reads one page; a function of the module, so that it is the same one every time. */
export type ReadPage<T> = (
  client: ApiClient,
  query: PageQuery,
  options: { readonly signal?: AbortSignal },
) => Promise<Page<T>>;

export interface SearchedPages<T> {
  /** Undefined until the service has answered. */
  readonly rows: readonly T[] | undefined;
  readonly query: string;
  readonly setQuery: (query: string) => void;
  readonly error: unknown;
  /** Fetches the next page, where there is one. */
  readonly more: () => void;
  readonly reload: () => void;
}

export function useSearchedPages<T extends { readonly id: string }>(read: ReadPage<T>): SearchedPages<T> {
  const { client } = useServices();
  const [query, setQuery] = useState('');
  const { page, error, more, reload } = usePages<T, Page<T>>(
    useCallback(
      (cursor, signal) =>
        read(
          client,
          { q: query, limit: pageSize, ...(cursor !== undefined && { cursor }) },
          { ...(signal && { signal }) },
        ),
      [client, query, read],
    ),
    query === '' ? 0 : typingPauseMs,
  );
  return { rows: page?.items, query, setQuery, error, more, reload };
}
