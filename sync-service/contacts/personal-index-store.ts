/** Reads what a {@link PersonalIndex} is made of, the version of what it was made of, and who has contacts. */
import { sql } from 'kysely';
import type { Database } from '../database/database';
import { createKeyGatherer } from '../database/key-index';
import { createOftenAsked } from '../database/often-asked';
import { packTexts } from '../database/packed-texts';
import { rowsOf } from '../database/row-pages';
import type { RowPages } from '../database/row-pages';
import type { FoundContact } from './contact-search-store';
import { directoryItem } from './found-contact';
import type { PersonalIndexData } from './personal-index';

/** Rows of a page: some milliseconds of reading. */
const contactsAtOnce = 500;
const keysAtOnce = 4000;

/**
 * Reads all contacts of a user and their keys, page by page. What is changed meanwhile may be in it or not: the caller
 * compares the version before and after.
 * @param pause is waited for between two pages
 * @returns undefined where keys were found of a contact that was not there before
 */
export async function readPersonalIndex(
  database: Database,
  userId: string,
  pause: () => Promise<void>,
): Promise<PersonalIndexData | undefined> {
  const placeOf = new Map<string, number>();
  const items: string[] = [];
  for await (const row of rowsOf(contactsOf(database, userId), pause)) {
    placeOf.set(row.id, items.length);
    items.push(JSON.stringify(directoryItem(row)));
  }
  const keys = createKeyGatherer();
  for await (const { key, contact_id } of rowsOf(keysOf(database, userId), pause)) {
    const place = placeOf.get(contact_id);
    if (place === undefined) return undefined;
    keys.add(key, place);
  }
  return { found: keys.data(items.length), items: packTexts(items) };
}

/**
 * Reads the version of a user's contacts, which a file's database counts up with each change of a row. Another process may
 * have made it: `manage` works on the file as well.
 */
export function createContactsVersion(database: Database): (userId: string) => Promise<string> {
  const statements = createOftenAsked(database);
  return async (userId) => {
    const [row] = await statements.ask<{ version: number }>(
      'version of contacts',
      [userId],
      (at) => sql`select version from contact_versions where user_id = ${at(0)}`,
    );
    return String(row?.version ?? 0);
  };
}

/** Owners of a page: each is found by one look into the index of contacts. */
const ownersAtOnce = 100;

/** Some of those who have contacts, in the order of their ids behind that one; from one to the next, past all contacts of each. */
export async function contactOwners(database: Database, behind: string, limit = ownersAtOnce): Promise<string[]> {
  const { rows } = await sql<{ user_id: string }>`with recursive owners (user_id) as (
      select min(user_id) from contacts where user_id > ${behind}
      union all
      select (select min(user_id) from contacts where contacts.user_id > owners.user_id) from owners
      where owners.user_id is not null
    ) select user_id from owners where user_id is not null limit ${sql.lit(limit)}`.execute(database);
  return rows.map((row) => row.user_id);
}

interface ContactRow extends FoundContact {
  readonly sort_key: string;
}

function contactsOf(database: Database, userId: string): RowPages<ContactRow> {
  return {
    size: contactsAtOnce,
    async read(last) {
      const behind = last ? sql`and (sort_key, id) > (${last.sort_key}, ${last.id})` : sql``;
      const { rows } = await sql<ContactRow>`select id, fields, numbers, picture, sort_key from contacts
        where user_id = ${userId} ${behind} order by sort_key, id limit ${sql.lit(contactsAtOnce)}`.execute(database);
      return rows;
    },
  };
}

interface KeyRow {
  readonly key: string;
  readonly sort_key: string;
  readonly contact_id: string;
}

function keysOf(database: Database, userId: string): RowPages<KeyRow> {
  return {
    size: keysAtOnce,
    async read(last) {
      const behind = last
        ? sql`and (key, sort_key, contact_id) > (${last.key}, ${last.sort_key}, ${last.contact_id})`
        : sql``;
      const { rows } = await sql<KeyRow>`select key, sort_key, contact_id from contact_keys
        where user_id = ${userId} ${behind} order by key, sort_key, contact_id
        limit ${sql.lit(keysAtOnce)}`.execute(database);
      return rows;
    },
  };
}
