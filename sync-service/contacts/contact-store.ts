/**
 * Contacts of the personal directory with their search keys and addresses. Everything is by owner; a contact of somebody
 * else does not exist. Keys change together with the contact: call inside a transaction.
 */
import type { Insertable } from 'kysely';
import { sql } from 'kysely';
import { portions, readJson } from '../database/database';
import type { Connection } from '../database/database';
import type { ContactsTable } from '../database/tables/contacts';
import type { ContactFields, ContactNumber, ContactOrigin } from '../../shared/contact';
import { addKeys, replaceKeys } from './contact-key-store';
import { storedFieldsSchema, storedNumbersSchema } from './contact-record';
import type { ContactContent } from './contact-record';
import type { StoredItem } from './plan-sync';

/** Where an import came from. */
export interface ImportOrigin {
  readonly accountId: string;
  readonly itemId: string;
  readonly folderId: string;
  /** State of the item at the source, where it names one. */
  readonly version?: string | undefined;
}

export interface NewContact {
  readonly id: string;
  /** Absent for a contact made by hand. */
  readonly origin?: ImportOrigin;
  readonly content: ContactContent;
}

export interface KeptContact {
  readonly id: string;
  readonly version: number;
  readonly fields: ContactFields;
  readonly numbers: readonly ContactNumber[];
  readonly sortKey: string;
  readonly fingerprint: string;
  readonly origin: ContactOrigin;
  readonly updatedAt: string;
  /** Hash of its picture. */
  readonly picture?: string;
}

/** Adds contacts. */
export async function addContacts(db: Connection, userId: string, contacts: readonly NewContact[], at: string) {
  const rows = contacts.map(({ id, origin, content }): Insertable<ContactsTable> => ({
    id,
    user_id: userId,
    version: 1,
    ...contentColumns(content),
    account_id: origin?.accountId ?? null,
    item_id: origin?.itemId ?? null,
    folder_id: origin?.folderId ?? null,
    detached_account_id: null,
    detached_item_id: null,
    updated_at: at,
    source_version: origin?.version ?? null,
    picture: null,
  }));
  for (const portion of portions(rows, 17)) await db.insertInto('contacts').values(portion).execute();
  await addKeys(db, userId, contacts);
}

/** Replaces the content of contacts; the version grows. `folderId` follows the source where it is given. */
export async function replaceContents(
  db: Connection,
  userId: string,
  contacts: readonly { readonly id: string; readonly folderId?: string; readonly content: ContactContent }[],
  at: string,
) {
  for (const { id, folderId, content } of contacts) {
    await db
      .updateTable('contacts')
      .set((eb) => ({
        ...contentColumns(content),
        ...(folderId === undefined ? {} : { folder_id: folderId }),
        version: eb('version', '+', 1),
        updated_at: at,
      }))
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .execute();
  }
  await replaceKeys(db, userId, contacts);
}

/** Notes that contacts stand in another folder of their source. */
export async function moveContacts(
  db: Connection,
  userId: string,
  moves: readonly { readonly contactId: string; readonly folderId: string }[],
) {
  for (const { contactId, folderId } of moves) {
    await db
      .updateTable('contacts')
      .set({ folder_id: folderId })
      .where('id', '=', contactId)
      .where('user_id', '=', userId)
      .execute();
  }
}

/** Notes at which state of their items contacts are. */
export async function noteVersions(
  db: Connection,
  userId: string,
  versions: readonly { readonly contactId: string; readonly version: string }[],
) {
  for (const { contactId, version } of versions) {
    await db
      .updateTable('contacts')
      .set({ source_version: version })
      .where('id', '=', contactId)
      .where('user_id', '=', userId)
      .execute();
  }
}

/** Deletes contacts; keys and addresses go with them. */
export async function removeContacts(db: Connection, userId: string, ids: readonly string[]) {
  for (const portion of portions(ids, 1)) {
    await db.deleteFrom('contacts').where('user_id', '=', userId).where('id', 'in', portion).execute();
  }
}

