/**
 * Keeps each directory's index as long as it is of what the database holds. The database has a version of them that
 * is another one after each change, by whichever process; it is asked at every search. While a directory is read anew,
 * nobody waits: the database itself is searched.
 */
import { createEntryIndex } from './entry-index';
import type { EntryIndex, EntryIndexData } from './entry-index';
import type { DirectoryScope } from './people-directory-store';

export interface EntryIndexes {
  /** The index of the directory as it is now; undefined while there is none, and then it is being made. */
  current(scope: DirectoryScope): Promise<EntryIndex | undefined>;
}

export interface EntryIndexesDeps {
  /** Version of the directories in the database. */
  readonly version: () => Promise<string>;
  /** Reads a directory; undefined when it was changed meanwhile. */
  readonly read: (
    scope: DirectoryScope,
  ) => Promise<{ readonly version: string; readonly data: EntryIndexData } | undefined>;
  /** Milliseconds, of a clock that only goes forward. */
  readonly now: () => number;
  /** Hears why a directory could not be read; it is tried again. */
  readonly failed: (error: unknown) => void;
}

interface Kept {
  index?: { readonly version: string; readonly entries: EntryIndex };
  reading?: Promise<void>;
  /** Not to be read before: where they change all the time, reading takes a tenth of it at most. */
  notBefore: number;
}

/** At least so long is waited between two readings, as a multiple of how long the last one took. */
const pauseFactor = 9;

export function createEntryIndexes({ version, read, now, failed }: EntryIndexesDeps): EntryIndexes {
  const kept = new Map<string, Kept>();

  async function readAnew(scope: DirectoryScope, into: Kept): Promise<void> {
    const startedAt = now();
    try {
      const found = await read(scope);
      if (found !== undefined) into.index = { version: found.version, entries: createEntryIndex(found.data) };
    } catch (error) {
      failed(error);
    } finally {
      const endedAt = now();
      into.notBefore = endedAt + pauseFactor * (endedAt - startedAt);
      delete into.reading;
    }
  }

  return {
    async current(scope) {
      const name = `${scope.directory} ${scope.siteId}`;
      const of = kept.get(name) ?? { notBefore: 0 };
      kept.set(name, of);
      const today = await version();
      if (of.index !== undefined && of.index.version === today) return of.index.entries;
      if (now() >= of.notBefore) of.reading ??= readAnew(scope, of);
      return undefined;
    },
  };
}
