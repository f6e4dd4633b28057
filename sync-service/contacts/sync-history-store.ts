/** The history of syncs with what each changed or, while a person looks at it, would change. By owner. */
import * as z from 'zod/mini';
import { sortKey } from '../../shared/directory-keys';
import { syncOptionsSchema } from '../../shared/contact-sync';
import type { SyncResult } from '../../shared/contact-sync';
import { syncChangeKinds, syncEnds, syncTriggers } from '../../shared/sync-history';
import type { SyncChangeKind, SyncTrigger } from '../../shared/sync-history';
import type { ContactFields } from '../../shared/contact';
import { portions, readJson } from '../database/database';
import type { Connection } from '../database/database';
import { storedFieldsSchema } from './contact-record';

/** Syncs that are remembered for each account, and for how long. */
export const historyLimit = 30;
export const historyMs = 90 * 86_400_000;
/** Milliseconds in which the last sync with news can be undone. */
export const undoMs = 86_400_000;

const statusSchema = z.enum(['planned', ...syncEnds]);
const kindSchema = z.enum([...syncChangeKinds, 'moved']);

const beforeSchema = z.object({
  folders: z.array(
    z.object({ id: z.string(), name: z.string(), state: z.optional(z.string()), stateAt: z.optional(z.string()) }),
  ),
  options: z.optional(syncOptionsSchema),
});
/** What the account stood at before a sync: where an undo leads to. */
export type StandBefore = z.infer<typeof beforeSchema>;

export interface ChangeRecord {
  readonly kind: z.infer<typeof kindSchema>;
  readonly contactId?: string | undefined;
  readonly itemId: string;
  readonly name: string;
  readonly folderBefore?: string | undefined;
  readonly before?: ContactFields | undefined;
  readonly after?: ContactFields | undefined;
}

export interface HistoryRecord {
  readonly id: string;
  readonly accountId: string;
  readonly status: z.infer<typeof statusSchema>;
  readonly reason?: string | undefined;
  readonly by: string;
  readonly trigger?: SyncTrigger | undefined;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly counts: Pick<SyncResult, 'added' | 'changed' | 'removed' | 'unchanged'>;
  readonly before?: StandBefore | undefined;
}

export interface HistoryRow extends HistoryRecord {
  readonly times: number;
  readonly leftAlone: number | undefined;
  readonly undoneAt: string | undefined;
}

/** Writes a sync with its changes, in place of what was written under its id before. */
export async function putHistory(db: Connection, record: HistoryRecord, changes: readonly ChangeRecord[]) {
  await db.deleteFrom('sync_history').where('id', '=', record.id).execute();
  const { counts, before } = record;
  await db
    .insertInto('sync_history')
    .values({
      id: record.id,
      account_id: record.accountId,
      status: record.status,
      reason: record.reason ?? null,
      started_by: record.by,
      started_as: record.trigger ?? null,
      started_at: record.startedAt,
      ended_at: record.endedAt,
      times: 1,
      added: counts.added,
      changed: counts.changed,
      removed: counts.removed,
      unchanged: counts.unchanged,
      before: before === undefined ? null : JSON.stringify(before),
      left_alone: null,
      undone_at: null,
    })
    .execute();
  for (const portion of portions(changeRows(record.id, changes), 10)) {
    await db.insertInto('sync_changes').values(portion).execute();
  }
}

/** Changes as rows, numbered from `from`. */
export function changeRows(historyId: string, changes: readonly ChangeRecord[], from = 0) {
  return changes.map((change, n) => ({
    history_id: historyId,
    n: from + n,
    kind: change.kind,
    contact_id: change.contactId ?? null,
    item_id: change.itemId,
    name: change.name,
    folded: sortKey(change.name),
    folder_before: change.folderBefore ?? null,
    before: change.before === undefined ? null : JSON.stringify(change.before),
    after: change.after === undefined ? null : JSON.stringify(change.after),
  }));
}

