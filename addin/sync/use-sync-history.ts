/** Past syncs, what each changed, and taking the last one back. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { listSyncChanges, listSyncHistory, undoContactSync } from '../../shared/api/sync-history';
import type { PastSync, SyncChange } from '../../shared/api/sync-history';
import type { SyncChangeKind } from '../../shared/sync-history';
import { useServices } from '../shell/services';
import { useReconnections, useReloads } from '../shell/use-reloads';

export interface SyncHistory {
  /** The newest first; undefined until they are read. */
  readonly syncs: readonly PastSync[] | undefined;
  readonly error: unknown;
  /** Reads again after a failure. */
  readonly retry: () => void;
}

/** Reads the history, and again when the contacts or `version` change. */
export function useSyncHistory(version: unknown): SyncHistory {
  const { client } = useServices();
  const reloads = useReloads();
  const [history, setHistory] = useState<Omit<SyncHistory, 'retry'>>({
    syncs: undefined,
    error: undefined,
  });
  const [retries, setRetries] = useState(0);
  const retry = useCallback(() => setRetries((count) => count + 1), []);
  useEffect(() => {
    const outdated = new AbortController();
    client
      .call(listSyncHistory, {}, { signal: outdated.signal })
      .then(({ items }) => setHistory({ syncs: items, error: undefined }))
      .catch((error: unknown) => {
        if (!outdated.signal.aborted) setHistory(({ syncs }) => ({ syncs, error }));
      });
    return () => outdated.abort();
  }, [client, reloads, version, retries]);
  return { ...history, retry };
}

/** Takes a sync back. @throws ApiError `undo-not-possible` when another one came after it or the day is over */
export function useUndo(): (id: string) => Promise<{ readonly restored: number; readonly leftAlone: number }> {
  const { client } = useServices();
  return useCallback((id) => client.call(undoContactSync, { params: { id } }), [client]);
}

export interface ChangesFilter {
  readonly kind: SyncChangeKind | undefined;
  /** Part of a name. */
  readonly text: string;
}

export interface SyncChanges {
  /** As far as they are read; undefined before. */
  readonly items: readonly SyncChange[] | undefined;
  readonly error: unknown;
  /** Reads on, where there is more. */
  readonly more: () => void;
  /** Reads again after a failure. */
  readonly retry: () => void;
}

interface Portion {
  readonly items: readonly SyncChange[] | undefined;
  readonly nextCursor?: string | undefined;
  readonly error: unknown;
}

const nothing: Portion = { items: undefined, error: undefined };
/** Changes read at once. */
const pageSize = 100;

/**
 * What a past sync changed or, where `id` is of one that waits, would change; read in portions, and from the beginning
 * when the connection is back after a loss. `version` names the plan.
 */
export function useSyncChanges(id: string, version: string, { kind, text }: ChangesFilter): SyncChanges {
  const { client } = useServices();
  const [portion, setPortion] = useState(nothing);
  const [retries, setRetries] = useState(0);
  const reconnections = useReconnections();
  const outdated = useRef(new AbortController());
  const reading = useRef(false);

  const read = useCallback(
    async (before: readonly SyncChange[], cursor: string | undefined, signal: AbortSignal) => {
      reading.current = true;
      try {
        const query = {
          limit: String(pageSize),
          ...(kind === undefined ? {} : { kind }),
          ...(text.trim() === '' ? {} : { text: text.trim() }),
          ...(cursor === undefined ? {} : { cursor }),
        };
        const { items, nextCursor } = await client.call(listSyncChanges, { params: { id }, query }, { signal });
        setPortion({ items: [...before, ...items], nextCursor, error: undefined });
      } catch (error) {
        if (!signal.aborted) setPortion(({ items, nextCursor }) => ({ items, nextCursor, error }));
      } finally {
        if (!signal.aborted) reading.current = false;
      }
    },
    [client, id, kind, text],
  );
  useEffect(() => {
    const mine = new AbortController();
    outdated.current = mine;
    void read([], undefined, mine.signal);
    return () => mine.abort();
  }, [read, version, retries, reconnections]);
  const { items, nextCursor, error } = portion;
  const more = useCallback(() => {
    if (items === undefined || nextCursor === undefined || reading.current) return;
    void read(items, nextCursor, outdated.current.signal);
  }, [items, nextCursor, read]);
  const retry = useCallback(() => setRetries((count) => count + 1), []);
  return { items, error, more, retry };
}
