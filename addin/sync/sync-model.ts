/** The state of syncing in this pane, and what can be done: what `SyncPlace` shows and the interval runs. */
import { deleteImportedContacts } from '../../shared/api/contacts';
import type { SourceAccount } from '../../shared/api/contact-syncs';
import type { SyncMode, SyncResult } from '../../shared/contact-sync';
import type { Settings } from '../../shared/profile';
import type { ApiClient } from '../api/client';
import { createStore, type ReadableStore } from '../api/store';
import type { OutlookHost } from '../outlook/host';
import { timerClock, type Clock } from '../../shared/sync/clock';
import { createPlanHolder, type HeldPlan } from './held-plan';
import { isSyncDue } from './is-sync-due';
import type { SyncProgress, WaitingRemoval } from '../../shared/sync/push-sync';
import { accountOf, type SyncCalls } from '../../shared/sync/sync-calls';
import { findMailbox, type Mailbox, type SyncRunner } from './sync-runner';

/** What the sync of this pane does or did last. */
export type SyncRun =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly progress: SyncProgress; readonly scheduled: boolean }
  | { readonly status: 'done'; readonly result: SyncResult }
  | { readonly status: 'cancelled' }
  /** A plan that was looked at is not held any more. */
  | { readonly status: 'plan-lost' }
  /** Somebody else syncs this account. */
  | { readonly status: 'elsewhere'; readonly by?: string; readonly since?: string }
  | { readonly status: 'failed'; readonly error: unknown };

export interface SyncState {
  /** Undefined until Outlook and service have answered. */
  readonly mailbox: Mailbox | undefined;
  /** What the service knows of the mailbox's account; undefined before its first sync. */
  readonly account: SourceAccount | undefined;
  /** Contacts in Outlook (SYN-3), where the mailbox tells it. */
  readonly outlookContacts: number | undefined;
  readonly run: SyncRun;
  /** A plan that the user looks at before it is applied. */
  readonly plan: HeldPlan | undefined;
  /** A plan that waits for the user's word, whichever sync made it. */
  readonly waiting: WaitingRemoval | undefined;
  /** An action besides syncing has failed: confirming, giving up, deleting, reading the state. */
  readonly failure: unknown;
  /** Contacts that "delete imported contacts" has just removed. */
  readonly deleted: number | undefined;
}

export interface SyncModel {
  readonly state: ReadableStore<SyncState>;
  /** Begins a sync at the user's wish. */
  start(mode?: SyncMode): Promise<void>;
  /** Reads the mailbox and shows what a sync would do. */
  preview(): Promise<void>;
  /** Does what was shown; where that is another plan by now, it is shown first. */
  applyPlan(): Promise<void>;
  discardPlan(): Promise<void>;
  /** Ends the running sync; nothing of it is kept. */
  cancel(): void;
  confirmRemoval(): Promise<void>;
  /** Keeps the contacts; the next sync asks again. */
  refuseRemoval(): Promise<void>;
  /** Deletes every imported contact (SYN-8). */
  deleteImported(): Promise<void>;
  /** Reads the accounts again: another pane or the ribbon may have synced. */
  refresh(): Promise<void>;
  /** Asks the mailbox how many contacts it has. */
  countOutlook(): Promise<void>;
  /** Begins to follow the mailbox and the interval. Returns what ends it together with everything under way. */
  live(): () => void;
}

export interface SyncModelDeps {
  readonly client: ApiClient;
  readonly calls: SyncCalls;
  readonly runner: SyncRunner;
  readonly host: OutlookHost;
  /** The user's own addresses, the mailbox's first: whose mailbox a window of its own reads. */
  readonly ownAddresses?: () => readonly string[];
  readonly settings: ReadableStore<Settings>;
  readonly clock?: Clock;
}

/** Milliseconds between two looks whether a scheduled sync is due. */
const lookEveryMs = 20_000;

