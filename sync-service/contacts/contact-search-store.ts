/** Search in the personal directory, and who has a number or an address. */
import { sql } from 'kysely';
import { portions } from '../database/database';
import type { Connection } from '../database/database';
import { createKeySearch } from '../database/key-search';
import type { KeyHits, SearchedList } from '../database/key-search';
import { createOftenAsked } from '../database/often-asked';
import type { DirectoryQuery } from '../../shared/directory-keys';

/** A contact as a row of hits. */
export interface FoundContact {
  readonly id: string;
  /** ContactFields as JSON. */
  readonly fields: string;
  /** ContactNumber[] as JSON. */
  readonly numbers: string;
  /** Hash of the picture. */
  readonly picture: string | null;
}

/** The personal directory as a list that is searched. */
const searched: SearchedList = {
  ...{ table: 'contacts', id: 'id', keys: 'contact_keys', keyedId: 'contact_id', scope: ['user_id'] },
  shown: ['id', 'fields', 'numbers', 'picture'],
  collected: 400,
};

export interface ContactSearch {
  /** The first contacts in the order of names that match, and how many do: exact up to `counted`, more than it beyond. */
  search(userId: string, query: DirectoryQuery, limit: number): Promise<KeyHits<FoundContact>>;
  /** Contacts that have any of these keys exactly, in the order of names. */
  withKeys(userId: string, keys: readonly string[]): Promise<FoundContact[]>;
}

export function createContactSearch(database: Connection, counted: number): ContactSearch {
  const search = createKeySearch<FoundContact>(database, searched, counted);
  const statements = createOftenAsked(database);
  return {
    search: (userId, query, limit) => search([userId], query, limit),
    async withKeys(userId, keys) {
      const found: (FoundContact & { sort_key: string })[] = [];
      for (const portion of portions([...new Set(keys)], 1)) {
        found.push(
          ...(await statements.ask(`with keys ${portion.length}`, [userId, ...portion], (at) => {
            const wanted = portion.map((_, index) => at(index + 1));
            // PostgreSQL would take a list of one for a table to join.
            const isWanted = portion.length === 1 ? sql`= ${at(1)}` : sql`in (${sql.join(wanted)})`;
            return sql<FoundContact & { sort_key: string }>`
              select listed.id, listed.fields, listed.numbers, listed.picture, listed.sort_key
              from contact_keys as k join contacts as listed on listed.id = k.contact_id
              where k.user_id = ${at(0)} and k.key ${isWanted}`;
          })),
        );
      }
      return inOrder(found);
    },
  };
}

/** Contacts with these ids, in any order. */
export async function contactsWithIds(db: Connection, userId: string, ids: readonly string[]): Promise<FoundContact[]> {
  const found: FoundContact[] = [];
  for (const portion of portions([...new Set(ids)], 1)) {
    const rows = await db
      .selectFrom('contacts')
      .select(['id', 'fields', 'numbers', 'picture'])
      .where('user_id', '=', userId)
      .where('id', 'in', portion)
      .execute();
    found.push(...rows);
  }
  return found;
}

/** Contacts that have any of these addresses (folded), in the order of names. */
export async function contactsWithEmails(
  db: Connection,
  userId: string,
  emails: readonly string[],
): Promise<FoundContact[]> {
  const found: (FoundContact & { sort_key: string })[] = [];
  for (const portion of portions([...new Set(emails)], 1)) {
    const rows = await db
      .selectFrom('contacts')
      .select(['id', 'fields', 'numbers', 'picture', 'sort_key'])
      .where('user_id', '=', userId)
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('contact_emails')
          .select('contact_id')
          .where('user_id', '=', userId)
          .where('email', 'in', portion),
      )
      .execute();
    found.push(...rows);
  }
  return inOrder(found);
}

function inOrder<T extends { id: string; sort_key: string }>(rows: readonly T[]): T[] {
  const unique = new Map(rows.map((row) => [row.id, row]));
  return [...unique.values()].sort((one, other) =>
    one.sort_key === other.sort_key ? compare(one.id, other.id) : compare(one.sort_key, other.sort_key),
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
