/** Searching the three directories while somebody types (DIR-2, DIR-3). */
import { useEffect, useState } from 'react';
import { searchDirectory } from '../../shared/api/directory';
import type { DirectorySearch } from '../../shared/directory';
import { useServices } from '../shell/services';
import { useReloads } from '../shell/use-reloads';

export interface QuickSearch {
  /** The newest hits that are known; those of the text before stay until the new ones are here. */
  readonly hits: DirectorySearch | undefined;
  /** What {@link hits} were found for. */
  readonly hitsFor: string;
  readonly error: unknown;
}

/** Hits per directory: at first, and after "more". */
export const searchLimits = { few: 20, many: 200 } as const;

const nothing: QuickSearch = { hits: undefined, hitsFor: '', error: undefined };

/** Searches for the text; an empty one is not searched. Each letter gives the search before up. */
export function useQuickSearch(text: string, limit: number): QuickSearch {
  const { client } = useServices();
  const reloads = useReloads();
  const [found, setFound] = useState<QuickSearch>(nothing);
  const q = text.trim();

  useEffect(() => {
    if (!q) return;
    const outdated = new AbortController();
    client
      .call(searchDirectory, { query: { q, limit: String(limit) } }, { signal: outdated.signal })
      .then((hits) => setFound({ hits, hitsFor: q, error: undefined }))
      .catch((error: unknown) => {
        if (!outdated.signal.aborted) setFound({ hits: undefined, hitsFor: q, error });
      });
    return () => outdated.abort();
  }, [client, q, limit, reloads]);

  return q ? found : nothing;
}