export function createSyncModel({
  client,
  calls,
  runner,
  host,
  ownAddresses = () => [],
  settings,
  clock = timerClock,
}: SyncModelDeps): SyncModel {
  const state = createStore<SyncState>({
    mailbox: undefined,
    account: undefined,
    outlookContacts: undefined,
    run: { status: 'idle' },
    plan: undefined,
    waiting: undefined,
    failure: undefined,
    deleted: undefined,
  });
  let stopped = new AbortController();
  let cancelRun: AbortController | undefined;
  let lastAttempt = 0;

  const set = (change: Partial<SyncState>) => {
    if (!stopped.signal.aborted) state.set({ ...state.get(), ...change });
  };

  const refresh = async () => {
    const { mailbox } = state.get();
    if (mailbox?.kind !== 'mailbox') return;
    const account = accountOf(await calls.accounts(stopped.signal), mailbox.account);
    set({ account, waiting: account?.waiting });
  };

  /** An action whose failure is shown beside it and breaks nothing. */
  const attempt = async (action: () => Promise<void>) => {
    set({ failure: undefined, deleted: undefined });
    try {
      await action();
    } catch (failure) {
      set({ failure });
    }
  };

  const holder = createPlanHolder({
    calls,
    clock,
    onPlan: (plan) => set({ plan }),
    onLost: () => set({ run: { status: 'plan-lost' } }),
  });

  const applyPlan = async () => {
    const result = await holder.apply();
    if (result !== undefined) set({ run: { status: 'done', result } });
    await refresh();
  };

  const run = async (mode: SyncMode, { scheduled = false, preview = false } = {}) => {
    const { mailbox, plan } = state.get();
    if (mailbox?.kind !== 'mailbox' || cancelRun !== undefined || plan !== undefined) return;
    const mine = new AbortController();
    cancelRun = mine;
    lastAttempt = clock.now();
    const begin: SyncProgress = { phase: 'opening', folders: { done: 0, total: 0 }, read: 0, sent: 0 };
    set({ run: { status: 'running', progress: begin, scheduled }, failure: undefined, deleted: undefined });
    try {
      const { skipContactsWithoutNumber } = settings.get();
      const request = {
        mailbox,
        mode,
        options: { skipContactsWithoutNumber },
        interactive: !scheduled,
        trigger: scheduled ? ('schedule' as const) : ('button' as const),
      };
      const signal = AbortSignal.any([mine.signal, stopped.signal]);
      const onProgress = (progress: SyncProgress) => set({ run: { status: 'running', progress, scheduled } });
      const { outcome, end } = preview
        ? await runner.preview(request, signal, onProgress)
        : { outcome: await runner.run(request, signal, onProgress), end: () => undefined };
      if (outcome.kind === 'planned') {
        set({ run: { status: 'idle' } });
        holder.hold(outcome.plan, end);
        const { added, changed, removed } = outcome.plan.result;
        // There is nothing to look at, and nothing of anybody's is changed by it.
        if (added + changed + removed === 0) await applyPlan();
      } else if (outcome.kind === 'done') set({ run: { status: 'done', result: outcome.result }, waiting: undefined });
      else if (outcome.kind === 'needs-confirmation') set({ run: { status: 'idle' }, waiting: outcome.waiting });
      // A scheduled sync that finds another one under way has nothing to tell.
      else set({ run: scheduled ? { status: 'idle' } : { ...outcome, status: 'elsewhere' } });
    } catch (error) {
      set({ run: mine.signal.aborted ? { status: 'cancelled' } : { status: 'failed', error } });
    } finally {
      cancelRun = undefined;
    }
    await refresh().catch(() => undefined);
  };

  const look = async () => {
    const { mailbox, account, run: present, plan, waiting } = state.get();
    if (mailbox?.kind !== 'mailbox' || present.status === 'running') return;
    if (plan !== undefined || waiting !== undefined) return;
    // After an undo every plan waits for a word: a person who has not asked for one is not asked again and again.
    if (account?.heldSince !== undefined) return;
    const due = isSyncDue({
      intervalMinutes: settings.get().syncIntervalMinutes,
      lastSyncAt: account?.lastSync?.at,
      lastAttemptAt: lastAttempt,
      now: client.serverNow(),
    });
    if (!due) return;
    // Whoever signed in with Microsoft in this window need not be asked; else nothing is read before he presses something.
    if (mailbox.asksFirst()) await mailbox.source(false, stopped.signal).catch(() => undefined);
    if (!mailbox.asksFirst()) await run('delta', { scheduled: true });
  };

  const follow = async (signal: AbortSignal) => {
    while (!signal.aborted) {
      try {
        if (state.get().mailbox === undefined) {
          set({ mailbox: await findMailbox(host, client, ownAddresses()) });
          await refresh();
          const { mailbox } = state.get();
          const interrupted = mailbox?.kind === 'mailbox' && (await runner.takeUpOrphan(mailbox.account));
          if (interrupted && !mailbox.asksFirst()) await run('delta', { scheduled: true });
        }
        await look();
      } catch {
        // The service does not answer just now; the next look asks again.
      }
      await clock.pause(lookEveryMs, signal);
    }
  };

  return {
    state,
    start: (mode = 'delta') => run(mode),
    preview: () => run('delta', { preview: true }),
    applyPlan: () => attempt(applyPlan),
    discardPlan: () =>
      attempt(async () => {
        await holder.discard();
        await refresh();
      }),
    cancel: () => cancelRun?.abort(),
    confirmRemoval: () =>
      attempt(async () => {
        const { waiting } = state.get();
        if (waiting === undefined) return;
        try {
          const { result } = await calls.commit(waiting.id, { confirm: waiting.planHash });
          set({ run: { status: 'done', result }, waiting: undefined });
        } finally {
          await refresh();
        }
      }),
    refuseRemoval: () =>
      attempt(async () => {
        const { waiting } = state.get();
        if (waiting === undefined) return;
        await calls.cancel(waiting.id, undefined, 'refused');
        set({ waiting: undefined });
        await refresh();
      }),
    deleteImported: () =>
      attempt(async () => {
        const { removed } = await client.call(deleteImportedContacts, { query: { origin: 'imported' } });
        set({ deleted: removed, run: { status: 'idle' } });
        await refresh();
      }),
    refresh: () => refresh().catch(() => undefined),
    async countOutlook() {
      const { mailbox } = state.get();
      if (mailbox?.kind !== 'mailbox') return;
      try {
        const source = await mailbox.source(false, stopped.signal);
        set({ outlookContacts: await source.count(stopped.signal) });
      } catch {
        // Not allowed yet, or not reachable: the number is left out, and a sync says why.
        set({ outlookContacts: undefined });
      }
    },
    live() {
      const mine = new AbortController();
      stopped = mine;
      follow(mine.signal).catch(() => undefined);
      return () => {
        mine.abort();
        holder.leave();
      };
    },
  };
}
