/**
 * Brings the contacts of a source to our service: open, read and send at the same time, commit. Nothing of an interrupted
 * sync is kept on either side, so it can be begun again at any moment; nothing is lost and nothing comes twice.
 *
 *     accounts ─▶ open ─▶ folders ─▶ per folder: pages ─▶ numbered batches ─▶ commit ─▶ done
 *                  │                     └─ state expired: that folder from zero
 *                  ├─ sync-running: told with who and since when
 *                  └─ sync-outdated, sync-unknown: begin again, three times at most
 */
import type { OpenSync, SourceAccount } from '../api/contact-syncs';
import type { SyncMode, SyncOptions, SyncResult } from '../contact-sync';
import { type ContactFolder, type ContactSource, SourceError, StateExpiredError } from '../mailbox/contact-source';
import { type BatchSender, createBatchSender } from './batch-sender';
import { createBatchWriter } from './batch-writer';
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

export type SyncOutcome =
  | { readonly kind: 'done'; readonly generation: number; readonly result: SyncResult }
  | { readonly kind: 'needs-confirmation'; readonly waiting: WaitingRemoval }
  /** Another sync of this account is under way; who and since when where the service can tell. */
  | { readonly kind: 'running'; readonly by?: string; readonly since?: string };

/** How often a sync is begun again when another one was faster or the service forgot it. */
const maxAttempts = 3;
/** Folders read at once: a mailbox takes four requests at a time. */
const maxFoldersAtOnce = 4;
/** How often one folder may be begun from zero within one sync. */
const maxRestarts = 2;
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
  const { account, mode, options, by } = request;
  // Mailbox and service are asked at the same time. A failure counts where the answer is needed.
  const folders = source.folders(signal);
  folders.catch(() => undefined);
  onProgress({ phase: 'opening', folders: { done: 0, total: 0 }, read: 0, sent: 0 });
  const known = accountOf(await calls.accounts(signal), account);

  let open: OpenSync;
  try {
    open = await calls.open({ account, mode, generation: known?.generation ?? 0, options, by }, signal);
  } catch (error) {
    if (calls.refusal(error)?.code !== 'sync-running') throw error;
    const running = accountOf(await calls.accounts(signal), account)?.running;
    return { kind: 'running', ...(running ? { by: running.by, since: running.since } : {}) };
  }

  deps.onOpen?.(open.id);
  const stop = new AbortController();
  try {
    return await runOpenSync(
      deps,
      request,
      { open, folders, stop },
      AbortSignal.any([signal, stop.signal]),
      onProgress,
    );
  } catch (error) {
    // Free the lease, so that the next sync need not wait for its end. If this fails as well, the lease runs out by itself.
    await calls.cancel(open.id, AbortSignal.timeout(cancelTimeoutMs)).catch(() => undefined);
    throw error;
  } finally {
    stop.abort();
    deps.onOpen?.(undefined);
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
  { account }: PushSyncRequest,
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
  await sender.send({ folders: folders.map(({ id, name }) => ({ id, name: name.slice(0, 256) })), changes: [] });

  const states = new Map(open.folders.map(({ id, state }) => [id, state]));
  const readFolder = async (folder: ContactFolder) => {
    await sendFolder(source, sender, folder, states.get(folder.id), signal, (count) => {
      progress.read += count;
      tell();
    });
    progress.done += 1;
    tell();
  };
  // The first failure ends the other folders' reading as well.
  await eachAtOnce(folders, maxFoldersAtOnce, readFolder, (error) => stop.abort(error));
  const batches = await sender.drained();

  progress.phase = 'committing';
  tell();
  try {
    const { generation, result } = await sender.withRetry((stop) => calls.commit(open.id, { batches }, stop));
    return { kind: 'done', generation, result };
  } catch (error) {
    if (calls.refusal(error)?.code !== 'removal-needs-confirmation') throw error;
    const waiting = accountOf(await calls.accounts(signal), account)?.waiting;
    if (waiting === undefined) throw error;
    return { kind: 'needs-confirmation', waiting };
  }
}

/** One folder's round, from its state or from zero; from zero as well when the source has forgotten the state. */
async function sendFolder(
  source: ContactSource,
  sender: BatchSender,
  folder: ContactFolder,
  state: string | undefined,
  signal: AbortSignal,
  onRead: (count: number) => void,
): Promise<void> {
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
    await sender.send(writer.finish(nextState));
    return;
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
