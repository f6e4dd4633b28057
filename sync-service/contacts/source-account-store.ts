/** Source accounts with their folders and the marks of imports deleted by hand. By owner. */
import * as z from 'zod/mini';
import { portions, readJson } from '../database/database';
import type { Connection } from '../database/database';
import { sourceKinds, syncOptionsSchema, syncResultSchema } from '../../shared/contact-sync';
import type { SourceKind, SyncOptions, SyncResult } from '../../shared/contact-sync';
import type { FolderState } from './staged-changes';

export interface Account {
  readonly id: string;
  readonly kind: SourceKind;
  readonly key: string;
  readonly name: string;
  readonly generation: number;
  /** Options of the last commit. */
  readonly options: SyncOptions | undefined;
  readonly lastSync: { readonly at: string; readonly result: SyncResult } | undefined;
  /** Since when every plan needs a person's word. */
  readonly heldSince: string | undefined;
}

const kindSchema = z.enum(sourceKinds);

/** Finds or adds an account, and takes its lock until the transaction ends. */
export async function claimAccount(
  db: Connection,
  userId: string,
  source: { readonly kind: SourceKind; readonly key: string; readonly name: string },
  newId: () => string,
): Promise<Account> {
  await db
    .insertInto('source_accounts')
    .values({
      id: newId(),
      user_id: userId,
      ...source,
      generation: 0,
      options: null,
      last_sync_at: null,
      last_result: null,
      held_since: null,
    })
    .onConflict((oc) => oc.columns(['user_id', 'kind', 'key']).doUpdateSet({ name: source.name }))
    .execute();
  const row = await db
    .selectFrom('source_accounts')
    .selectAll()
    .where('user_id', '=', userId)
    .where('kind', '=', source.kind)
    .where('key', '=', source.key)
    .executeTakeFirstOrThrow();
  return account(row);
}

/** Takes an account's lock until the transaction ends, in SQL that both databases take. Undefined when it is not his. */
export async function lockAccount(db: Connection, userId: string, accountId: string): Promise<Account | undefined> {
  const row = await db
    .updateTable('source_accounts')
    .set((eb) => ({ generation: eb.ref('generation') }))
    .where('id', '=', accountId)
    .where('user_id', '=', userId)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? undefined : account(row);
}

/** The user's account of that kind and key, without its lock. */
export async function findAccountOf(
  db: Connection,
  userId: string,
  { kind, key }: { readonly kind: SourceKind; readonly key: string },
): Promise<Account | undefined> {
  const row = await db
    .selectFrom('source_accounts')
    .selectAll()
    .where('user_id', '=', userId)
    .where('kind', '=', kind)
    .where('key', '=', key)
    .executeTakeFirst();
  return row === undefined ? undefined : account(row);
}

/** One account, whoever owns it. */
export async function findAccount(db: Connection, accountId: string): Promise<Account | undefined> {
  const row = await db.selectFrom('source_accounts').selectAll().where('id', '=', accountId).executeTakeFirst();
  return row === undefined ? undefined : account(row);
}

/** The user's accounts by name, with the number of contacts of each. */
export async function listAccounts(db: Connection, userId: string): Promise<(Account & { contacts: number })[]> {
  const rows = await db
    .selectFrom('source_accounts')
    .selectAll()
    .select((eb) =>
      eb
        .selectFrom('contacts')
        .select((count) => count.fn.countAll().as('count'))
        .whereRef('contacts.account_id', '=', 'source_accounts.id')
        .as('contacts'),
    )
    .where('user_id', '=', userId)
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...account(row), contacts: Number(row.contacts ?? 0) }));
}

/** How many contacts came from the account. */
export async function contactsOfAccount(db: Connection, accountId: string): Promise<number> {
  const { count } = await db
    .selectFrom('contacts')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Notes a commit: next generation, options and result. */
export async function advanceAccount(
  db: Connection,
  accountId: string,
  commit: { readonly options: SyncOptions | undefined; readonly result: SyncResult; readonly at: string },
) {
  await db
    .updateTable('source_accounts')
    .set((eb) => ({
      generation: eb('generation', '+', 1),
      options: commit.options === undefined ? null : JSON.stringify(commit.options),
      last_sync_at: commit.at,
      last_result: JSON.stringify(commit.result),
      held_since: null,
    }))
    .where('id', '=', accountId)
    .execute();
}

/** After an undo: next generation, options as before, and (where it syncs by itself) every plan waits for a word. */
export async function holdAccount(
  db: Connection,
  accountId: string,
  options: SyncOptions | undefined,
  at: string,
  held: boolean,
) {
  await db
    .updateTable('source_accounts')
    .set((eb) => ({
      generation: eb('generation', '+', 1),
      options: options === undefined ? null : JSON.stringify(options),
      held_since: held ? at : null,
    }))
    .where('id', '=', accountId)
    .execute();
}

/** Forgets the user's accounts with folders, syncs and marks. No contact may point at them any more. */
export async function removeAccounts(db: Connection, userId: string) {
  await db.deleteFrom('source_accounts').where('user_id', '=', userId).execute();
}

/** Folders of an account as of the last commit. */
export async function foldersOf(db: Connection, accountId: string): Promise<FolderState[]> {
  const rows = await db.selectFrom('source_folders').selectAll().where('account_id', '=', accountId).execute();
  return rows.map(({ folder_id, name, state, state_at }) => ({
    id: folder_id,
    name,
    ...(state === null ? {} : { state }),
    ...(state_at === null ? {} : { stateAt: state_at }),
  }));
}

/** `at` is when states without a time of their own were given out. */
export async function replaceFolders(db: Connection, accountId: string, folders: readonly FolderState[], at: string) {
  await db.deleteFrom('source_folders').where('account_id', '=', accountId).execute();
  const rows = folders.map(({ id, name, state, stateAt }) => ({
    account_id: accountId,
    folder_id: id,
    name,
    state: state ?? null,
    state_at: state === undefined ? null : (stateAt ?? at),
  }));
  for (const portion of portions(rows, 5)) await db.insertInto('source_folders').values(portion).execute();
}

/** Items that must not come back: imports that were edited or deleted by hand (SYN-7). */
export async function shadowsOf(db: Connection, accountId: string): Promise<Set<string>> {
  const marks = await db.selectFrom('shadows').select('item_id').where('account_id', '=', accountId).execute();
  const detached = await db
    .selectFrom('contacts')
    .select('detached_item_id')
    .where('detached_account_id', '=', accountId)
    .execute();
  return new Set([...marks.map((row) => row.item_id), ...detached.flatMap((row) => row.detached_item_id ?? [])]);
}

/** Leaves the mark of an import deleted by hand. */
export async function addShadow(db: Connection, accountId: string, itemId: string) {
  await db
    .insertInto('shadows')
    .values({ account_id: accountId, item_id: itemId })
    .onConflict((oc) => oc.columns(['account_id', 'item_id']).doNothing())
    .execute();
}

interface AccountRow {
  id: string;
  kind: string;
  key: string;
  name: string;
  generation: number;
  options: string | null;
  last_sync_at: string | null;
  last_result: string | null;
  held_since: string | null;
}

function account(row: AccountRow): Account {
  return {
    id: row.id,
    kind: z.parse(kindSchema, row.kind),
    key: row.key,
    name: row.name,
    generation: row.generation,
    heldSince: row.held_since ?? undefined,
    options: row.options === null ? undefined : readJson(syncOptionsSchema, row.options),
    lastSync:
      row.last_sync_at === null || row.last_result === null
        ? undefined
        : { at: row.last_sync_at, result: readJson(syncResultSchema, row.last_result) },
  };
}
