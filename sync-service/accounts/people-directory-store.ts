/**
 * What the internal and the system directory list, and how it is found: an entry has keys, a query is a set of key
 * prefixes, and each prefix is one range of the index that begins with site and directory (DESIGN §6).
 */
import { directoryCountLimit } from '../../shared/directory';
import type { DirectoryQuery } from '../../shared/directory-keys';
import { portions } from '../database/database';
import type { Database } from '../database/database';
import { createKeySearch } from '../database/key-search';
import type { SearchedList } from '../database/key-search';
import { renewDirectoryVersion } from './directory-version-store';
import { entryKinds } from './people-directory-entries';
import type { DirectoryEntry } from './people-directory-entries';

/** Where is searched. */
export interface DirectoryScope {
  readonly siteId: string;
  readonly directory: 'internal' | 'system';
}

export interface EntryRef {
  readonly id: string;
  readonly kind: DirectoryEntry['kind'];
}

export interface DirectoryEntryStore {
  /** Makes these the entries of the named objects: an object without an entry is shown no more. */
  replace(objectIds: readonly string[], entries: readonly DirectoryEntry[]): Promise<void>;
  /** What entries show has changed, though not by what they are found: it is read anew where it is kept in memory. */
  renewVersion(): Promise<void>;
  /** The first hits in the order of names, and how many there are up to the limit of counting. */
  search(scope: DirectoryScope, query: DirectoryQuery, limit: number): Promise<{ count: number; items: EntryRef[] }>;
  /** Those of the ids that have an entry there. */
  byIds(scope: DirectoryScope, ids: readonly string[]): Promise<EntryRef[]>;
  /** Entries that have one of the keys exactly, by key. */
  byKeys(scope: DirectoryScope, keys: readonly string[]): Promise<Map<string, EntryRef[]>>;
}

/** Up to this many keys are collected: entries stand in another order than their names, so reading the list in that order is dear. */
const collected = 5000;

const searched: SearchedList = {
  ...{ table: 'directory_entries', id: 'entry_id', keys: 'directory_keys', keyedId: 'entry_id' },
  ...{ scope: ['site_id', 'directory'], shown: ['entry_id', 'kind'], collected },
};

export function createDirectoryEntryStore(database: Database): DirectoryEntryStore {
  const search = createKeySearch<{ entry_id: string; kind: string }>(database, searched, directoryCountLimit);

  return {
    async replace(objectIds, entries) {
      await renewDirectoryVersion(database);
      for (const chunk of portions(objectIds, 1)) {
        await database.deleteFrom('directory_entries').where('entry_id', 'in', chunk).execute();
      }
      const rows = entries.map((entry) => ({
        entry_id: entry.id,
        site_id: entry.siteId,
        directory: entry.directory,
        kind: entry.kind,
        sort_key: entry.sortKey,
      }));
      for (const chunk of portions(rows, 5)) await database.insertInto('directory_entries').values(chunk).execute();
      const keys = entries.flatMap((entry) =>
        entry.keys.map((key) => ({
          site_id: entry.siteId,
          directory: entry.directory,
          key,
          sort_key: entry.sortKey,
          entry_id: entry.id,
        })),
      );
      for (const chunk of portions(keys, 5)) await database.insertInto('directory_keys').values(chunk).execute();
    },

    renewVersion: () => renewDirectoryVersion(database),

    async search(scope, query, limit) {
      const { count, rows } = await search([scope.siteId, scope.directory], query, limit);
      return { count, items: rows.map(refOf) };
    },

    async byIds(scope, ids) {
      const refs: EntryRef[] = [];
      for (const chunk of portions([...new Set(ids)], 1)) {
        const rows = await database
          .selectFrom('directory_entries')
          .select(['entry_id', 'kind'])
          .where('site_id', '=', scope.siteId)
          .where('directory', '=', scope.directory)
          .where('entry_id', 'in', chunk)
          .execute();
        refs.push(...rows.map(refOf));
      }
      return refs;
    },

    async byKeys(scope, keys) {
      const found = new Map<string, EntryRef[]>();
      for (const chunk of portions([...new Set(keys)], 1)) {
        const rows = await database
          .selectFrom('directory_keys as k')
          .innerJoin('directory_entries as entry', 'entry.entry_id', 'k.entry_id')
          .select(['k.key', 'entry.entry_id', 'entry.kind'])
          .where('k.site_id', '=', scope.siteId)
          .where('k.directory', '=', scope.directory)
          .where('k.key', 'in', chunk)
          .orderBy('entry.sort_key')
          .orderBy('entry.entry_id')
          .execute();
        for (const row of rows) {
          const refs = found.get(row.key) ?? [];
          refs.push(refOf(row));
          found.set(row.key, refs);
        }
      }
      return found;
    },
  };
}

/** @throws where a later version wrote a kind that is not known here */
export function refOf({ entry_id, kind }: { readonly entry_id: string; readonly kind: string }): EntryRef {
  const known = entryKinds.find((each) => each === kind);
  if (known === undefined) throw new Error(`unknown kind of directory entry: ${kind}`);
  return { id: entry_id, kind: known };
}
