/** A directory in memory: the plainest thing that keeps the contract of `DirectorySource`. */
import { directoryCountLimit } from '../../shared/directory';
import type { DirectoryItem } from '../../shared/directory';
import { exactNumberKeys, nameKeys, numberKeys, sortKey } from '../../shared/directory-keys';
import type { NumberReading } from '../../shared/phone-number';
import type { DirectorySource, Viewer } from '../../sync-service/directory/directory-source';

export interface FakeDirectorySource extends DirectorySource {
  /** Names of the questions asked, in order. */
  readonly asked: string[];
}

/** Holds the items for one user; `seenBy` says for whom they are there (everybody where absent). */
export function createFakeDirectorySource(
  items: readonly DirectoryItem[],
  seenBy: (viewer: Viewer) => boolean = () => true,
): FakeDirectorySource {
  const entries = items
    .map((item) => ({
      item,
      sortKey: sortKey(item.displayName),
      keys: [...nameKeys([item.displayName, item.company ?? '']), ...item.numbers.flatMap(numberKeys)],
      exact: new Set(item.numbers.flatMap(exactNumberKeys)),
    }))
    .sort((one, other) => (one.sortKey < other.sortKey ? -1 : one.sortKey > other.sortKey ? 1 : 0));
  const asked: string[] = [];
  const of = (viewer: Viewer) => (seenBy(viewer) ? entries : []);

  return {
    asked,
    search(viewer, query, limit) {
      asked.push('search');
      const hits = of(viewer).filter(({ keys }) =>
        query.elements.every((prefixes) => prefixes.some((prefix) => keys.some((key) => key.startsWith(prefix)))),
      );
      return Promise.resolve({
        count: Math.min(hits.length, directoryCountLimit),
        more: hits.length > directoryCountLimit,
        items: hits.slice(0, limit).map(({ item }) => item),
      });
    },
    byNumbers(viewer, numbers: readonly NumberReading[]) {
      asked.push('byNumbers');
      return Promise.resolve(
        numbers.map((reading) => {
          const keys = exactNumberKeys(reading);
          return of(viewer).find(({ exact }) => keys.some((key) => exact.has(key)))?.item ?? null;
        }),
      );
    },
    byIds(viewer, ids) {
      asked.push('byIds');
      return Promise.resolve(ids.map((id) => of(viewer).find(({ item }) => item.id === id)?.item ?? null));
    },
    byEmails(viewer, emails) {
      asked.push('byEmails');
      return Promise.resolve(
        emails.map((email) => {
          const wanted = email.toLowerCase();
          return of(viewer).find(({ item }) => item.emails.some((own) => own.toLowerCase() === wanted))?.item ?? null;
        }),
      );
    },
  };
}