/** Deletes every import of a user and forgets which items his own contacts were made from. Returns how many went. */
export async function removeImported(db: Connection, userId: string): Promise<number> {
  const gone = await db
    .deleteFrom('contacts')
    .where('user_id', '=', userId)
    .where('account_id', 'is not', null)
    .executeTakeFirst();
  await db
    .updateTable('contacts')
    .set({ detached_account_id: null, detached_item_id: null })
    .where('user_id', '=', userId)
    .where('detached_account_id', 'is not', null)
    .execute();
  return Number(gone.numDeletedRows);
}

/** The folder of an import, as its source told it. */
export async function folderOf(db: Connection, userId: string, id: string): Promise<string> {
  const row = await db
    .selectFrom('contacts')
    .select('folder_id')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row?.folder_id ?? '';
}

/** Makes an import one added by hand; the item that it came from stays away by it (SYN-7). */
export async function detachContact(db: Connection, userId: string, id: string) {
  await db
    .updateTable('contacts')
    .set((eb) => ({
      detached_account_id: eb.ref('account_id'),
      detached_item_id: eb.ref('item_id'),
      account_id: null,
      item_id: null,
      folder_id: null,
    }))
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('account_id', 'is not', null)
    .execute();
}

/** Makes a contact an import of an item (again). */
export async function attachContact(db: Connection, userId: string, id: string, origin: ImportOrigin) {
  await db
    .updateTable('contacts')
    .set({
      account_id: origin.accountId,
      item_id: origin.itemId,
      folder_id: origin.folderId,
      detached_account_id: null,
      detached_item_id: null,
    })
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .execute();
}

/** One contact with its bookkeeping, or undefined. */
export async function findContact(db: Connection, userId: string, id: string): Promise<KeptContact | undefined> {
  const row = await selectContacts(db, userId).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : keptContact(row);
}

/** Own contacts in the order of names, from behind a place in that order. */
export async function listContacts(
  db: Connection,
  userId: string,
  limit: number,
  after?: { readonly sortKey: string; readonly id: string },
): Promise<KeptContact[]> {
  let query = selectContacts(db, userId).orderBy('sort_key').orderBy('id').limit(limit);
  if (after !== undefined) {
    query = query
      .where('sort_key', '>=', after.sortKey)
      .where((eb) => eb.or([eb('sort_key', '>', after.sortKey), eb('id', '>', after.id)]));
  }
  return (await query.execute()).map(keptContact);
}

/** What an account has brought. */
export async function itemsOf(db: Connection, userId: string, accountId: string): Promise<StoredItem[]> {
  const rows = await db
    .selectFrom('contacts')
    .select(['id', 'item_id', 'folder_id', 'fingerprint', 'source_version'])
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .execute();
  return rows.map((row) => ({
    contactId: row.id,
    itemId: row.item_id ?? '',
    folderId: row.folder_id ?? '',
    fingerprint: row.fingerprint,
    version: row.source_version ?? undefined,
  }));
}

/** Fields of some contacts, by id. */
export async function fieldsOf(
  db: Connection,
  userId: string,
  ids: readonly string[],
): Promise<Map<string, ContactFields>> {
  const found = new Map<string, ContactFields>();
  for (const portion of portions(ids, 1)) {
    const rows = await db
      .selectFrom('contacts')
      .select(['id', 'fields'])
      .where('user_id', '=', userId)
      .where('id', 'in', portion)
      .execute();
    for (const { id, fields } of rows) found.set(id, readJson(storedFieldsSchema, fields));
  }
  return found;
}

/** Contacts read at once where all of a user's are gone through. */
const throughAtOnce = 500;

