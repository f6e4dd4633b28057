/**
 * Pictures of contacts in the database: some 6 KB each, which SQLite reads faster than files; they are saved, backed up,
 * moved between service instances and erased together with the contact. Everything is by owner.
 */
import { sql } from 'kysely';
import type { Connection } from '../database/database';
import { portions, readBytes } from '../database/database';

export interface WantedItem {
  readonly contactId: string;
  readonly itemId: string;
  /** Empty where the source names none. */
  readonly version: string;
}

/** What became of the question for a picture. */
export type PictureOutcome =
  | { readonly state: 'ready'; readonly hash: string; readonly bytes: Uint8Array }
  | { readonly state: 'none' | 'refused' };

/** Imports of an account whose item is of another state than when its picture was asked for, or was never asked. */
function wanted(db: Connection, userId: string, accountId: string) {
  return db
    .selectFrom('contacts')
    .leftJoin('contact_pictures', 'contact_pictures.contact_id', 'contacts.id')
    .where('contacts.user_id', '=', userId)
    .where('contacts.account_id', '=', accountId)
    .where((eb) =>
      eb.or([
        eb('contact_pictures.contact_id', 'is', null),
        eb('contact_pictures.source_version', '!=', eb.fn.coalesce('contacts.source_version', sql.lit(''))),
      ]),
    );
}

/** The first of them in the order of names. */
export async function wantedPictures(
  db: Connection,
  userId: string,
  accountId: string,
  limit: number,
): Promise<WantedItem[]> {
  const rows = await wanted(db, userId, accountId)
    .select(['contacts.id', 'contacts.item_id', 'contacts.source_version'])
    .orderBy('contacts.sort_key')
    .orderBy('contacts.id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ contactId: row.id, itemId: row.item_id ?? '', version: row.source_version ?? '' }));
}

/** How many there are. */
export async function countWanted(db: Connection, userId: string, accountId: string): Promise<number> {
  const { count } = await wanted(db, userId, accountId)
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Which of these are contacts of the user that came from a source. */
export async function importedAmong(db: Connection, userId: string, ids: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const portion of portions([...new Set(ids)], 1)) {
    const rows = await db
      .selectFrom('contacts')
      .select('id')
      .where('user_id', '=', userId)
      .where('account_id', 'is not', null)
      .where('id', 'in', portion)
      .execute();
    found.push(...rows.map((row) => row.id));
  }
  return found;
}

/** Notes what the source has of a contact at that state of its item. Call inside a transaction. */
export async function savePicture(
  db: Connection,
  userId: string,
  contactId: string,
  version: string,
  outcome: PictureOutcome,
) {
  const { hash, bytes } = outcome.state === 'ready' ? outcome : { hash: null, bytes: null };
  const row = { source_version: version, state: outcome.state, hash, bytes };
  await db
    .insertInto('contact_pictures')
    .values({ contact_id: contactId, user_id: userId, ...row })
    .onConflict((conflict) => conflict.column('contact_id').doUpdateSet(row))
    .execute();
  await db
    .updateTable('contacts')
    .set({ picture: hash })
    .where('id', '=', contactId)
    .where('user_id', '=', userId)
    .execute();
}

/** The bytes of a user's picture. */
export async function pictureBytes(db: Connection, userId: string, hash: string): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('contact_pictures')
    .select('bytes')
    .where('user_id', '=', userId)
    .where('hash', '=', hash)
    .limit(1)
    .executeTakeFirst();
  return row?.bytes ? readBytes(row.bytes) : undefined;
}

/** Deletes all that is known of pictures of imports. Returns how many pictures went. Call inside a transaction. */
export async function removeImportedPictures(db: Connection, userId: string): Promise<number> {
  // An undo brings none of them back.
  const accounts = db.selectFrom('source_accounts').select('id').where('user_id', '=', userId);
  const histories = db.selectFrom('sync_history').select('id').where('account_id', 'in', accounts);
  await db.deleteFrom('replaced_pictures').where('history_id', 'in', histories).execute();
  const imports = db
    .selectFrom('contacts')
    .select('id')
    .where('user_id', '=', userId)
    .where('account_id', 'is not', null);
  const gone = await db
    .updateTable('contacts')
    .set({ picture: null })
    .where('user_id', '=', userId)
    .where('account_id', 'is not', null)
    .where('picture', 'is not', null)
    .executeTakeFirst();
  await db.deleteFrom('contact_pictures').where('user_id', '=', userId).where('contact_id', 'in', imports).execute();
  return Number(gone.numUpdatedRows);
}
