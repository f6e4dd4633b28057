/** Reads what an {@link EntryIndex} is made of. */
import { sql } from 'kysely';
import type { Database } from '../database/database';
import type { EntryIndexData } from './entry-index';
import { packTexts } from './packed-texts';
import { entryKinds } from './people-directory-entries';
import type { DirectoryScope } from './people-directory-store';
import { createDirectoryVersion } from './directory-version-store';

/** Rows of a page: some milliseconds of reading. */
const pageRows = 4000;

export interface ReadEntries {
  /** Of the directories; see directory-version-store.ts. */
  readonly version: string;
  readonly data: EntryIndexData;
}

/**
 * Reads all entries of a directory and their keys, page by page.
 * @param pause is waited for between two pages
 * @returns undefined when something was changed meanwhile
 */
export async function readEntryIndex(
  database: Database,
  scope: DirectoryScope,
  pause: () => Promise<void>,
): Promise<ReadEntries | undefined> {
  const versionNow = createDirectoryVersion(database);
  const version = await versionNow();
  const placeOf = new Map<string, number>();
  const kinds: number[] = [];
  for await (const { entry_id, kind } of pagesOf(entriesOf(database, scope), pause)) {
    placeOf.set(entry_id, kinds.length);
    kinds.push(entryKinds.findIndex((known) => known === kind));
  }
  const keys: string[] = [];
  const starts: number[] = [];
  const places: number[] = [];
  for await (const { key, entry_id } of pagesOf(keysOf(database, scope), pause)) {
    const place = placeOf.get(entry_id);
    if (place === undefined) return undefined;
    if (keys.at(-1) !== key) {
      keys.push(key);
      starts.push(places.length);
    }
    places.push(place);
  }
  // Where it is another, what was read is of neither.
  if ((await versionNow()) !== version) return undefined;
  const data = {
    ids: packTexts([...placeOf.keys()]),
    kinds: Uint8Array.from(kinds),
    keys: packTexts(keys),
    places: Uint32Array.from(places),
    starts: Uint32Array.from([...starts, places.length]),
  };
  return { version, data };
}

/** Reads the next page behind a row; the first page behind undefined. */
type ReadPage<Row> = (last: Row | undefined) => Promise<readonly Row[]>;

async function* pagesOf<Row>(read: ReadPage<Row>, pause: () => Promise<void>): AsyncGenerator<Row> {
  let page: readonly Row[] = [];
  do {
    page = await read(page.at(-1));
    yield* page;
    await pause();
  } while (page.length === pageRows);
}

interface EntryRow {
  readonly entry_id: string;
  readonly kind: string;
  readonly sort_key: string;
}

function entriesOf(database: Database, { siteId, directory }: DirectoryScope): ReadPage<EntryRow> {
  return async (last) => {
    const behind = last ? sql`and (sort_key, entry_id) > (${last.sort_key}, ${last.entry_id})` : sql``;
    const { rows } = await sql<EntryRow>`select entry_id, kind, sort_key from directory_entries
      where site_id = ${siteId} and directory = ${directory} ${behind}
      order by sort_key, entry_id limit ${sql.lit(pageRows)}`.execute(database);
    return rows;
  };
}

interface KeyRow {
  readonly key: string;
  readonly sort_key: string;
  readonly entry_id: string;
}

function keysOf(database: Database, { siteId, directory }: DirectoryScope): ReadPage<KeyRow> {
  return async (last) => {
    const behind = last
      ? sql`and (key, sort_key, entry_id) > (${last.key}, ${last.sort_key}, ${last.entry_id})`
      : sql``;
    const { rows } = await sql<KeyRow>`select key, sort_key, entry_id from directory_keys
      where site_id = ${siteId} and directory = ${directory} ${behind}
      order by key, sort_key, entry_id limit ${sql.lit(pageRows)}`.execute(database);
    return rows;
  };
}
