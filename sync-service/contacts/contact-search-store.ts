/**
 * Search in the personal directory. A prefix is a range of the index (owner, key), so that a search costs what it finds
 * and not what there is. Hits up to the counting limit are collected from the index and then put in order; when there are
 * more, the list is read in its order until enough of it match, which then happens soon.
 */
import { expressionBuilder, sql } from 'kysely';
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import { portions } from '../database/database';
import type { Connection } from '../database/database';
import type { Tables } from '../database/tables';
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

/**
 * The smallest text behind all texts that begin with `prefix`, in the order of code points, which is that of UTF-8 bytes
 * and of both databases' indexes. Undefined where there is none: the empty prefix, or nothing but the last code point.
 */
export function endOfPrefix(prefix: string): string | undefined {
  const points = [...prefix].map((character) => character.codePointAt(0) ?? 0);
  while (points.at(-1) === 0x10ffff) points.pop();
  const last = points.pop();
  if (last === undefined) return undefined;
  // Surrogates are no characters: behind U+D7FF comes U+E000.
  return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
}

/** Number of contacts that match, counted up to `limit`. */
export async function countMatching(
  db: Connection,
  userId: string,
  query: DirectoryQuery,
  limit: number,
): Promise<number> {
  const { count } = await db
    .selectFrom(matchingIds(db, userId, query).limit(limit).as('counted'))
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The first contacts in the order of names that match; for queries that few match: those are collected and sorted. */
export async function firstOfFew(
  db: Connection,
  userId: string,
  query: DirectoryQuery,
  limit: number,
): Promise<FoundContact[]> {
  return db
    .selectFrom('contacts')
    .select(['id', 'fields', 'numbers', 'picture'])
    .where('user_id', '=', userId)
    .where('id', 'in', matchingIds(db, userId, query))
    .orderBy('sort_key')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** The same for queries that many match: the list is read in its order until enough of it match. */
export async function firstOfMany(
  db: Connection,
  userId: string,
  query: DirectoryQuery,
  limit: number,
): Promise<FoundContact[]> {
  return db
    .selectFrom('contacts')
    .select(['id', 'fields', 'numbers', 'picture'])
    .where('user_id', '=', userId)
    .where((eb) => eb.and(query.elements.map((element) => hasKey(eb, eb.ref('contacts.id'), element))))
    .orderBy('sort_key')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Contacts that have any of these keys exactly, in the order of names. */
export async function contactsWithKeys(
  db: Connection,
  userId: string,
  keys: readonly string[],
): Promise<FoundContact[]> {
  const found: (FoundContact & { sort_key: string })[] = [];
  for (const portion of portions([...new Set(keys)], 1)) {
    const rows = await db
      .selectFrom('contacts')
      .select(['id', 'fields', 'numbers', 'picture', 'sort_key'])
      .where('user_id', '=', userId)
      .where('id', 'in', (eb) =>
        eb.selectFrom('contact_keys').select('contact_id').where('user_id', '=', userId).where('key', 'in', portion),
      )
      .execute();
    found.push(...rows);
  }
  return inOrder(found);
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

/**
 * A query for the ids that match, each once. The longest beginning fits the fewest keys: those are read, the other
 * elements are looked up for each of them; so a query that many match ends as soon as enough are found.
 */
function matchingIds(db: Connection, userId: string, query: DirectoryQuery) {
  const [narrowest, ...others] = [...query.elements].sort((one, other) => selectivity(other) - selectivity(one));
  const hits = narrowest === undefined ? everyId(db, userId) : idsWith(db, userId, narrowest);
  return db
    .selectFrom(hits.as('hits'))
    .select('hits.contact_id')
    .distinct()
    .where((eb) => eb.and(others.map((element) => hasKey(eb, eb.ref('hits.contact_id'), element))));
}

function everyId(db: Connection, userId: string) {
  return db.selectFrom('contacts').select('id as contact_id').where('user_id', '=', userId);
}

/** How few keys an element is likely to fit. */
function selectivity(element: readonly string[]): number {
  return Math.min(...element.map((prefix) => prefix.length));
}

/** Contacts with a key of any of the prefixes. A range each, united: SQLite would read all keys of the owner for an `or`. */
function idsWith(db: Connection, userId: string, prefixes: readonly string[]) {
  const [first, ...others] = prefixes.map((prefix) =>
    db
      .selectFrom('contact_keys')
      .select('contact_id')
      .where('user_id', '=', userId)
      .where((eb) => anyPrefix(eb, [prefix])),
  );
  const none = db
    .selectFrom('contact_keys')
    .select('contact_id')
    .where(sql<SqlBool>`1 = 0`);
  return others.reduce((union, other) => union.unionAll(other), first ?? none);
}

/** Whether the contact of that id has a key of any of the prefixes. */
function hasKey<DB extends Tables, TB extends keyof DB>(
  eb: ExpressionBuilder<DB, TB>,
  contactId: Expression<string>,
  prefixes: readonly string[],
): Expression<SqlBool> {
  const keys = expressionBuilder<Tables>();
  return eb.exists(
    keys
      .selectFrom('contact_keys')
      .select(sql<number>`1`.as('one'))
      .where((key) => key('contact_keys.contact_id', '=', contactId))
      .where((key) => anyPrefix(key, prefixes)),
  );
}

function anyPrefix(eb: ExpressionBuilder<Tables, 'contact_keys'>, prefixes: readonly string[]): Expression<SqlBool> {
  return eb.or(
    prefixes.map((prefix) => {
      const from = eb('contact_keys.key', '>=', prefix);
      const end = endOfPrefix(prefix);
      return end === undefined ? from : eb.and([from, eb('contact_keys.key', '<', end)]);
    }),
  );
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
