import { ApiError, type ApiErrorCode } from '../../../addin/api/api-error';
import type { SyncCalls } from '../../../shared/sync/sync-calls';
import type { OpenSync, SourceAccount } from '../../../shared/api/contact-syncs';
import { syncLeaseMs, type ContactChange, type SyncBatch, type SyncResult } from '../../../shared/contact-sync';
import type { Clock } from '../../../shared/sync/clock';

export const account = { kind: 'graph', key: 'me@example.com', name: 'me@example.com' } as const;

interface Open {
  readonly id: string;
  readonly generation: number;
  readonly batches: Map<number, SyncBatch>;
  leaseUntil: number;
}

/** What may be made to fail: called before each request is served, after it with `after`. */
export type Fault = (request: string, moment: 'before' | 'after') => void;

const noNews: SyncResult = { added: 0, changed: 0, removed: 0, unchanged: 0, skipped: [], problems: [] };

/** The service as far as syncing needs it: stages, then applies batches in their order at the commit. */
export function createFakeService(clock: Clock) {
  const contacts = new Map<string, { folderId: string; change: ContactChange }>();
  let states = new Map<string, string>();
  let generation = 0;
  let open: Open | undefined;
  let committed: { id: string; generation: number; result: SyncResult } | undefined;
  let opened = 0;
  let waiting: SourceAccount['waiting'];
  let askBeforeRemoval = false;
  const marks = new Map<string, string>();
  const log: string[] = [];
  let fault: Fault = () => {};
  let delay: () => Promise<void> = () => Promise.resolve();

  const serve = async <T>(request: string, signal: AbortSignal | undefined, work: () => T): Promise<T> => {
    await delay();
    signal?.throwIfAborted();
    log.push(request);
    fault(request, 'before');
    const result = work();
    fault(request, 'after');
    return Promise.resolve(result);
  };
  const refuse = (code: ApiErrorCode): never => {
    throw new ApiError(code);
  };
  const current = (id: string): Open => {
    if (open?.id !== id || open.leaseUntil < clock.now()) return refuse('sync-unknown');
    return open;
  };

  const apply = (sync: Open): SyncResult => {
    const before = new Map(contacts);
    const result: SyncResult = { added: 0, changed: 0, removed: 0, unchanged: 0, skipped: [], problems: [] };
    const restarted = new Set<string>();
    const nextStates = new Map(states);
    for (const [, batch] of [...sync.batches].sort(([a], [b]) => a - b)) {
      if (batch.folders) {
        const ids = new Set(batch.folders.map(({ id }) => id));
        for (const [itemId, { folderId }] of [...contacts]) if (!ids.has(folderId)) contacts.delete(itemId);
      }
      if (batch.folder?.restarted) {
        restarted.add(batch.folder.id);
        for (const [itemId, { folderId }] of [...contacts]) if (folderId === batch.folder.id) contacts.delete(itemId);
      }
      for (const { id, state } of batch.finished ?? []) nextStates.set(id, state);
      if (batch.folder?.state !== undefined) nextStates.set(batch.folder.id, batch.folder.state);
      for (const mark of batch.fingerprints ?? []) {
        const itemId = marks.get(mark);
        const kept = itemId === undefined ? undefined : before.get(itemId);
        if (itemId !== undefined && kept !== undefined) contacts.set(itemId, kept);
      }
      for (const change of batch.changes) {
        if (change.type === 'upsert') {
          contacts.set(change.itemId, { folderId: change.folderId, change });
          if (change.mark !== undefined) marks.set(change.mark, change.itemId);
        } else if (contacts.get(change.itemId)?.folderId === change.folderId) contacts.delete(change.itemId);
      }
      result.skipped.push(...(batch.skipped ?? []).map(({ reason }) => ({ reason })));
    }
    for (const id of contacts.keys()) {
      if (!before.has(id)) result.added += 1;
      else if (JSON.stringify(before.get(id)) === JSON.stringify(contacts.get(id))) result.unchanged += 1;
      else result.changed += 1;
    }
    result.removed = [...before.keys()].filter((id) => !contacts.has(id)).length;
    states = nextStates;
    return result;
  };

  const calls: SyncCalls = {
    accounts: (signal) =>
      serve('accounts', signal, () =>
        generation === 0 && open === undefined && waiting === undefined
          ? []
          : [
              {
                id: 'account-1',
                ...account,
                generation,
                contacts: contacts.size,
                ...(open ? { running: { id: open.id, since: '2026-01-01T00:00:00Z', by: 'another pane' } } : {}),
                ...(waiting ? { waiting } : {}),
              },
            ],
      ),
    open: (input, signal) =>
      serve('open', signal, (): OpenSync => {
        if (open !== undefined && open.leaseUntil >= clock.now()) {
          throw new ApiError('sync-running', {
            type: 'about:blank',
            status: 409,
            title: 'Conflict',
            detail: 'A sync is under way.',
            code: 'sync-running',
            details: [
              { reason: 'by', value: 'another pane' },
              { reason: 'since', value: '2026-01-01T00:00:00Z' },
            ],
          });
        }
        if (input.generation !== undefined && input.generation !== generation) refuse('sync-outdated');
        opened += 1;
        const leaseUntil = clock.now() + syncLeaseMs;
        open = { id: `sync-${opened}`, generation, batches: new Map(), leaseUntil };
        const folders = input.mode === 'full' ? [] : [...states].map(([id, state]) => ({ id, state }));
        return {
          id: open.id,
          accountId: 'account-1',
          generation,
          folders,
          leaseUntil: new Date(leaseUntil).toISOString(),
        };
      }),
    putBatch: (id, n, batch, signal) =>
      serve(`batch ${n}`, signal, () => {
        const sync = current(id);
        sync.batches.set(n, structuredClone(batch));
        sync.leaseUntil = clock.now() + syncLeaseMs;
        return (batch.fingerprints ?? []).flatMap((mark, place) => (marks.has(mark) ? [] : [place]));
      }),
    commit: (id, { batches, last, preview }, signal) =>
      serve('commit', signal, () => {
        if (committed?.id === id) return committed;
        const sync = current(id);
        if (last !== undefined) sync.batches.set(last.n, structuredClone(last.batch));
        if (preview) return { generation, result: noNews, planHash: 'hash' };
        if (sync.generation !== generation) refuse('sync-outdated');
        if (batches !== undefined && sync.batches.size !== batches) refuse('sync-incomplete');
        if (askBeforeRemoval) {
          open = undefined;
          waiting = {
            id,
            planHash: 'hash',
            removed: 9,
            remaining: 1,
            until: '2026-02-01T00:00:00Z',
            reason: 'removal',
          };
          refuse('removal-needs-confirmation');
        }
        const result = apply(sync);
        generation += 1;
        open = undefined;
        committed = { id, generation, result };
        return committed;
      }),
    cancel: (id, signal) =>
      serve('cancel', signal, () => {
        current(id);
        open = undefined;
      }),
    refusal: (error) =>
      error instanceof ApiError ? { code: error.code, retryAfterMs: error.problem?.retryAfterMs } : undefined,
  };

  return {
    calls,
    log,
    /** Item ids in the directory, sorted. */
    directory: () => [...contacts.keys()].sort(),
    states: () => states,
    generation: () => generation,
    isOpen: () => open !== undefined,
    batches: () => [...(open?.batches.values() ?? [])],
    /** Forgets the open sync, as a restarted service does. */
    forget() {
      open = undefined;
    },
    /** Somebody else commits in between. */
    commitByAnother() {
      generation += 1;
      open = undefined;
    },
    openByAnother() {
      open = { id: 'other', generation, batches: new Map(), leaseUntil: Number.MAX_SAFE_INTEGER };
    },
    askBeforeRemoval() {
      askBeforeRemoval = true;
    },
    setFault(next: Fault) {
      fault = next;
    },
    setDelay(next: () => Promise<void>) {
      delay = next;
    },
  };
}
