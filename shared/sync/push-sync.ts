/**
 * Brings the contacts of a source to our service: open, read and send at the same time, commit. Nothing of an interrupted
 * sync is kept on either side, so it can be begun again at any moment; nothing is lost and nothing comes twice.
 *
 *     open ─▶ folders ─▶ per folder: pages ─▶ numbered batches ─▶ commit ─▶ done
 *      │                     ├─ state expired: that folder from zero
 *      │                     └─ a source without delta: fingerprints first, then what the service does not know
 *      ├─ sync-running: told with who and since when
 *      └─ sync-outdated, sync-unknown: begin again, three times at most
 */
import type { OpenSync, SourceAccount } from '../api/contact-syncs';
import type { SyncBatch, SyncMode, SyncOptions, SyncResult } from '../contact-sync';
import type { SyncTrigger } from '../sync-history';
import { type ContactFolder, type ContactSource, SourceError } from '../mailbox/contact-source';
import { createBatchSender } from './batch-sender';
import { isQuiet } from './batch-writer';
import type { Clock } from './clock';
import { sendFolder, sendListing } from './send-folder';
import { accountOf, type SyncCalls } from './sync-calls';

export interface PushSyncDeps {
  readonly source: ContactSource;
  readonly calls: SyncCalls;
  readonly clock: Clock;
  /** Hears the id of the sync once it is open, and undefined when this runtime has ended it. */
  readonly onOpen?: (syncId: string | undefined) => void;
}

export interface PushSyncRequest {
  readonly account: Pick<SourceAccount, 'kind' | 'key' | 'name'>;
  /** `full` reads everything from zero. */
  readonly mode: SyncMode;
  readonly options: SyncOptions;
  /** Where this sync runs, for people. */
  readonly by: string;
  /** By what it was started, for the history. */
  readonly trigger?: SyncTrigger;
  /** Say what would happen, and leave the sync open for the caller to commit or to cancel. */
  readonly preview?: boolean;
}

/** How far a sync is. Numbers only grow until it begins again. */
export interface SyncProgress {
  readonly phase: 'opening' | 'reading' | 'committing';
  readonly folders: { readonly done: number; readonly total: number };
  /** Changes and skipped items that the source has told. */
  readonly read: number;
  /** Changes that have arrived at the service. */
  readonly sent: number;
}

/** A removal that the service holds back until it is confirmed. */
export type WaitingRemoval = NonNullable<SourceAccount['waiting']>;

/** A sync whose plan a person looks at. */
export interface PlannedSync {
  readonly id: string;
  readonly planHash: string;
  readonly result: SyncResult;
  readonly batches: number;
}

export type SyncOutcome =
  | { readonly kind: 'done'; readonly generation: number; readonly result: SyncResult }
  /** Only with `preview`. `batches` have been sent. */
  | { readonly kind: 'planned'; readonly plan: PlannedSync }
  | { readonly kind: 'needs-confirmation'; readonly waiting: WaitingRemoval }
  /** Another sync of this account is under way; who and since when where the service can tell. */
  | { readonly kind: 'running'; readonly by?: string; readonly since?: string };

/** How often a sync is begun again when another one was faster or the service forgot it. */
const maxAttempts = 3;
/** Folders read at once: a mailbox takes four requests at a time. */
const maxFoldersAtOnce = 4;
/** Characters of a last batch that travels with the commit, whose body may be 64 KiB. */
const maxLastBatch = 16_000;
/** Milliseconds that giving up a sync may take. */
const cancelTimeoutMs = 5000;

/**
 * Runs one sync.
 * @throws SourceError when the source cannot be read, an error of `calls` when the service cannot be reached or refuses, the signal's
 *   reason when it is aborted. Then nothing was changed, and the account is free for the next sync.
 */
export async function pushSync(
  deps: PushSyncDeps,
  request: PushSyncRequest,
  signal: AbortSignal,
  onProgress: (progress: SyncProgress) => void,
): Promise<SyncOutcome> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptSync(deps, request, signal, onProgress);
    } catch (error) {
      signal.throwIfAborted();
      const again = ['sync-outdated', 'sync-unknown', 'sync-incomplete'];
      if (!again.includes(deps.calls.refusal(error)?.code ?? '') || attempt >= maxAttempts) throw error;
    }
  }
}

