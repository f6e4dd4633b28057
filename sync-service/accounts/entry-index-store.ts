/** Reads what an {@link EntryIndex} is made of. */
import { sql } from 'kysely';
import type { Database } from '../database/database';
import { createKeyGatherer } from '../database/key-index';
import { packTexts } from '../database/packed-texts';
import { pagesOf, rowsOf } from '../database/row-pages';
import type { RowPages } from '../database/row-pages';
import type { EntryIndexData } from './entry-index';
import { createDirectoryItems } from './directory-items';
import { refOf } from './people-directory-store';
import type { DirectoryScope } from './people-directory-store';
import type { NumberRules } from './people-model';
import { createSiteStore } from './site-store';

/** Rows of a page: some milliseconds of reading. */
const entriesAtOnce = 500;
const keysAtOnce = 4000;

export interface EntryIndexReading {
  readonly database: Database;
  readonly rules: NumberRules;
}

/**
 * Reads all entries of a directory, as they are shown, and their keys, page by page. What is changed meanwhile may be in it
 * or not: the caller compares the version of the directories before and after.
 * @param pause is waited for between two pages
 * @returns undefined where keys were found of an entry that was not there before, and where there is no such site
 */
export async function readEntryIndex(
  { database, rules }: EntryIndexReading,
  scope: DirectoryScope,
  pause: () => Promise<void>,
): Promise<EntryIndexData | undefined> {
  const site = await createSiteStore(database).find(scope.siteId);
  if (site === undefined) return undefined;
  const items = createDirectoryItems(database);
  const placeOf = new Map<string, number>();
  const texts: string[] = [];
  for await (const page of pagesOf(entriesOf(database, scope), pause)) {
    const shown = await items.of(page.map(refOf), site.dialPlan, rules);
    for (const { entry_id } of page) {
      placeOf.set(entry_id, texts.length);
      const item = shown.get(entry_id);
      texts.push(item === undefined ? '' : JSON.stringify(item));
    }
  }
  const keys = createKeyGatherer();
  for await (const { key, entry_id } of rowsOf(keysOf(database, scope), pause)) {
    const place = placeOf.get(entry_id);
    if (place === undefined) return undefined;
    keys.add(key, place);
  }
  return { found: keys.data(texts.length), items: packTexts(texts) };
}

interface EntryRow {
  readonly entry_id: string;
  readonly kind: string;
  readonly sort_key: string;
}

function entriesOf(database: Database, { siteId, directory }: DirectoryScope): RowPages<EntryRow> {
  return {
    size: entriesAtOnce,
    async read(last) {
      const behind = last ? sql`and (sort_key, entry_id) > (${last.sort_key}, ${last.entry_id})` : sql``;
      const { rows } = await sql<EntryRow>`select entry_id, kind, sort_key from directory_entries
        where site_id = ${siteId} and directory = ${directory} ${behind}
        order by sort_key, entry_id limit ${sql.lit(entriesAtOnce)}`.execute(database);
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
    size: keysAtOnce,
    async read(last) {
      const behind = last
        ? sql`and (key, sort_key, entry_id) > (${last.key}, ${last.sort_key}, ${last.entry_id})`
        : sql``;
      const { rows } = await sql<KeyRow>`select key, sort_key, entry_id from directory_keys
        where site_id = ${siteId} and directory = ${directory} ${behind}
        order by key, sort_key, entry_id limit ${sql.lit(keysAtOnce)}`.execute(database);
      return rows;
    },
  };
}
