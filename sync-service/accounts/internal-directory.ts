/** The internal directory (DIR-1): users and groups of the viewer's site that are shown in the phone book. */
import { numbersInField } from '../../shared/numbers-in-field';
import type { DirectorySource } from '../directory/directory-source';
import { createListedEntries } from './listed-entries';
import type { ListedEntriesDeps } from './listed-entries';
import { addressKey, reachedExtension } from './people-directory-entries';

/** A change by whichever process shows at once. */
export function createInternalDirectory(deps: Omit<ListedEntriesDeps, 'directory'>): DirectorySource {
  const entries = createListedEntries({ ...deps, directory: 'internal' });
  return {
    search: (viewer, query, limit) => entries.search(viewer, query, limit),

    async byNumbers(viewer, numbers) {
      const wanted = numbers.map(({ e164, ...number }) => ({
        e164,
        extension: reachedExtension({ e164, ...number }, viewer.dialPlan),
      }));
      const found = await entries.byKeys(
        viewer,
        wanted.map(({ e164, extension }) => {
          const digits = extension ?? e164?.slice(1);
          return digits && `n:${digits}`;
        }),
      );
      return wanted.map(({ e164, extension }, place) => {
        const having = found[place]?.find((item) =>
          item.numbers
            .flatMap(numbersInField)
            .some((number) =>
              extension === undefined
                ? number.e164 === e164
                : number.kind === 'internal' && number.extension === extension,
            ),
        );
        return having ?? null;
      });
    },

    byIds: (viewer, ids) => entries.byIds(viewer, ids),

    async byEmails(viewer, emails) {
      const found = await entries.byKeys(viewer, emails.map(addressKey));
      return found.map(([first = null]) => first);
    },
  };
}
