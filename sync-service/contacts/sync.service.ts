/** Syncs of the personal directory: who may sync, what is staged, and the commit (DESIGN §5). */
import { maxStagedLength, syncLeaseMs } from '../../shared/contact-sync';
import type { SyncBatch, SyncMode, SyncOptions, SyncResult } from '../../shared/contact-sync';
import type { SyncEndReason, SyncTrigger } from '../../shared/sync-history';
import type { OpenSync, SourceAccount } from '../../shared/api/contact-syncs';
import type { DialPlan } from '../../shared/dial-plan';
import type { Audience, LiveEvent } from '../../shared/events';
import type { SourceKind } from '../../shared/contact-sync';
import type { BackgroundWork } from '../database/background-work';
import type { Connection, Database } from '../database/database';
import { commitQuietSync } from './commit-quiet-sync';
import { startsFromZero } from './commit-sync';
import { commitSyncJob } from './contact-jobs';
import { marksOf } from './detached-source-store';
import * as errors from './contacts.errors';
import { claimAccount, findAccount, foldersOf, listAccounts } from './source-account-store';
import { noteQuietEnd, pruneHistory } from './sync-history-store';
import * as store from './sync-store';
import type { Sync } from './sync-store';

export interface SyncServiceDeps {
  readonly database: Database;
  readonly work: BackgroundWork;
  now(): Date;
  newId(): string;
  dialPlanOfUser(userId: string): Promise<DialPlan>;
  publish(audience: Audience, event: LiveEvent): void;
}

export interface OpenRequest {
  readonly account: { readonly kind: SourceKind; readonly key: string; readonly name: string };
  readonly mode: SyncMode;
  readonly generation?: number | undefined;
  readonly options: SyncOptions;
  readonly by?: string | undefined;
  readonly trigger?: SyncTrigger | undefined;
}

export interface CommitOptions {
  readonly preview?: boolean | undefined;
  readonly confirm?: string | undefined;
  readonly batches?: number | undefined;
  /** The last batch, staged first. */
  readonly last?: { readonly n: number; readonly batch: SyncBatch } | undefined;
}

export interface SyncService {
  list(userId: string): Promise<SourceAccount[]>;
  /** @throws ServiceError `sync-running` with who and since when, `sync-outdated` with the newest generation. */
  open(userId: string, request: OpenRequest): Promise<OpenSync>;
  /** Stages a batch and renews the lease. @throws ServiceError `sync-unknown`, `body-too-large`. */
  putBatch(
    userId: string,
    syncId: string,
    n: number,
    batch: SyncBatch,
  ): Promise<{ leaseUntil: string; wanted?: number[] }>;
  /** @throws ServiceError as {@link commitSync} does. */
  commit(
    userId: string,
    syncId: string,
    options: CommitOptions,
  ): Promise<{ generation: number; result: SyncResult; planHash?: string }>;
  /** Gives up a sync that is open or waits; the history says why. @throws ServiceError `sync-unknown`. */
  cancel(userId: string, syncId: string, reason?: SyncEndReason): Promise<void>;
}

/** Milliseconds after which a state is renewed even if nothing has changed. */
const staleAfterMs = 86_400_000;

/** Mailboxes and files of one user at most. */
export const maxAccounts = 50;

