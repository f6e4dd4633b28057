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
import { fingerprintsPerBatch } from '../contact-sync';
import type { SyncBatch, SyncMode, SyncOptions, SyncResult } from '../contact-sync';
import type { SyncTrigger } from '../sync-history';
import {
  type ContactFolder,
  type ContactSource,
  type ItemListing,
  SourceError,
  StateExpiredError,
} from '../mailbox/contact-source';
import { itemMark } from '../mailbox/item-mark';
import { type BatchSender, createBatchSender } from './batch-sender';
import { createBatchWriter, isQuiet } from './batch-writer';
import type { Clock } from './clock';
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
/** How often one folder may be begun from zero within one sync. */
const maxRestarts = 2;
/** Characters of a last batch that travels with the commit, whose body may be 64 KiB. */
const maxLastBatch = 16_000;
/** What stands for a state where a source without delta has been told to the end: there is none to go on from. */
const listedState = 'listed';
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

/**
 * One folder's round, from its state or from zero; from zero as well when the source has forgotten the state.
 * @returns the last batch, which is still to be sent
 */
async function sendFolder(
  source: ContactSource,
  sender: BatchSender,
  folder: ContactFolder,
  state: string | undefined,
  signal: AbortSignal,
  onRead: (count: number) => void,
): Promise<SyncBatch> {
  let from = state;
  for (let restarts = 0; ; restarts += 1) {
    const writer = createBatchWriter(folder.id, from === undefined);
    let nextState: string | undefined;
    try {
      for await (const page of source.changes(folder, from, signal)) {
        onRead(page.changes.length + page.skipped.length);
        for (const batch of writer.add(page.changes, page.skipped)) await sender.send(batch);
        nextState = page.nextState ?? nextState;
      }
    } catch (error) {
      if (!(error instanceof StateExpiredError) || restarts >= maxRestarts) throw error;
      from = undefined;
      continue;
    }
    if (nextState === undefined)
      throw new SourceError('not-understood', 'The source ended a round without a state to go on from.');
    return writer.finish(nextState);
  }
}

/**
 * A folder of a source without delta: the fingerprints of all its items, and in full those that the service does not know.
 * @returns the last batch, which is still to be sent
 */
async function sendListing(
  listing: ItemListing,
  sender: BatchSender,
  folder: ContactFolder,
  signal: AbortSignal,
  onRead: (count: number) => void,
): Promise<SyncBatch> {
  const versions = new Map<string, string>();
  for await (const page of listing.items(folder, signal)) {
    for (const { itemId, version } of page) versions.set(itemId, version);
  }
  const marks = new Map<string, string>();
  const items = [...versions].map(([itemId, version]) => ({ itemId, version }));
  const wanted: string[] = [];
  for (let at = 0; at === 0 || at < items.length; at += fingerprintsPerBatch) {
    const portion = items.slice(at, at + fingerprintsPerBatch);
    const fingerprints = await Promise.all(portion.map((item) => itemMark(folder.id, item)));
    portion.forEach(({ itemId }, place) => marks.set(itemId, fingerprints[place] ?? ''));
    const mark = { id: folder.id, ...(at === 0 ? { restarted: true } : {}) };
    const answer = await sender.ask({ folder: mark, fingerprints, changes: [] });
    wanted.push(...answer.map((place) => portion[place]?.itemId).filter((itemId) => itemId !== undefined));
    onRead(portion.length - answer.length);
  }
  const writer = createBatchWriter(folder.id, false);
  if (wanted.length > 0) {
    const marked = <T extends { readonly itemId: string }>(item: T): T => {
      const mark = marks.get(item.itemId);
      return mark === undefined ? item : { ...item, mark };
    };
    for await (const page of listing.read(folder, wanted, signal)) {
      onRead(page.changes.length + page.skipped.length);
      const changes = page.changes.map((change) => (change.type === 'upsert' ? marked(change) : change));
      for (const batch of writer.add(changes, page.skipped.map(marked))) await sender.send(batch);
    }
  }
  return writer.finish(listedState);
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
