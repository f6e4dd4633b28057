/**
 * Search by beginnings of keys (DESIGN §6). A prefix is a range of an index that begins with whose the keys are, so that
 * a search costs what it finds and not what there is. The index holds the order of names as well: hits are counted and
 * put in order in it, and only those that are shown are read. When there are very many, the list itself is read in its
 * order until enough of it match, which then happens soon.
 */
import { sql } from 'kysely';
import type { RawBuilder, SqlBool } from 'kysely';
import type { DirectoryQuery } from '../../shared/directory-keys';
import type { Connection } from './database';
import { createOftenAsked } from './often-asked';
import type { ParameterAt } from './often-asked';

/** A table that is searched, and the table of its keys: `scope`, `key`, `sort_key`, `keyedId`, which is also an index. */
export interface SearchedList {
  readonly table: string;
  readonly id: string;
  readonly keys: string;
  /** Column of `keys` with the id of the row in `table`. */
  readonly keyedId: string;
  /** Columns of both tables that say whose it is. */
  readonly scope: readonly string[];
  /** Columns of `table` that are wanted. */
  readonly shown: readonly string[];
  /** Keys that are collected, their rows counted and put in order; beyond it the list is read in its order. */
  readonly collected: number;
}

export interface KeyHits<Row> {
  /** How many match: exact up to `counted`, more than it beyond. */
  readonly count: number;
  /** The first in the order of names. */
  readonly rows: readonly Row[];
}

/** @param scope values of the scope's columns; @param limit rows at most */
export type KeySearch<Row> = (scope: readonly string[], query: DirectoryQuery, limit: number) => Promise<KeyHits<Row>>;

/** @param counted rows are counted exactly up to this */
export function createKeySearch<Row>(database: Connection, list: SearchedList, counted: number): KeySearch<Row> {
  const statements = createOftenAsked(database);
  const { scope: scopeColumns } = list;

  return async (scope, query, limit) => {
    // The longest beginning fits the fewest keys: those are read, the others are looked up for each of them.
    const elements = [...query.elements].sort((one, other) => selectivity(other) - selectivity(one));
    if (elements.some((prefixes) => prefixes.length === 0)) return { count: 0, rows: [] };
    const shape = `${elements.map((prefixes) => prefixes.length).join()} ${limit}`;
    const values = [...scope, ...elements.flatMap((prefixes) => prefixes.flatMap(boundsOf))];
    /** Places of the bounds in `values`. */
    const rangesOf = placesOf(elements, scopeColumns.length);
    type Counted = Row & { readonly total: number; readonly keys: number };
    const result = (rows: readonly Counted[], count = rows[0]?.total ?? 0) => ({ count, rows });

    if (elements.length === 0) {
      return result(await statements.ask<Counted>(`all ${limit}`, values, (at) => wholeList(list, at, counted, limit)));
    }
    const few = await statements.ask<Counted>(`few ${shape}`, values, (at) => collected(list, at, rangesOf, limit));
    const { count } = result(few);
    if ((few[0]?.keys ?? 0) <= list.collected) return result(few);
    // Many keys of few rows: all are collected after all, as the count is exact.
    if (count <= counted) {
      const all = { ...list, collected: undefined };
      return result(
        await statements.ask<Counted>(`each ${shape}`, values, (at) => collected(all, at, rangesOf, limit)),
      );
    }
    return result(
      await statements.ask<Counted>(`many ${shape}`, values, (at) => readInOrder(list, at, rangesOf, limit)),
      count,
    );
  };
}

type Range = readonly [from: number, to: number];

function placesOf(elements: DirectoryQuery['elements'], first: number): readonly (readonly Range[])[] {
  let next = first;
  return elements.map((prefixes) => prefixes.map((): Range => [next++, next++]));
}

/** How few keys an element is likely to fit. */
function selectivity(element: readonly string[]): number {
  return Math.min(...element.map((prefix) => prefix.length));
}

/** Behind every key: no key holds the last code point. */
const behindAll = '\u{10ffff}';

