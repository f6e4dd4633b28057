/** Syncs and the batches that they have staged. By owner. */
import * as z from 'zod/mini';
import { portions, readJson } from '../database/database';
import type { Connection } from '../database/database';
import {
  syncBatchSchema,
  syncModes,
  syncOptionsSchema,
  syncResultSchema,
  waitReasons,
} from '../../shared/contact-sync';
import { syncTriggers } from '../../shared/sync-history';
import type { SyncTrigger } from '../../shared/sync-history';
import type { SyncBatch, SyncMode, SyncOptions, SyncResult, WaitReason } from '../../shared/contact-sync';

const statusSchema = z.enum(['open', 'waiting', 'committed']);
const waitReasonSchema = z.enum(waitReasons);
const modeSchema = z.enum(syncModes);

export interface Sync {
  readonly id: string;
  readonly accountId: string;
  readonly status: z.infer<typeof statusSchema>;
  /** Generation of the account that it began from. */
  readonly generation: number;
  readonly mode: SyncMode;
  readonly options: SyncOptions;
  readonly by: string;
  /** By what it was started; undefined where that is not known. */
  readonly trigger?: SyncTrigger | undefined;
  readonly since: string;
  /** End of the lease, of the wait for a confirmation, or of the memory of a commit. */
  readonly until: string;
  readonly planHash: string | undefined;
  readonly removed: number;
  readonly remaining: number;
  /** What a waiting sync waits for. */
  readonly waitsFor: WaitReason | undefined;
  readonly result: SyncResult | undefined;
}

export async function addSync(db: Connection, sync: Sync) {
  await db
    .insertInto('contact_syncs')
    .values({
      id: sync.id,
      account_id: sync.accountId,
      status: sync.status,
      generation: sync.generation,
      mode: sync.mode,
      options: JSON.stringify(sync.options),
      started_by: sync.by,
      started_as: sync.trigger ?? null,
      started_at: sync.since,
      until: sync.until,
      plan_hash: null,
      removed: null,
      remaining: null,
      waits_for: null,
      result: null,
    })
    .execute();
}

/** A sync of one of the user's accounts. */
export async function findSync(db: Connection, userId: string, id: string): Promise<Sync | undefined> {
  const row = await db
    .selectFrom('contact_syncs')
    .innerJoin('source_accounts', 'source_accounts.id', 'contact_syncs.account_id')
    .selectAll('contact_syncs')
    .where('contact_syncs.id', '=', id)
    .where('source_accounts.user_id', '=', userId)
    .executeTakeFirst();
  return row === undefined ? undefined : syncOf(row);
}

/** Syncs of the user that are open or waiting, whether their time has run out or not. */
export async function unfinishedSyncs(db: Connection, userId: string): Promise<Sync[]> {
  const rows = await db
    .selectFrom('contact_syncs')
    .innerJoin('source_accounts', 'source_accounts.id', 'contact_syncs.account_id')
    .selectAll('contact_syncs')
    .where('source_accounts.user_id', '=', userId)
    .where('contact_syncs.status', 'in', ['open', 'waiting'])
    .execute();
  return rows.map(syncOf);
}

/** Changes a sync that is still as the caller saw it. Returns false when it is not. */
export async function changeSync(
  db: Connection,
  sync: Pick<Sync, 'id' | 'status'>,
  change: Partial<Pick<Sync, 'status' | 'until' | 'planHash' | 'removed' | 'remaining' | 'waitsFor' | 'result'>>,
): Promise<boolean> {
  const { status, until, planHash, removed, remaining, waitsFor, result } = change;
  const changed = await db
    .updateTable('contact_syncs')
    .set({
      ...(status === undefined ? {} : { status }),
      ...(until === undefined ? {} : { until }),
      ...(planHash === undefined ? {} : { plan_hash: planHash }),
      ...(removed === undefined ? {} : { removed }),
      ...(remaining === undefined ? {} : { remaining }),
      ...(waitsFor === undefined ? {} : { waits_for: waitsFor }),
      ...(result === undefined ? {} : { result: JSON.stringify(result) }),
    })
    .where('id', '=', sync.id)
    .where('status', '=', sync.status)
    .executeTakeFirst();
  return changed.numUpdatedRows > 0n;
}

