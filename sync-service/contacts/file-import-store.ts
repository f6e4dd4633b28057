/**
 * Imports of files that are under way: a row of the history that is `planned` and began with a file, with the changes that
 * it has made so far. Who works on it renews it; one that is not renewed any more was broken off, and is taken back.
 */
import { portions } from '../database/database';
import type { Connection } from '../database/database';
import { changeOf, changeRows } from './sync-history-store';
import type { ChangeRecord } from './sync-history-store';
import type { StoredItem } from './plan-sync';

/** Milliseconds after which an import that was not renewed was broken off. */
export const importLeaseMs = 120_000;

export interface LeftImport {
  readonly id: string;
  readonly userId: string;
}

const isRunning = { status: 'planned', started_as: 'file' } as const;

/** Since when an import into the account is under way; undefined when none is. */
export async function runningImport(
  db: Connection,
  accountId: string,
): Promise<{ readonly by: string; readonly since: string } | undefined> {
  const row = await db
    .selectFrom('sync_history')
    .select(['started_by', 'started_at'])
    .where('account_id', '=', accountId)
    .where('status', '=', isRunning.status)
    .where('started_as', '=', isRunning.started_as)
    .executeTakeFirst();
  return row && { by: row.started_by, since: row.started_at };
}

/** Notes that it goes on. False when it is not there any more. */
export async function renewImport(db: Connection, historyId: string, at: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sync_history')
    .set({ ended_at: at })
    .where('id', '=', historyId)
    .where('status', '=', isRunning.status)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Imports that nobody has renewed since that time. */
export async function leftImports(db: Connection, before: string): Promise<LeftImport[]> {
  return db
    .selectFrom('sync_history')
    .innerJoin('source_accounts', 'source_accounts.id', 'sync_history.account_id')
    .select(['sync_history.id', 'source_accounts.user_id as userId'])
    .where('sync_history.status', '=', isRunning.status)
    .where('sync_history.started_as', '=', isRunning.started_as)
    .where('sync_history.ended_at', '<', before)
    .orderBy('sync_history.id')
    .execute();
}

/** The account of an import that is under way. */
export async function accountOfImport(db: Connection, historyId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('sync_history')
    .select('account_id')
    .where('id', '=', historyId)
    .where('status', '=', isRunning.status)
    .where('started_as', '=', isRunning.started_as)
    .executeTakeFirst();
  return row?.account_id;
}

/** Adds what a portion has changed, behind `from` changes of before. */
export async function addChanges(db: Connection, historyId: string, from: number, changes: readonly ChangeRecord[]) {
  for (const portion of portions(changeRows(historyId, changes, from), 10)) {
    await db.insertInto('sync_changes').values(portion).execute();
  }
}

/** The last changes, the last one first. */
export async function lastChanges(db: Connection, historyId: string, limit: number): Promise<ChangeRecord[]> {
  const rows = await db
    .selectFrom('sync_changes')
    .selectAll()
    .where('history_id', '=', historyId)
    .orderBy('n', 'desc')
    .limit(limit)
    .execute();
  return rows.map(changeOf);
}

/** Forgets that many of the last changes. */
export async function dropLastChanges(db: Connection, historyId: string, limit: number) {
  const last = await db
    .selectFrom('sync_changes')
    .select('n')
    .where('history_id', '=', historyId)
    .orderBy('n', 'desc')
    .limit(limit)
    .execute();
  const from = last.at(-1)?.n;
  if (from === undefined) return;
  await db.deleteFrom('sync_changes').where('history_id', '=', historyId).where('n', '>=', from).execute();
}

/** Which of these contacts are still what the account has brought, by their ids. */
export async function stillImported(
  db: Connection,
  userId: string,
  accountId: string,
  contactIds: readonly string[],
): Promise<Map<string, Pick<StoredItem, 'itemId' | 'fingerprint'>>> {
  const found = new Map<string, Pick<StoredItem, 'itemId' | 'fingerprint'>>();
  for (const portion of portions(contactIds, 1)) {
    const rows = await db
      .selectFrom('contacts')
      .select(['id', 'item_id', 'fingerprint'])
      .where('user_id', '=', userId)
      .where('account_id', '=', accountId)
      .where('id', 'in', portion)
      .execute();
    for (const { id, item_id: itemId, fingerprint } of rows) found.set(id, { itemId: itemId ?? '', fingerprint });
  }
  return found;
}

/** Forgets an account that has brought nothing yet: what was broken off leaves not even its name behind. */
export async function forgetUnused(db: Connection, accountId: string) {
  await db
    .deleteFrom('source_accounts')
    .where('id', '=', accountId)
    .where('generation', '=', 0)
    .where((eb) =>
      eb.not(eb.exists(eb.selectFrom('contacts').select('id').where('contacts.account_id', '=', accountId))),
    )
    .where((eb) =>
      eb.not(eb.exists(eb.selectFrom('contacts').select('id').where('contacts.detached_account_id', '=', accountId))),
    )
    .execute();
}

/** At which state of their items the pictures of an account's contacts are. */
export async function pictureVersions(db: Connection, accountId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('contact_pictures')
    .innerJoin('contacts', 'contacts.id', 'contact_pictures.contact_id')
    .select(['contact_pictures.contact_id', 'contact_pictures.source_version'])
    .where('contacts.account_id', '=', accountId)
    .where('contact_pictures.state', '=', 'ready')
    .execute();
  return new Map(rows.map((row) => [row.contact_id, row.source_version]));
}
