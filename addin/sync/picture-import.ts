/**
 * The import of pictures in this pane (SYN-3): begins by itself when a sync is done or the pane starts, makes way for a
 * sync, and goes on where it was stopped.
 */
import type { Settings } from '../../shared/profile';
import type { Clock } from '../../shared/sync/clock';
import type { PictureProgress } from '../../shared/sync/fetch-pictures';
import type { ApiClient } from '../api/client';
import type { Locks } from '../api/session-keeper';
import { createStore, type ReadableStore } from '../api/store';
import { createPictureCalls } from './picture-calls';
import type { SyncState } from './sync-model';
import type { Mailbox } from './sync-runner';

/** Name of the lock under which this browser imports pictures. */
const pictureLock = 'mycontacts.pictures';
/** Milliseconds after a failure before it is tried again by itself. */
const againAfterMs = 5 * 60_000;

/** Why an import ends that its user has stopped. */
const stoppedByUser = new DOMException('Stopped by the user', 'AbortError');

export type PictureImportState =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly progress: PictureProgress }
  /** By the user; goes on at his wish, after the next sync, or when the pane starts again. */
  | { readonly status: 'stopped'; readonly progress: PictureProgress }
  | { readonly status: 'failed'; readonly error: unknown };

export interface PictureImport {
  readonly state: ReadableStore<PictureImportState>;
  stop(): void;
  /** Goes on after it was stopped or has failed. */
  resume(): void;
  /** Begins to follow the sync. Returns what ends it. */
  live(): () => void;
}

export interface PictureImportDeps {
  readonly client: ApiClient;
  readonly sync: ReadableStore<SyncState>;
  readonly settings: ReadableStore<Settings>;
  readonly locks: Locks | undefined;
  readonly clock: Clock;
}

export function createPictureImport({ client, sync, settings, locks, clock }: PictureImportDeps): PictureImport {
  const state = createStore<PictureImportState>({ status: 'idle' });
  let running: AbortController | undefined;
  /** State of the account that was worked off, so that the same one is not asked about for ever. */
  let handled: string | undefined;
  let failedAt = -Infinity;
  let alive = false;
  let progress: PictureProgress = { done: 0, total: 0 };

  const alone = (work: () => Promise<void>): Promise<unknown> =>
    locks === undefined
      ? work()
      : locks.request(pictureLock, { ifAvailable: true }, (lock) => (lock === null ? Promise.resolve() : work()));

  const run = async (mailbox: Extract<Mailbox, { kind: 'mailbox' }>, accountId: string) => {
    const mine = new AbortController();
    running = mine;
    try {
      await alone(async () => {
        const source = await mailbox.source(false, mine.signal);
        const { fetchPictures } = await import(/* webpackChunkName: "push-sync" */ '../../shared/sync/fetch-pictures');
        await fetchPictures(source, createPictureCalls(client, accountId, clock), mine.signal, (told) => {
          progress = told;
          if (!mine.signal.aborted) state.set({ status: 'running', progress });
        });
      });
      state.set({ status: 'idle' });
    } catch (error) {
      if (mine.signal.reason === stoppedByUser) state.set({ status: 'stopped', progress });
      else if (mine.signal.aborted) {
        handled = undefined;
        state.set({ status: 'idle' });
      } else {
        handled = undefined;
        failedAt = clock.now();
        state.set({ status: 'failed', error });
      }
    } finally {
      running = undefined;
    }
    consider();
  };

  function consider(): void {
    const { mailbox, account, run: present } = sync.get();
    const wished = alive && settings.get().importPictures && present.status !== 'running';
    if (!wished) {
      running?.abort();
      return;
    }
    if (running !== undefined || mailbox?.kind !== 'mailbox' || account?.lastSync === undefined) return;
    // A window whose user has not signed in to his mailbox yet: they come with his next sync.
    if (mailbox.asksFirst()) return;
    const marked = `${account.id} ${account.generation} ${account.lastSync.at}`;
    if (marked === handled || clock.now() - failedAt < againAfterMs) return;
    handled = marked;
    void run(mailbox, account.id);
  }

  return {
    state,
    stop() {
      running?.abort(stoppedByUser);
    },
    resume() {
      handled = undefined;
      failedAt = -Infinity;
      consider();
    },
    live() {
      alive = true;
      const ends = [sync.subscribe(consider), settings.subscribe(consider)];
      consider();
      return () => {
        alive = false;
        for (const end of ends) end();
        running?.abort();
      };
    },
  };
}
