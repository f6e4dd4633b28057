/** The system directory (DIR-1): the speed dials of the viewer's site, name and number only. */
import { numbersInField } from '../../shared/numbers-in-field';
import type { NumberReading } from '../../shared/phone-number';
import type { DirectorySource, Viewer } from '../directory/directory-source';
import { createListedEntries } from './listed-entries';
import type { ListedEntriesDeps } from './listed-entries';
import { reachedExtension } from './people-directory-entries';

/** A change by whichever process shows at once. */
export function createSystemDirectory(deps: Omit<ListedEntriesDeps, 'directory'>): DirectorySource {
  const entries = createListedEntries({ ...deps, directory: 'system' });
  return {
    search: (viewer, query, limit) => entries.search(viewer, query, limit),

    async byNumbers(viewer, numbers) {
      const found = await entries.byKeys(viewer, numbers.map(keyOf));
      return numbers.map((wanted, place) => {
        const having = found[place]?.find((item) =>
          item.numbers.flatMap(numbersInField).some((number) => isSame(number, wanted, viewer)),
        );
        return having ?? null;
      });
    },

    byIds: (viewer, ids) => entries.byIds(viewer, ids),

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
