/** Finds numbers for what is typed, and the latest ones while nothing is. */
import { useEffect, useMemo, useState } from 'react';
import { searchDirectory } from '../../shared/api/directory';
import { listJournal } from '../../shared/api/journal';
import type { DirectorySearch } from '../../shared/directory';
import type { JournalEntry } from '../../shared/journal';
import type { DialTarget } from '../shell/dialler';
import { useServices } from '../shell/services';
import { fittingTargets, latestTargets, type TargetGroup } from './call-targets';

/** People per directory: whoever is not among them is found by one more letter. */
const peoplePerDirectory = 10;

export interface CallTargets {
  readonly groups: readonly TargetGroup[];
  /** The groups fit what is typed now; while a search is under way those of the text before stay in sight. */
  readonly fresh: boolean;
  /** The search failed. */
  readonly error: unknown;
}

interface Found {
  readonly q: string;
  readonly hits: DirectorySearch | undefined;
  readonly error: unknown;
}

export function useCallTargets(typed: string, redial: readonly DialTarget[]): CallTargets {
  const { client } = useServices();
  const [found, setFound] = useState<Found>({ q: '', hits: undefined, error: undefined });
  const journal = useLatestCalls();
  const q = typed.trim();

  useEffect(() => {
    if (!q) return;
    const outdated = new AbortController();
    client
      .call(searchDirectory, { query: { q, limit: String(peoplePerDirectory) } }, { signal: outdated.signal })
      .then((hits) => setFound({ q, hits, error: undefined }))
      .catch((error: unknown) => {
        if (!outdated.signal.aborted) setFound({ q, hits: undefined, error });
      });
    return () => outdated.abort();
  }, [client, q]);

  const groups = useMemo(
    () => (q ? fittingTargets(typed, found.q === '' ? undefined : found.hits) : latestTargets(redial, journal)),
    [q, typed, found, redial, journal],
  );
  const fresh = q === '' || found.q === q;
  return { groups, fresh, error: fresh && q !== '' ? found.error : undefined };
}

/** The newest page of the journal, read once. Without it the choice does as well. */
function useLatestCalls(): readonly JournalEntry[] {
  const { client } = useServices();
  const [entries, setEntries] = useState<readonly JournalEntry[]>([]);
  useEffect(() => {
    const gone = new AbortController();
    client
      .call(listJournal, { query: { folder: 'all' } }, { signal: gone.signal })
      .then(({ items }) => setEntries(items))
      .catch(() => undefined);
    return () => gone.abort();
  }, [client]);
  return entries;
}
