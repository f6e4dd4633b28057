/**
 * One sync of the open mailbox, wherever it is started from: the pane's button, its interval, or the ribbon, which has a
 * runtime of its own. One at a time in this browser (Web Locks); the service's lease holds for all others.
 */
import { getInstallation } from '../../shared/api/installation';
import type { SyncMode, SyncOptions } from '../../shared/contact-sync';
import type { SyncTrigger } from '../../shared/sync-history';
import type { ContactSource } from '../../shared/mailbox/contact-source';
import type { ApiClient } from '../api/client';
import type { Locks } from '../api/session-keeper';
import type { OutlookHost } from '../outlook/host';
import { timerClock, type Clock } from '../../shared/sync/clock';
import type { PushSyncRequest, SyncOutcome, SyncProgress } from '../../shared/sync/push-sync';
import { accountOf, type SyncCalls } from '../../shared/sync/sync-calls';

/** Name of the lock under which this browser syncs. */
export const syncLock = 'mycontacts.sync';
/** Where the id of the open sync is kept, so that a pane that died in it can be told from another one that still runs. */
const openSyncKey = 'sync.open';
/** The same for one whose plan a person looks at: it is given up, and not begun again by itself. */
const previewKey = 'sync.preview';

/** The mailbox as a source, or why there is none. */
export type Mailbox =
  | { readonly kind: 'none'; readonly reason: 'host' | 'installation' | 'address' }
  | {
      readonly kind: 'mailbox';
      readonly account: PushSyncRequest['account'];
      /**
       * The mailbox, once per page: its limit of requests at a time holds for all that reads it.
       * @param interactive the user has pressed something, so a sign-in may be shown now
       * @throws SourceError when there is no token
       */
      source(interactive: boolean, signal: AbortSignal): Promise<ContactSource>;
      /** Nothing is read by itself before the user has signed in to the mailbox by a click. */
      readonly asksFirst: () => boolean;
    };

/**
 * The mailbox that is open in Outlook; in a window of its own the one of `ownAddresses`, the first of which names it.
 * @throws ApiError
 */
export async function findMailbox(
  host: OutlookHost,
  client: Pick<ApiClient, 'call'>,
  ownAddresses: readonly string[] = [],
): Promise<Mailbox> {
  await host.ready;
  const { microsoft } = await client.call(getInstallation, {});
  if (microsoft === undefined) return { kind: 'none', reason: 'installation' };
  const address = host.mailboxAddress ?? ownAddresses[0];
  // Only an installation that signs people in with Microsoft has registered the page that its windows come back to.
  const mayOpenWindow = host.kind === 'window' && microsoft.signIn !== undefined;
  if (mayOpenWindow && address === undefined) return { kind: 'none', reason: 'address' };
  const access = host.mailboxAccess(microsoft, mayOpenWindow ? ownAddresses : []);
  if (access === undefined || address === undefined) return { kind: 'none', reason: 'host' };
  const create = async (): Promise<ContactSource> => {
    const { createGraphContactSource } = await import(
      /* webpackChunkName: "push-sync" */ '../../shared/mailbox/graph-contact-source'
    );
    return createGraphContactSource({
      fetch: (url, init) => window.fetch(url, init),
      baseUrl: microsoft.graphBaseUrl,
      token: (signal, refused) => access.token(signal, refused === undefined ? {} : { refused }),
    });
  };
  let source: Promise<ContactSource> | undefined;
  return {
    kind: 'mailbox',
    account: { kind: 'graph', key: address.toLowerCase(), name: address },
    async source(interactive, signal) {
      await access.token(signal, { interactive });
      // A part of the pane that could not be loaded is loaded anew the next time.
      source ??= create().catch((error: unknown) => {
        source = undefined;
        throw error;
      });
      return source;
    },
    asksFirst: () => access.asksFirst(),
  };
}

