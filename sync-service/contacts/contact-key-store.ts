/** What contacts are found by: search keys and addresses. They change in the transaction that changes the contact. */
import { portions } from '../database/database';
import type { Connection } from '../database/database';
import type { ContactContent } from './contact-record';

interface KeyedContact {
  readonly id: string;
  readonly content: Pick<ContactContent, 'keys' | 'emails' | 'sortKey'>;
}

/** Adds the keys of new contacts. */
export async function addKeys(db: Connection, userId: string, contacts: readonly KeyedContact[]) {
  const keys = contacts.flatMap(({ id, content }) =>
    content.keys.map((key) => ({ user_id: userId, key, sort_key: content.sortKey, contact_id: id })),
  );
  for (const portion of portions(keys, 4)) await db.insertInto('contact_keys').values(portion).execute();
  const emails = contacts.flatMap(({ id, content }) =>
    content.emails.map((email) => ({ user_id: userId, email, contact_id: id })),
  );
  for (const portion of portions(emails, 3)) await db.insertInto('contact_emails').values(portion).execute();
}

/** Replaces the keys of changed contacts. */
export async function replaceKeys(db: Connection, userId: string, contacts: readonly KeyedContact[]) {
  for (const portion of portions(contacts, 1)) {
    const ids = portion.map(({ id }) => id);
    await db.deleteFrom('contact_keys').where('contact_id', 'in', ids).execute();
    await db.deleteFrom('contact_emails').where('contact_id', 'in', ids).execute();
  }
  await addKeys(db, userId, contacts);
}
