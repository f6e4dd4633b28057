/** The system directory (DIR-1): the speed dials of the viewer's site, name and number only. */
import { directoryCountLimit } from '../../shared/directory';
import type { DirectoryItem } from '../../shared/directory';
import { numbersInField } from '../../shared/numbers-in-field';
import type { NumberReading } from '../../shared/phone-number';
import type { Database } from '../database/database';
import type { DirectorySource, Viewer } from '../directory/directory-source';
import type { EntryIndexes } from './entry-indexes';
import { itemOfSpeedDial, reachedExtension } from './people-directory-entries';
import { createDirectoryEntryStore } from './people-directory-store';
import type { EntryRef } from './people-directory-store';
import { createSpeedDialStore } from './people-groups-store';
import type { NumberRules } from './people-model';
import { createRememberedNumbers } from './remembered-numbers';

/** Reads the database at each call, so a change by the command line shows at once. */
export function createSystemDirectory({
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
  const speedDials = createSpeedDialStore(database);
  const scopeOf = (viewer: Viewer) => ({ siteId: viewer.siteId, directory: 'system' as const });

  async function itemsById(refs: readonly EntryRef[], viewer: Viewer): Promise<Map<string, DirectoryItem>> {
    const rows = await speedDials.byIds([...new Set(refs.map((ref) => ref.id))]);
    const remembered = rulesBy(viewer.dialPlan);
    return new Map(rows.map((row) => [row.id, itemOfSpeedDial(row, viewer.dialPlan, remembered)]));
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

    async byNumbers(viewer, numbers) {
      const keys = numbers.map(keyOf);
      const found = await entries.byKeys(
        scopeOf(viewer),
        keys.filter((key) => key !== undefined),
      );
      const items = await itemsById([...found.values()].flat(), viewer);
      return numbers.map((wanted, position) => {
        const key = keys[position];
        const candidates = (key === undefined ? [] : (found.get(key) ?? [])).map((ref) => items.get(ref.id));
        return (
          candidates.find((item) =>
            item?.numbers.flatMap(numbersInField).some((number) => isSame(number, wanted, viewer)),
          ) ?? null
        );
      });
    },

    async byIds(viewer, ids) {
      const items = await itemsById(await entries.byIds(scopeOf(viewer), ids), viewer);
      return ids.map((id) => items.get(id) ?? null);
    },

    byEmails(_viewer, emails) {
      return Promise.resolve(emails.map(() => null));
    },
  };
}

function keyOf(number: NumberReading): string | undefined {
  const digits = number.e164?.slice(1) ?? number.extension;
  return digits === undefined ? undefined : `n:${digits}`;
}

/** The same number: equal E.164, or the same extension of the site. */
function isSame(a: NumberReading, b: NumberReading, viewer: Viewer): boolean {
  if (a.e164 !== undefined && b.e164 !== undefined) return a.e164 === b.e164;
  const reached = reachedExtension(a, viewer.dialPlan);
  return reached !== undefined && reached === reachedExtension(b, viewer.dialPlan);
}