export function createSyncService(deps: SyncServiceDeps): SyncService {
  const { database } = deps;
  const inMs = (ms: number) => new Date(deps.now().getTime() + ms).toISOString();

  /** Places of the fingerprints that are not known; all of them where everything is to be told from zero. */
  async function wantedOf(db: Connection, sync: Sync, fingerprints: readonly string[]): Promise<number[]> {
    const account = await findAccount(db, sync.accountId);
    const known = new Set<string>();
    if (account !== undefined && !startsFromZero(account, sync)) {
      for (const { mark } of (await marksOf(db, sync.accountId)).values()) known.add(mark);
    }
    return fingerprints.flatMap((fingerprint, place) => (known.has(fingerprint) ? [] : [place]));
  }

  const service: SyncService = {
    async list(userId) {
      const at = deps.now().toISOString();
      const accounts = await listAccounts(database, userId);
      const live = (await store.unfinishedSyncs(database, userId)).filter((sync) => sync.until > at);
      return accounts.map(({ options: _options, lastSync, heldSince, ...account }) => ({
        ...account,
        ...(lastSync === undefined ? {} : { lastSync }),
        ...(heldSince === undefined ? {} : { heldSince }),
        ...syncsOf(live.filter((sync) => sync.accountId === account.id)),
      }));
    },

    open: (userId, request) =>
      database.transaction().execute(async (db) => {
        const at = deps.now().toISOString();
        const account = await claimAccount(db, userId, request.account, () => deps.newId());
        // A generation that nobody has seen: the account is new here, and is not added for a caller who is mistaken.
        if (request.generation !== undefined && account.generation !== request.generation)
          throw errors.syncOutdated(account.generation);
        if ((await listAccounts(db, userId)).length > maxAccounts) throw errors.tooManyAccounts(maxAccounts);
        await noteInterrupted(db, account.id, at);
        await store.removeExpiredSyncs(db, account.id, at);
        const running = (await store.unfinishedSyncs(db, userId)).find(
          (sync) => sync.accountId === account.id && sync.status === 'open',
        );
        if (running !== undefined) {
          const left = new Date(running.until).getTime() - deps.now().getTime();
          throw errors.syncRunning(running.by, running.since, left);
        }
        const sync: Sync = {
          id: deps.newId(),
          accountId: account.id,
          status: 'open',
          generation: account.generation,
          mode: request.mode,
          options: request.options,
          by: request.by ?? 'myContacts',
          trigger: request.trigger,
          since: at,
          until: inMs(syncLeaseMs),
          planHash: undefined,
          removed: 0,
          remaining: 0,
          waitsFor: undefined,
          result: undefined,
        };
        await store.addSync(db, sync);
        const folders = startsFromZero(account, sync) ? [] : await foldersOf(db, account.id);
        return {
          id: sync.id,
          accountId: account.id,
          generation: account.generation,
          folders: folders.flatMap(({ id, state, stateAt }) => {
            if (state === undefined) return [];
            const stale = stateAt === undefined || Date.parse(at) - Date.parse(stateAt) > staleAfterMs;
            return [{ id, state, ...(stale ? { stale } : {}) }];
          }),
          leaseUntil: sync.until,
        };
      }),

    putBatch: (userId, syncId, n, batch) =>
      database.transaction().execute(async (db) => {
        const sync = await store.findSync(db, userId, syncId);
        if (sync === undefined || sync.status !== 'open' || sync.until <= deps.now().toISOString())
          throw errors.syncUnknown();
        const leaseUntil = inMs(syncLeaseMs);
        // False when a commit or a successor was quicker.
        if (!(await store.changeSync(db, sync, { until: leaseUntil }))) throw errors.syncUnknown();
        await store.putBatch(db, syncId, n, batch);
        if ((await store.stagedLength(db, syncId)) > maxStagedLength) throw errors.stagedTooMuch(maxStagedLength);
        if (batch.fingerprints === undefined) return { leaseUntil };
        return { leaseUntil, wanted: await wantedOf(db, sync, batch.fingerprints) };
      }),

    async commit(userId, syncId, { preview = false, confirm, batches, last }) {
      if (!preview && confirm === undefined) {
        const quiet = await commitQuietSync(database, { userId, syncId, batches, last, now: deps.now() });
        if (quiet !== undefined) return quiet;
      }
      // A commit that comes again is answered as the first one was: its batch is staged no more.
      if (last !== undefined && (await store.findSync(database, userId, syncId))?.status === 'open') {
        await service.putBatch(userId, syncId, last.n, last.batch);
      }
      const dialPlan = await deps.dialPlanOfUser(userId);
      const { changed, planHash, ...committed } = await deps.work.run(commitSyncJob, {
        userId,
        syncId,
        dialPlan,
        preview,
        confirm,
        batches,
        now: deps.now(),
      });
      if (changed) deps.publish({ user: userId }, { type: 'contacts' });
      return { ...committed, ...(planHash === undefined ? {} : { planHash }) };
    },

    cancel: (userId, syncId, reason = 'cancelled') =>
      database.transaction().execute(async (db) => {
        const sync = await store.findSync(db, userId, syncId);
        if (sync === undefined || sync.status === 'committed') throw errors.syncUnknown();
        await store.removeSyncs(db, [sync.id]);
        const status = reason === 'cancelled' || reason === 'refused' ? 'cancelled' : 'failed';
        await noteQuietEnd(db, { ...ended(sync, deps.now().toISOString()), status, reason });
        await pruneHistory(db, sync.accountId, deps.now());
      }),
  };
  return service;
}

/** Syncs of the account that nobody has heard of until their lease ran out. */
async function noteInterrupted(db: Connection, accountId: string, at: string): Promise<void> {
  for (const sync of await store.expiredSyncs(db, accountId, at)) {
    await noteQuietEnd(db, {
      ...ended(sync, sync.until),
      status: sync.status === 'open' ? 'interrupted' : 'cancelled',
    });
  }
}

/** A sync that changed nothing, for the history. */
function ended(sync: Sync, endedAt: string) {
  const counts = { added: 0, changed: 0, removed: 0, unchanged: 0 };
  const { id, accountId, by, trigger, since: startedAt } = sync;
  return { id, accountId, by, trigger, startedAt, endedAt, counts };
}

/** The open sync and the removal that waits, of one account, as people are told of them. */
function syncsOf(live: readonly Sync[]): Pick<SourceAccount, 'running' | 'waiting'> {
  const running = live.find((sync) => sync.status === 'open');
  const waiting = live.find((sync) => sync.status === 'waiting');
  return {
    ...(running === undefined ? {} : { running: { id: running.id, since: running.since, by: running.by } }),
    ...(waiting?.planHash === undefined
      ? {}
      : {
          waiting: {
            id: waiting.id,
            planHash: waiting.planHash,
            removed: waiting.removed,
            remaining: waiting.remaining,
            until: waiting.until,
            reason: waiting.waitsFor ?? 'removal',
          },
        }),
  };
}