async function attemptSync(
  deps: PushSyncDeps,
  request: PushSyncRequest,
  signal: AbortSignal,
  onProgress: (progress: SyncProgress) => void,
): Promise<SyncOutcome> {
  const { calls, source } = deps;
  const { account, mode, options, by, trigger } = request;
  // Mailbox and service are asked at the same time. A failure counts where the answer is needed.
  const folders = source.folders(signal);
  folders.catch(() => undefined);
  onProgress({ phase: 'opening', folders: { done: 0, total: 0 }, read: 0, sent: 0 });
  let open: OpenSync;
  try {
    open = await calls.open({ account, mode, options, by, ...(trigger === undefined ? {} : { trigger }) }, signal);
  } catch (error) {
    if (calls.refusal(error)?.code !== 'sync-running') throw error;
    const running = accountOf(await calls.accounts(signal), account)?.running;
    return { kind: 'running', ...(running ? { by: running.by, since: running.since } : {}) };
  }

  deps.onOpen?.(open.id);
  const stop = new AbortController();
  let planned = false;
  try {
    const both = AbortSignal.any([signal, stop.signal]);
    const outcome = await runOpenSync(deps, request, { open, folders, stop }, both, onProgress);
    planned = outcome.kind === 'planned';
    return outcome;
  } catch (error) {
    // Free the lease, so that the next sync need not wait for its end. If this fails as well, the lease runs out by itself.
    const reason = signal.aborted ? 'cancelled' : error instanceof SourceError ? error.reason : 'failed';
    await calls.cancel(open.id, AbortSignal.timeout(cancelTimeoutMs), reason).catch(() => undefined);
    throw error;
  } finally {
    stop.abort();
    // A sync that a person looks at stays this runtime's own: if it dies, the next one gives it up.
    if (!planned) deps.onOpen?.(undefined);
  }
}

/** What an attempt has once the service has opened the sync. */
interface OpenedSync {
  readonly open: OpenSync;
  readonly folders: Promise<readonly ContactFolder[]>;
  /** Ends everything under way at the first failure. */
  readonly stop: AbortController;
}

async function runOpenSync(
  { source, calls, clock }: PushSyncDeps,
  { account, preview = false }: PushSyncRequest,
  { open, folders: listing, stop }: OpenedSync,
  signal: AbortSignal,
  onProgress: (progress: SyncProgress) => void,
): Promise<SyncOutcome> {
  const progress = { phase: 'reading' as SyncProgress['phase'], done: 0, total: 0, read: 0, sent: 0 };
  const tell = () =>
    onProgress({
      phase: progress.phase,
      folders: { done: progress.done, total: progress.total },
      read: progress.read,
      sent: progress.sent,
    });
  const sender = createBatchSender({
    calls,
    syncId: open.id,
    clock,
    signal,
    onArrived: (changes) => {
      progress.sent += changes;
      tell();
    },
  });
  sender.keepAlive().catch(() => undefined);

  tell();
  const folders = await listing;
  progress.total = folders.length;
  tell();
  const list = { folders: folders.map(({ id, name }) => ({ id, name: name.slice(0, 256) })), changes: [] };
  /** Rounds in which nothing happened; they travel together, at the end. */
  const finished: { id: string; state: string }[] = [];

  const fresh = new Set(open.folders.flatMap(({ id, stale }) => (stale === true ? [] : [id])));
  const folderDone = () => {
    progress.done += 1;
    tell();
  };
  const states = new Map(open.folders.map(({ id, state }) => [id, state]));
  const readFolder = async (folder: ContactFolder) => {
    const onRead = (count: number) => {
      progress.read += count;
      tell();
    };
    const end =
      source.listing === undefined
        ? await sendFolder(source, sender, folder, states.get(folder.id), signal, onRead)
        : await sendListing(source.listing, sender, folder, signal, onRead);
    // Nothing has happened: the state that the service has does as well, until it is a day old.
    const suffices = source.listing === undefined && fresh.has(folder.id);
    if (!isQuiet(end)) await sender.send(end);
    else if (!suffices) finished.push({ id: folder.id, state: end.folder?.state ?? '' });
    folderDone();
  };
  // The first failure ends the other folders' reading as well.
  await eachAtOnce(folders, maxFoldersAtOnce, readFolder, (error) => stop.abort(error));
  const sameFolders = folders.length === states.size && folders.every(({ id }) => states.has(id));
  const last: SyncBatch = {
    ...(sameFolders ? { changes: [] } : list),
    ...(finished.length === 0 ? {} : { finished }),
  };
  const needed = !sameFolders || finished.length > 0;
  const inCommit = needed && JSON.stringify(last).length < maxLastBatch;
  if (needed && !inCommit) await sender.send(last);
  const batches = (await sender.drained()) + (inCommit ? 1 : 0);
  const commit = { batches, ...(inCommit ? { last: { n: batches, batch: last } } : {}) };

  progress.phase = 'committing';
  tell();
  try {
    if (preview) {
      const planned = await sender.withRetry((stop) => calls.commit(open.id, { ...commit, preview }, stop));
      const { planHash = '', result } = planned;
      return { kind: 'planned', plan: { id: open.id, planHash, result, batches } };
    }
    const { generation, result } = await sender.withRetry((stop) => calls.commit(open.id, commit, stop));
    return { kind: 'done', generation, result };
  } catch (error) {
    if (calls.refusal(error)?.code !== 'removal-needs-confirmation') throw error;
    const waiting = accountOf(await calls.accounts(signal), account)?.waiting;
    if (waiting === undefined) throw error;
    return { kind: 'needs-confirmation', waiting };
  }
}

/** Works on the items, several at once; throws the first failure once everything under way has ended. */
async function eachAtOnce<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
  onFailure: (error: unknown) => void,
): Promise<void> {
  const rest = items.values();
  const failures: unknown[] = [];
  const worker = async () => {
    for (const item of rest) {
      if (failures.length > 0) return;
      try {
        await work(item);
      } catch (error) {
        failures.push(error);
        onFailure(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
}