/** All contacts of a user in the order of names, read in portions. Each portion is of its own moment. */
export async function* allContacts(db: Connection, userId: string): AsyncGenerator<KeptContact> {
  let after: KeptContact | undefined;
  do {
    const portion = await listContacts(db, userId, throughAtOnce, after);
    yield* portion;
    after = portion.length < throughAtOnce ? undefined : portion.at(-1);
  } while (after !== undefined);
}

/** Contacts whose numbers were read by other rules, by id, from behind one. */
export async function outdatedReadings(
  db: Connection,
  userId: string,
  rulesVersion: string,
  limit: number,
  afterId: string,
): Promise<{ id: string; fields: ContactFields; numbers: readonly ContactNumber[] }[]> {
  const rows = await db
    .selectFrom('contacts')
    .select(['id', 'fields', 'numbers'])
    .where('user_id', '=', userId)
    .where('rules_version', '!=', rulesVersion)
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id, fields, numbers }) => ({
    id,
    fields: readJson(storedFieldsSchema, fields),
    numbers: readJson(storedNumbersSchema, numbers),
  }));
}

/** Replaces our reading of a contact's numbers; what its owner sees as the contact is the same, so is its version. */
export async function replaceReading(db: Connection, userId: string, id: string, content: ContactContent) {
  await db
    .updateTable('contacts')
    .set({
      sort_key: content.sortKey,
      numbers: JSON.stringify(content.numbers),
      rules_version: content.rulesVersion,
    })
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .execute();
  await replaceKeys(db, userId, [{ id, content }]);
}

/**
 * Users who have contacts. From one owner to the next in the index: both databases would read the entries of all contacts
 * for a `distinct`.
 */
export async function ownersOfContacts(db: Connection): Promise<string[]> {
  const { rows } = await sql<{ user_id: string }>`select user_id from (
      with recursive owners(user_id) as (
        select min(user_id) from contacts
        union all
        select (select min(c.user_id) from contacts c where c.user_id > owners.user_id)
        from owners where owners.user_id is not null
      )
      select user_id from owners where user_id is not null
    ) as found order by user_id`.execute(db);
  return rows.map((row) => row.user_id);
}

function contentColumns(content: ContactContent) {
  return {
    sort_key: content.sortKey,
    fields: JSON.stringify(content.fields),
    numbers: JSON.stringify(content.numbers),
    rules_version: content.rulesVersion,
    fingerprint: content.fingerprint,
  };
}

function selectContacts(db: Connection, userId: string) {
  return db
    .selectFrom('contacts')
    .select([
      'id',
      'version',
      'fields',
      'numbers',
      'sort_key',
      'fingerprint',
      'account_id',
      'item_id',
      'detached_account_id',
      'detached_item_id',
      'updated_at',
      'picture',
    ])
    .where('user_id', '=', userId);
}

interface ContactRow {
  id: string;
  version: number;
  fields: string;
  numbers: string;
  sort_key: string;
  fingerprint: string;
  account_id: string | null;
  item_id: string | null;
  detached_account_id: string | null;
  detached_item_id: string | null;
  updated_at: string;
  picture: string | null;
}

function keptContact(row: ContactRow): KeptContact {
  return {
    id: row.id,
    version: row.version,
    fields: readJson(storedFieldsSchema, row.fields),
    numbers: readJson(storedNumbersSchema, row.numbers),
    sortKey: row.sort_key,
    fingerprint: row.fingerprint,
    origin: originOf(row),
    updatedAt: row.updated_at,
    ...(row.picture === null ? {} : { picture: row.picture }),
  };
}

function originOf(row: ContactRow): ContactOrigin {
  if (row.account_id !== null && row.item_id !== null) {
    return { type: 'imported', account: row.account_id, itemId: row.item_id };
  }
  if (row.detached_account_id !== null && row.detached_item_id !== null) {
    return { type: 'hand', detachedFrom: { account: row.detached_account_id, itemId: row.detached_item_id } };
  }
  return { type: 'hand' };
}
