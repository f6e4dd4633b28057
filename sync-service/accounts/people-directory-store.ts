/**
 * What the internal and the system directory list, and how it is found: an entry has keys, a query is a set of key
 * prefixes, and each prefix is one range of the index that begins with site and directory (DESIGN §6).
 */
import { sql } from 'kysely';
import { directoryCountLimit } from '../../shared/directory';
import type { DirectoryQuery } from '../../shared/directory-keys';
import { portions } from '../database/database';
import type { Database } from '../database/database';
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
  /** The first hits in the order of names, and how many there are up to the limit of counting. */
  search(scope: DirectoryScope, query: DirectoryQuery, limit: number): Promise<{ count: number; items: EntryRef[] }>;
  /** Those of the ids that have an entry there. */
  byIds(scope: DirectoryScope, ids: readonly string[]): Promise<EntryRef[]>;
  /** Entries that have one of the keys exactly, by key. */
  byKeys(scope: DirectoryScope, keys: readonly string[]): Promise<Map<string, EntryRef[]>>;
}

export function createDirectoryEntryStore(database: Database): DirectoryEntryStore {
  /** Objects whose keys begin with one of the prefixes. A union, because one index range each is certain that way. */
  function startingWith(scope: DirectoryScope, prefixes: readonly string[]) {
    const ranges = prefixes.map((prefix) =>
      database
        .selectFrom('directory_keys')
        .select('entry_id')
        .where('site_id', '=', scope.siteId)
        .where('directory', '=', scope.directory)
        .where('key', '>=', prefix)
        .where('key', '<', afterPrefix(prefix)),
    );
    const [first, ...others] = ranges;
    return first === undefined ? undefined : others.reduce((all, range) => all.union(range), first);
  }

  function matching(scope: DirectoryScope, query: DirectoryQuery) {
    const [leading, ...others] = [...query.elements].sort(bySelectivity);
    let entries = database
      .selectFrom('directory_entries as entry')
      .where('entry.site_id', '=', scope.siteId)
      .where('entry.directory', '=', scope.directory);
    if (leading !== undefined) {
      const ids = startingWith(scope, leading);
      entries = ids === undefined ? entries.where(sql<boolean>`1 = 0`) : entries.where('entry.entry_id', 'in', ids);
    }
    for (const prefixes of others) {
      entries = entries.where((where) =>
        where.exists(
          where
            .selectFrom('directory_keys as k')
            .select('k.key')
            .whereRef('k.entry_id', '=', 'entry.entry_id')
            .where((eb) =>
              eb.or(
                prefixes.map((prefix) => eb.and([eb('k.key', '>=', prefix), eb('k.key', '<', afterPrefix(prefix))])),
              ),
            ),
        ),
      );
    }
    return entries;
  }

  return {
    async replace(objectIds, entries) {
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
          entry_id: entry.id,
        })),
      );
      for (const chunk of portions(keys, 4)) await database.insertInto('directory_keys').values(chunk).execute();
    },

    async search(scope, query, limit) {
      const entries = matching(scope, query);
      const refs = await entries
        .select(['entry.entry_id', 'entry.kind'])
        .orderBy('entry.sort_key')
        .orderBy('entry.entry_id')
        .limit(Math.max(limit, directoryCountLimit + 1))
        .execute();
      return {
        count: refs.length,
        items: refs.slice(0, limit).map((row) => ({ id: row.entry_id, kind: kindOf(row.kind) })),
      };
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
        refs.push(...rows.map((row) => ({ id: row.entry_id, kind: kindOf(row.kind) })));
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
          refs.push({ id: row.entry_id, kind: kindOf(row.kind) });
          found.set(row.key, refs);
        }
      }
      return found;
    },
  };
}

/** The element whose shortest prefix is longest finds the fewest, so it leads. */
function bySelectivity(a: readonly string[], b: readonly string[]): number {
  const shortest = (prefixes: readonly string[]) => Math.min(...prefixes.map((prefix) => prefix.length));
  return shortest(b) - shortest(a);
}

/** Sorts after every key that begins with the prefix: no key holds the last character of Unicode. */
function afterPrefix(prefix: string): string {
  return `${prefix}\u{10ffff}`;
}

function kindOf(kind: string): EntryRef['kind'] {
  if (kind === 'user' || kind === 'group' || kind === 'speed-dial') return kind;
  throw new Error(`unknown kind of directory entry: ${kind}`);
}
