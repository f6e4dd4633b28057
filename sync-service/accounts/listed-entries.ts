/** What the internal or the system directory lists: from memory as long as it is there as it is now, else from the database. */
import type { DirectoryHits, DirectoryItem, DirectoryName } from '../../shared/directory';
import { directoryCountLimit } from '../../shared/directory';
import type { DirectoryQuery } from '../../shared/directory-keys';
import type { Database } from '../database/database';
import type { Viewer } from '../directory/directory-source';
import { createDirectoryItems } from './directory-items';
import type { EntryIndexes } from './entry-indexes';
import { createDirectoryEntryStore } from './people-directory-store';
import type { EntryRef } from './people-directory-store';
import type { NumberRules } from './people-model';

export interface ListedEntries {
  /** The first hits in the order of names, and how many there are up to the limit of counting. */
  search(viewer: Viewer, query: DirectoryQuery, limit: number): Promise<DirectoryHits>;
  /** For each id its entry, or null. */
  byIds(viewer: Viewer, ids: readonly string[]): Promise<(DirectoryItem | null)[]>;
  /** For each key the entries that have it exactly, in the order of names. Nobody has no key. */
  byKeys(viewer: Viewer, keys: readonly (string | undefined)[]): Promise<DirectoryItem[][]>;
}

export interface ListedEntriesDeps {
  readonly database: Database;
  readonly rules: NumberRules;
  readonly directory: Exclude<DirectoryName, 'personal'>;
  /** Where absent the database is read at each call. */
  readonly indexes?: Pick<EntryIndexes, 'current'> | undefined;
}

export function createListedEntries({ database, rules, directory, indexes }: ListedEntriesDeps): ListedEntries {
  const entries = createDirectoryEntryStore(database);
  const items = createDirectoryItems(database);
  const scopeOf = ({ siteId }: Viewer) => ({ siteId, directory });

  async function shown({ dialPlan }: Viewer, refs: readonly EntryRef[]) {
    const known = await items.of(refs, dialPlan, rules);
    return (ref: EntryRef): DirectoryItem | [] => known.get(ref.id) ?? [];
  }

  async function found(viewer: Viewer, query: DirectoryQuery, limit: number) {
    const index = await indexes?.current(scopeOf(viewer));
    if (index !== undefined) return index.search(query, limit);
    const { count, items: refs } = await entries.search(scopeOf(viewer), query, limit);
    return { count, items: refs.flatMap(await shown(viewer, refs)) };
  }

  return {
    async search(viewer, query, limit) {
      const { count, items } = await found(viewer, query, limit);
      return { count: Math.min(count, directoryCountLimit), more: count > directoryCountLimit, items };
    },

    async byIds(viewer, ids) {
      const refs = await entries.byIds(scopeOf(viewer), ids);
      const found = new Map(refs.flatMap(await shown(viewer, refs)).map((item) => [item.id, item]));
      return ids.map((id) => found.get(id) ?? null);
    },

    async byKeys(viewer, keys) {
      const index = await indexes?.current(scopeOf(viewer));
      if (index !== undefined) return keys.map((key) => (key === undefined ? [] : index.having(key)));
      const known = keys.filter((key) => key !== undefined);
      const refs = await entries.byKeys(scopeOf(viewer), known);
      const item = await shown(viewer, [...refs.values()].flat());
      return keys.map((key) => (key === undefined ? [] : (refs.get(key) ?? []).flatMap(item)));
    },
  };
}
