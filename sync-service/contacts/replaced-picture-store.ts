/**
 * Pictures that an import of a file has replaced, kept as long as the import can be undone. The bytes stay in the database:
 * they are copied there and back.
 */
import { sql } from 'kysely';
import { portions } from '../database/database';
import type { Connection } from '../database/database';

/**
 * Keeps what is known of a contact's picture before another takes its place; also that there was none.
 * @param taken hash of the picture that takes its place. Call inside the transaction that does it.
 */
export async function keepReplaced(db: Connection, historyId: string, contactId: string, taken: string) {
  await db
    .insertInto('replaced_pictures')
    .columns(['history_id', 'contact_id', 'taken', 'source_version', 'state', 'hash', 'bytes'])
    .expression((eb) =>
      eb
        .selectFrom('contacts')
        .leftJoin('contact_pictures', 'contact_pictures.contact_id', 'contacts.id')
        .select([
          sql<string>`cast(${historyId} as text)`.as('history_id'),
          'contacts.id',
          sql<string>`cast(${taken} as text)`.as('taken'),
        ])
        .select(['contact_pictures.source_version', 'contact_pictures.state'])
        .select(['contact_pictures.hash', 'contact_pictures.bytes'])
        .where('contacts.id', '=', contactId),
    )
    .execute();
}

/**
 * Puts them back where the contact is still the account's and has the picture that the import gave it. Call inside a
 * transaction.
 * @returns the contacts whose pictures were replaced, and those that have their old ones again.
 */
export async function restoreReplaced(
  db: Connection,
  userId: string,
  accountId: string,
  historyId: string,
): Promise<{ readonly replaced: string[]; readonly restored: string[] }> {
  const replaced = await db
    .selectFrom('replaced_pictures')
    .select('contact_id')
    .where('history_id', '=', historyId)
    .execute();
  const own = await db
    .selectFrom('replaced_pictures')
    .innerJoin('contacts', 'contacts.id', 'replaced_pictures.contact_id')
    .select('contacts.id')
    .where('replaced_pictures.history_id', '=', historyId)
    .where('contacts.user_id', '=', userId)
    .where('contacts.account_id', '=', accountId)
    .whereRef('contacts.picture', '=', 'replaced_pictures.taken')
    .execute();
  const restored = own.map(({ id }) => id);
  for (const portion of portions(restored, 1)) {
    await db.deleteFrom('contact_pictures').where('contact_id', 'in', portion).execute();
    await db
      .insertInto('contact_pictures')
      .columns(['contact_id', 'user_id', 'source_version', 'state', 'hash', 'bytes'])
      .expression((eb) =>
        eb
          .selectFrom('replaced_pictures')
          .select(['contact_id', sql<string>`cast(${userId} as text)`.as('user_id')])
          .select(sql<string>`coalesce(source_version, '')`.as('source_version'))
          .select(sql<string>`coalesce(state, '')`.as('state'))
          .select(['hash', 'bytes'])
          .where('history_id', '=', historyId)
          .where('contact_id', 'in', portion)
          .where('state', 'is not', null),
      )
      .execute();
    await db
      .updateTable('contacts')
      .set((eb) => ({
        picture: eb
          .selectFrom('replaced_pictures')
          .select('replaced_pictures.hash')
          .whereRef('replaced_pictures.contact_id', '=', 'contacts.id')
          .where('replaced_pictures.history_id', '=', historyId),
      }))
      .where('id', 'in', portion)
      .execute();
  }
  return { replaced: replaced.map((row) => row.contact_id), restored };
}

/** How many pictures each of these imports has replaced and can bring back. */
export async function countReplaced(db: Connection, historyIds: readonly string[]): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const portion of portions(historyIds, 1)) {
    const rows = await db
      .selectFrom('replaced_pictures')
      .select(['history_id', (eb) => eb.fn.countAll().as('count')])
      .where('history_id', 'in', portion)
      .groupBy('history_id')
      .execute();
    for (const row of rows) found.set(row.history_id, Number(row.count));
  }
  return found;
}