/** Forgets syncs, with what they staged. */
export async function removeSyncs(db: Connection, ids: readonly string[]) {
  for (const portion of portions(ids, 1)) await db.deleteFrom('contact_syncs').where('id', 'in', portion).execute();
}

/** Open syncs of an account whose lease has run out, and waiting ones that nobody has decided on. */
export async function expiredSyncs(db: Connection, accountId: string, now: string): Promise<Sync[]> {
  const rows = await db
    .selectFrom('contact_syncs')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('status', 'in', ['open', 'waiting'])
    .where('until', '<=', now)
    .execute();
  return rows.map(syncOf);
}

/** Forgets the syncs of an account whose time has run out, whatever they were. */
export async function removeExpiredSyncs(db: Connection, accountId: string, now: string) {
  await db.deleteFrom('contact_syncs').where('account_id', '=', accountId).where('until', '<=', now).execute();
}

/** Stages a batch; the same number again replaces it. */
export async function putBatch(db: Connection, syncId: string, n: number, batch: SyncBatch) {
  const text = JSON.stringify(batch);
  const row = { length: text.length, batch: text };
  await db
    .insertInto('sync_batches')
    .values({ sync_id: syncId, n, ...row })
    .onConflict((oc) => oc.columns(['sync_id', 'n']).doUpdateSet(row))
    .execute();
}

/** UTF-16 units that a sync has staged. */
export async function stagedLength(db: Connection, syncId: string): Promise<number> {
  const { length } = await db
    .selectFrom('sync_batches')
    .select((eb) => eb.fn.sum('length').as('length'))
    .where('sync_id', '=', syncId)
    .executeTakeFirstOrThrow();
  return Number(length);
}

/** Numbers of the staged batches, growing. */
export async function batchNumbers(db: Connection, syncId: string): Promise<number[]> {
  const rows = await db.selectFrom('sync_batches').select('n').where('sync_id', '=', syncId).orderBy('n').execute();
  return rows.map((row) => row.n);
}

/** The staged batches in their order. */
export async function batchesOf(db: Connection, syncId: string): Promise<SyncBatch[]> {
  const rows = await db.selectFrom('sync_batches').select('batch').where('sync_id', '=', syncId).orderBy('n').execute();
  return rows.map((row) => readJson(syncBatchSchema, row.batch));
}

export async function removeBatches(db: Connection, syncId: string) {
  await db.deleteFrom('sync_batches').where('sync_id', '=', syncId).execute();
}

function syncOf(row: {
  id: string;
  account_id: string;
  status: string;
  generation: number;
  mode: string;
  options: string;
  started_by: string;
  started_as: string | null;
  started_at: string;
  until: string;
  plan_hash: string | null;
  removed: number | null;
  remaining: number | null;
  waits_for: string | null;
  result: string | null;
}): Sync {
  return {
    id: row.id,
    accountId: row.account_id,
    status: z.parse(statusSchema, row.status),
    generation: row.generation,
    mode: z.parse(modeSchema, row.mode),
    options: readJson(syncOptionsSchema, row.options),
    by: row.started_by,
    trigger: syncTriggers.find((known) => known === row.started_as),
    since: row.started_at,
    until: row.until,
    planHash: row.plan_hash ?? undefined,
    removed: row.removed ?? 0,
    remaining: row.remaining ?? 0,
    waitsFor: row.waits_for === null ? undefined : z.parse(waitReasonSchema, row.waits_for),
    result: row.result === null ? undefined : readJson(syncResultSchema, row.result),
  };
}
