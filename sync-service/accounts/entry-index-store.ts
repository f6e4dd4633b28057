/** Reads what an {@link EntryIndex} is made of. */
import { sql } from 'kysely';
import type { Database } from '../database/database';
import { createKeyGatherer } from '../database/key-index';
import { packTexts } from '../database/packed-texts';
import { rowsOf } from '../database/row-pages';
import type { RowPages } from '../database/row-pages';
import type { EntryIndexData } from './entry-index';
import { entryKinds } from './people-directory-entries';
import type { DirectoryScope } from './people-directory-store';

/** Rows of a page: some milliseconds of reading. */
const size = 4000;

/**
 * Reads all entries of a directory and their keys, page by page. What is changed meanwhile may be in it or not: the caller
 * compares the version of the directories before and after.
 * @param pause is waited for between two pages
 * @returns undefined where keys were found of an entry that was not there before
 */
export async function readEntryIndex(
  database: Database,
  scope: DirectoryScope,
  pause: () => Promise<void>,
): Promise<EntryIndexData | undefined> {
  const placeOf = new Map<string, number>();
  const kinds: number[] = [];
  for await (const { entry_id, kind } of rowsOf(entriesOf(database, scope), pause)) {
    placeOf.set(entry_id, kinds.length);
    kinds.push(entryKinds.findIndex((known) => known === kind));
  }
  const keys = createKeyGatherer();
  for await (const { key, entry_id } of rowsOf(keysOf(database, scope), pause)) {
    const place = placeOf.get(entry_id);
    if (place === undefined) return undefined;
    keys.add(key, place);
  }
  return { found: keys.data(kinds.length), ids: packTexts([...placeOf.keys()]), kinds: Uint8Array.from(kinds) };
}

interface EntryRow {
  readonly entry_id: string;
  readonly kind: string;
  readonly sort_key: string;
}

function entriesOf(database: Database, { siteId, directory }: DirectoryScope): RowPages<EntryRow> {
  return {
    size,
    async read(last) {
      const behind = last ? sql`and (sort_key, entry_id) > (${last.sort_key}, ${last.entry_id})` : sql``;
      const { rows } = await sql<EntryRow>`select entry_id, kind, sort_key from directory_entries
        where site_id = ${siteId} and directory = ${directory} ${behind}
        order by sort_key, entry_id limit ${sql.lit(size)}`.execute(database);
      return rows;
    },
  };
}

interface KeyRow {
  readonly key: string;
  readonly sort_key: string;
  readonly entry_id: string;
}

function keysOf(database: Database, { siteId, directory }: DirectoryScope): RowPages<KeyRow> {
  return {
    size,
    async read(last) {
      const behind = last
        ? sql`and (key, sort_key, entry_id) > (${last.key}, ${last.sort_key}, ${last.entry_id})`
        : sql``;
      const { rows } = await sql<KeyRow>`select key, sort_key, entry_id from directory_keys
        where site_id = ${siteId} and directory = ${directory} ${behind}
        order by key, sort_key, entry_id limit ${sql.lit(size)}`.execute(database);
      return rows;
    },
  };
}
