/** The internal directory (DIR-1): users and groups of the viewer's site that are shown in the phone book. */
import { directoryCountLimit } from '../../shared/directory';
import type { DirectoryItem } from '../../shared/directory';
import { numbersInField } from '../../shared/numbers-in-field';
import type { Database } from '../database/database';
import type { DirectorySource, Viewer } from '../directory/directory-source';
import type { EntryIndexes } from './entry-indexes';
import { addressKey, itemOfGroup, itemOfUser, reachedExtension } from './people-directory-entries';
import { createDirectoryEntryStore } from './people-directory-store';
import type { EntryRef } from './people-directory-store';
import { createGroupStore } from './people-groups-store';
import type { NumberRules } from './people-model';
import { createRememberedNumbers } from './remembered-numbers';
import { createUserStore } from './people-store';

/** Reads the database at each call, so a change by the command line shows at once. */
export function createInternalDirectory({
  database,
  rules,
  indexes,
}: {
  database: Database;
  rules: NumberRules;
  indexes?: EntryIndexes | undefined;
}): DirectorySource {
  const entries = createDirectoryEntryStore(database, indexes);
  const rulesBy = createRememberedNumbers(rules);
  const users = createUserStore(database);
  const groups = createGroupStore(database);
  const scopeOf = (viewer: Viewer) => ({ siteId: viewer.siteId, directory: 'internal' as const });

  async function itemsById(refs: readonly EntryRef[], viewer: Viewer): Promise<Map<string, DirectoryItem>> {
    const idsOf = (kind: EntryRef['kind']) => [
      ...new Set(refs.filter((ref) => ref.kind === kind).map((ref) => ref.id)),
    ];
    const items = new Map<string, DirectoryItem>();
    const remembered = rulesBy(viewer.dialPlan);
    for (const user of await users.touched({ ids: idsOf('user') })) {
      items.set(user.id, itemOfUser(user, viewer.dialPlan, remembered));
    }
    for (const group of await groups.byIds(idsOf('group'))) {
      items.set(group.id, itemOfGroup(group, viewer.dialPlan, remembered));
    }
    return items;
  }

  /** For each key (undefined: none) the first entry that has it and passes the check. */
  async function byKeys(
    viewer: Viewer,
    keys: readonly (string | undefined)[],
    fits: (item: DirectoryItem, position: number) => boolean,
  ): Promise<(DirectoryItem | null)[]> {
    const found = await entries.byKeys(
      scopeOf(viewer),
      keys.filter((key) => key !== undefined),
    );
    const items = await itemsById([...found.values()].flat(), viewer);
    return keys.map((key, position) => {
      const candidates = (key === undefined ? [] : (found.get(key) ?? [])).map((ref) => items.get(ref.id));
      return candidates.find((item) => item !== undefined && fits(item, position)) ?? null;
    });
  }

  return {
    async search(viewer, query, limit) {
      const { count, items: refs } = await entries.search(scopeOf(viewer), query, limit);
      const items = await itemsById(refs, viewer);
      return {
        count: Math.min(count, directoryCountLimit),
        more: count > directoryCountLimit,
        items: refs.flatMap((ref) => items.get(ref.id) ?? []),
      };
    },

    byNumbers(viewer, numbers) {
      const extensions = numbers.map((number) => reachedExtension(number, viewer.dialPlan));
      return byKeys(
        viewer,
        numbers.map(({ e164 }, position) => {
          const digits = extensions[position] ?? e164?.slice(1);
          return digits && `n:${digits}`;
        }),
        (item, position) => {
          const extension = extensions[position];
          return item.numbers
            .flatMap(numbersInField)
            .some((number) =>
              extension === undefined
                ? number.e164 === numbers[position]?.e164
                : number.kind === 'internal' && number.extension === extension,
            );
        },
      );
    },

    async byIds(viewer, ids) {
      const items = await itemsById(await entries.byIds(scopeOf(viewer), ids), viewer);
      return ids.map((id) => items.get(id) ?? null);
    },

    byEmails(viewer, emails) {
      return byKeys(viewer, emails.map(addressKey), () => true);
    },
  };
}