function boundsOf(prefix: string): [from: string, to: string] {
  return [prefix, endOfPrefix(prefix) ?? behindAll];
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

/** Hits are collected from the index, counted and put in order there; only the first are read. */
function collected<Row>(
  list: Omit<SearchedList, 'collected'> & { readonly collected: number | undefined },
  at: ParameterAt,
  [narrowest = [], ...others]: readonly (readonly Range[])[],
  limit: number,
): RawBuilder<Row> {
  const { keyedId } = list;
  // A range each, united: SQLite would read all keys of the owner for an `or`.
  const ranges = narrowest.map(
    (range) => sql`select k.sort_key, ${sql.ref(`k.${keyedId}`)} as hit from ${sql.table(list.keys)} k
      where ${scoped('k', list, at)} and ${within('k', range, at)}
      ${allOf(others.map((each) => hasKey(list, `k.${keyedId}`, each, at)))}`,
  );
  // Cut before it is made distinct: PostgreSQL would read all of the range for that.
  const cut = list.collected === undefined ? sql`` : sql`limit ${sql.lit(list.collected + 1)}`;
  // Within a query of its own, so that the statement begins as one that only reads.
  return sql<Row>`select * from (
      with fitting as materialized (${sql.join(ranges, sql` union all `)} ${cut}),
      hits as materialized (select distinct sort_key, hit from fitting)
      select ${shownOf(list)}, listed.sort_key as place, ${sql.ref(`listed.${list.id}`)} as id_in_place,
        (select count(*) from hits) as total, (select count(*) from fitting) as keys
      from (select hit from hits order by sort_key, hit limit ${sql.lit(limit)}) as page
      join ${sql.table(list.table)} as listed on ${sql.ref(`listed.${list.id}`)} = page.hit
    ) as shown
    order by place, id_in_place`;
}

/** The list is read in its order until enough of it match. */
function readInOrder<Row>(
  list: SearchedList,
  at: ParameterAt,
  elements: readonly (readonly Range[])[],
  limit: number,
): RawBuilder<Row> {
  return sql<Row>`select ${shownOf(list)} from ${sql.table(list.table)} as listed
    where ${scoped('listed', list, at)} ${allOf(elements.map((each) => hasKey(list, `listed.${list.id}`, each, at)))}
    order by listed.sort_key, ${sql.ref(`listed.${list.id}`)} limit ${sql.lit(limit)}`;
}

function wholeList<Row>(list: SearchedList, at: ParameterAt, counted: number, limit: number): RawBuilder<Row> {
  const all = sql`select 1 as one from ${sql.table(list.table)} as listed
    where ${scoped('listed', list, at)} limit ${sql.lit(counted + 1)}`;
  return sql<Row>`select ${shownOf(list)}, (select count(*) from (${all}) as entries) as total
    from ${sql.table(list.table)} as listed where ${scoped('listed', list, at)}
    order by listed.sort_key, ${sql.ref(`listed.${list.id}`)} limit ${sql.lit(limit)}`;
}

function shownOf({ shown }: Pick<SearchedList, 'shown'>): RawBuilder<unknown> {
  return sql.join(shown.map((column) => sql.ref(`listed.${column}`)));
}

function scoped(table: string, { scope }: Pick<SearchedList, 'scope'>, at: ParameterAt): RawBuilder<SqlBool> {
  const columns = scope.map((column, index) => sql`${sql.ref(`${table}.${column}`)} = ${at(index)}`);
  return sql<SqlBool>`${sql.join(columns, sql` and `)}`;
}

function within(table: string, [from, to]: Range, at: ParameterAt): RawBuilder<SqlBool> {
  const key = sql.ref(`${table}.key`);
  return sql<SqlBool>`${key} >= ${at(from)} and ${key} < ${at(to)}`;
}

/** Whether the row of that id has a key in any of the ranges. */
function hasKey(
  list: Pick<SearchedList, 'keys' | 'keyedId'>,
  id: string,
  ranges: readonly Range[],
  at: ParameterAt,
): RawBuilder<SqlBool> {
  const any = ranges.map((range) => sql`(${within('other', range, at)})`);
  return sql<SqlBool>`exists (select 1 as one from ${sql.table(list.keys)} as other
    where ${sql.ref(`other.${list.keyedId}`)} = ${sql.ref(id)} and (${sql.join(any, sql` or `)}))`;
}

function allOf(conditions: readonly RawBuilder<SqlBool>[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`` : sql`and ${sql.join(conditions, sql` and `)}`;
}