/** Ends a sync whose changes were written while it went on. */
export async function endHistory(db: Connection, { id, status, endedAt, counts, before }: HistoryRecord) {
  const { added, changed, removed, unchanged } = counts;
  await db
    .updateTable('sync_history')
    .set({ status, ended_at: endedAt, added, changed, removed, unchanged })
    .set({ before: before === undefined ? null : JSON.stringify(before) })
    .where('id', '=', id)
    .execute();
}

/** Notes the end of a sync that changed nothing: one that follows another with the same end becomes one row with it. */
export async function noteQuietEnd(db: Connection, record: HistoryRecord) {
  await db.deleteFrom('sync_history').where('id', '=', record.id).execute();
  const last = await db
    .selectFrom('sync_history')
    .selectAll()
    .where('account_id', '=', record.accountId)
    .where('status', '!=', 'planned')
    .orderBy('ended_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  const same =
    last !== undefined &&
    last.status === record.status &&
    // An import of pictures alone has no other news, and is undone by itself.
    last.before === null &&
    last.reason === (record.reason ?? null) &&
    last.started_by === record.by &&
    last.started_as === (record.trigger ?? null) &&
    last.added + last.changed + last.removed === 0;
  if (!same) {
    await putHistory(db, record, []);
    return;
  }
  await db
    .updateTable('sync_history')
    .set((eb) => ({
      times: eb('times', '+', 1),
      ended_at: record.endedAt,
      unchanged: record.counts.unchanged,
    }))
    .where('id', '=', last.id)
    .execute();
}

/** Only the newest sync with news can be undone. */
export async function forgetStandsBefore(db: Connection, accountId: string, exceptId: string) {
  const others = db
    .selectFrom('sync_history')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', '!=', exceptId);
  await db.deleteFrom('replaced_pictures').where('history_id', 'in', others).execute();
  await db
    .updateTable('sync_history')
    .set({ before: null })
    .where('account_id', '=', accountId)
    .where('id', '!=', exceptId)
    .where('before', 'is not', null)
    .execute();
}

/** Forgets what is beyond the limits. */
export async function pruneHistory(db: Connection, accountId: string, now: Date) {
  const rows = await db
    .selectFrom('sync_history')
    .select(['id', 'ended_at'])
    .where('account_id', '=', accountId)
    .where('status', '!=', 'planned')
    .orderBy('ended_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  const over = new Date(now.getTime() - undoMs).toISOString();
  const notUndone = rows.filter((row) => row.ended_at < over).map(({ id }) => id);
  for (const portion of portions(notUndone, 1)) {
    await db.deleteFrom('replaced_pictures').where('history_id', 'in', portion).execute();
  }
  const oldest = new Date(now.getTime() - historyMs).toISOString();
  const gone = rows.filter((row, place) => place >= historyLimit || row.ended_at < oldest).map(({ id }) => id);
  for (const portion of portions(gone, 1)) await db.deleteFrom('sync_history').where('id', 'in', portion).execute();
}

/** Forgets what a sync would change. */
export async function removeHistory(db: Connection, ids: readonly string[]) {
  for (const portion of portions(ids, 1)) await db.deleteFrom('sync_history').where('id', 'in', portion).execute();
}

/** Notes that a sync was undone, at which time, and how many contacts it left alone. */
export async function noteUndone(db: Connection, id: string, leftAlone: number, at: string) {
  await db.deleteFrom('replaced_pictures').where('history_id', '=', id).execute();
  await db
    .updateTable('sync_history')
    .set({ status: 'undone', before: null, left_alone: leftAlone, undone_at: at })
    .where('id', '=', id)
    .execute();
}

/** A sync of one of the user's accounts, planned or ended. */
export async function findHistory(db: Connection, userId: string, id: string): Promise<HistoryRow | undefined> {
  const row = await db
    .selectFrom('sync_history')
    .innerJoin('source_accounts', 'source_accounts.id', 'sync_history.account_id')
    .selectAll('sync_history')
    .where('sync_history.id', '=', id)
    .where('source_accounts.user_id', '=', userId)
    .executeTakeFirst();
  return row === undefined ? undefined : historyRow(row);
}

/** The user's ended syncs, the newest first. */
export async function listHistory(
  db: Connection,
  userId: string,
  limit: number,
): Promise<(HistoryRow & { readonly accountName: string })[]> {
  const rows = await db
    .selectFrom('sync_history')
    .innerJoin('source_accounts', 'source_accounts.id', 'sync_history.account_id')
    .selectAll('sync_history')
    .select('source_accounts.name as account_name')
    .where('source_accounts.user_id', '=', userId)
    .where('sync_history.status', '!=', 'planned')
    .orderBy('sync_history.ended_at', 'desc')
    .orderBy('sync_history.id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...historyRow(row), accountName: row.account_name }));
}

export interface ChangesQuery {
  readonly kind?: SyncChangeKind | undefined;
  /** Part of a name. */
  readonly text?: string | undefined;
  readonly afterN: number;
  readonly limit: number;
}

/** Changes that a person sees, in their order, from behind a number. */
export async function listChanges(
  db: Connection,
  historyId: string,
  { kind, text, afterN, limit }: ChangesQuery,
): Promise<(ChangeRecord & { readonly n: number })[]> {
  let query = db
    .selectFrom('sync_changes')
    .selectAll()
    .where('history_id', '=', historyId)
    .where('kind', '!=', 'moved')
    .where('n', '>', afterN);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  for (const word of sortKey(text ?? '')
    .split(' ')
    .filter(Boolean)) {
    query = query.where('folded', 'like', `%${word.replace(/[%_]/g, ' ')}%`);
  }
  const rows = await query.orderBy('n').limit(limit).execute();
  return rows.map((row) => ({ ...changeOf(row), n: row.n }));
}

/** Everything that a sync changed, moves included. */
export async function allChanges(db: Connection, historyId: string): Promise<ChangeRecord[]> {
  const rows = await db
    .selectFrom('sync_changes')
    .selectAll()
    .where('history_id', '=', historyId)
    .orderBy('n')
    .execute();
  return rows.map(changeOf);
}

/** A row as what it tells. */
export function changeOf(row: {
  kind: string;
  contact_id: string | null;
  item_id: string;
  name: string;
  folder_before: string | null;
  before: string | null;
  after: string | null;
}): ChangeRecord {
  return {
    kind: z.parse(kindSchema, row.kind),
    contactId: row.contact_id ?? undefined,
    itemId: row.item_id,
    name: row.name,
    folderBefore: row.folder_before ?? undefined,
    before: row.before === null ? undefined : readJson(storedFieldsSchema, row.before),
    after: row.after === null ? undefined : readJson(storedFieldsSchema, row.after),
  };
}

function historyRow(row: {
  id: string;
  account_id: string;
  status: string;
  reason: string | null;
  started_by: string;
  started_as: string | null;
  started_at: string;
  ended_at: string;
  times: number;
  added: number;
  changed: number;
  removed: number;
  unchanged: number;
  before: string | null;
  left_alone: number | null;
  undone_at: string | null;
}): HistoryRow {
  const { added, changed, removed, unchanged } = row;
  return {
    id: row.id,
    accountId: row.account_id,
    status: z.parse(statusSchema, row.status),
    reason: row.reason ?? undefined,
    by: row.started_by,
    trigger: syncTriggers.find((known) => known === row.started_as),
    startedAt: row.started_at,
    endedAt: row.ended_at,
    times: row.times,
    counts: { added, changed, removed, unchanged },
    before: row.before === null ? undefined : readJson(beforeSchema, row.before),
    leftAlone: row.left_alone ?? undefined,
    undoneAt: row.undone_at ?? undefined,
  };
}