export interface SyncRunnerDeps {
  readonly calls: SyncCalls;
  readonly host: Pick<OutlookHost, 'storage' | 'name'>;
  /** Absent where the browser has none. */
  readonly locks: Locks | undefined;
  readonly clock?: Clock;
}

export interface RunSyncRequest {
  readonly mailbox: Extract<Mailbox, { kind: 'mailbox' }>;
  readonly mode: SyncMode;
  readonly options: SyncOptions;
  readonly interactive: boolean;
  readonly trigger: SyncTrigger;
}

export interface SyncRunner {
  /**
   * Runs a sync; `running` as outcome when this browser or another one has one under way.
   * @throws as {@link pushSync}
   */
  run(request: RunSyncRequest, signal: AbortSignal, onProgress: (progress: SyncProgress) => void): Promise<SyncOutcome>;
  /**
   * Reads the mailbox and plans, without changing anything. Until `end` is called nobody else in this browser syncs; to be
   * called once the plan is applied, given up or lost, and only where there is one.
   * @throws as {@link pushSync}
   */
  preview(
    request: RunSyncRequest,
    signal: AbortSignal,
    onProgress: (progress: SyncProgress) => void,
  ): Promise<{ readonly outcome: SyncOutcome; readonly end: () => void }>;
  /**
   * Gives up what a pane that went away has left behind in this browser. True when that was a sync, which is to begin again;
   * false for a plan that nobody looks at any more.
   */
  takeUpOrphan(account: PushSyncRequest['account']): Promise<boolean>;
}

export function createSyncRunner({ calls, host, locks, clock = timerClock }: SyncRunnerDeps): SyncRunner {
  /** Runs under the lock; undefined when another runtime of this browser holds it. */
  const alone = <T>(work: () => Promise<T>): Promise<T | undefined> =>
    locks === undefined
      ? work()
      : locks.request(syncLock, { ifAvailable: true }, (lock) => (lock === null ? Promise.resolve(undefined) : work()));

  const push = async (
    { mailbox, mode, options, interactive, trigger }: RunSyncRequest,
    preview: boolean,
    signal: AbortSignal,
    onProgress: (progress: SyncProgress) => void,
  ): Promise<SyncOutcome> => {
    const { account } = mailbox;
    const key = preview ? previewKey : openSyncKey;
    const { pushSync } = await import(/* webpackChunkName: "push-sync" */ '../../shared/sync/push-sync');
    return pushSync(
      {
        source: await mailbox.source(interactive, signal),
        calls,
        clock,
        onOpen: (id) => {
          if (id === undefined) host.storage.remove(key);
          else host.storage.set(key, id);
        },
      },
      { account, mode, options, by: host.name, trigger, preview },
      signal,
      onProgress,
    );
  };

  return {
    async run(request, signal, onProgress) {
      const outcome = await alone(() => push(request, false, signal, onProgress));
      return outcome ?? { kind: 'running', by: host.name };
    },
    preview: (request, signal, onProgress) =>
      new Promise((resolve, reject) => {
        alone(async () => {
          const outcome = await push(request, true, signal, onProgress);
          await new Promise<void>((letGo) => {
            const end = () => {
              host.storage.remove(previewKey);
              letGo();
            };
            resolve({ outcome, end });
            if (outcome.kind !== 'planned') letGo();
          });
          return outcome;
        }).then((outcome) => {
          if (outcome === undefined) resolve({ outcome: { kind: 'running', by: host.name }, end: () => undefined });
        }, reject);
      }),
    async takeUpOrphan(account) {
      const left = host.storage.get(openSyncKey);
      const plan = host.storage.get(previewKey);
      if (left === undefined && plan === undefined) return false;
      const given = await alone(async () => {
        host.storage.remove(openSyncKey);
        host.storage.remove(previewKey);
        const running = accountOf(await calls.accounts(), account)?.running?.id;
        if (running === undefined || (running !== left && running !== plan)) return false;
        await calls.cancel(running);
        return running === left;
      });
      return given ?? false;
    },
  };
}
