/** The internal and the system directory of each site, kept in memory. */
import type { Database } from '../database/database';
import { createKeptIndexes } from '../database/kept-indexes';
import type { KeptIndexes, KeptIndexesDeps } from '../database/kept-indexes';
import { createDirectoryVersion } from './directory-version-store';
import { bytesOfEntries, createEntryIndex } from './entry-index';
import type { EntryIndex, EntryIndexData } from './entry-index';
import type { DirectoryScope } from './people-directory-store';

export type EntryIndexes = KeptIndexes<DirectoryScope, EntryIndex>;

export interface EntryIndexesDeps extends Pick<KeptIndexesDeps<DirectoryScope, EntryIndex>, 'now' | 'failed'> {
  readonly database: Database;
  /** Version of people, where changes are heard of; the database is asked where absent. */
  readonly heardVersion?: (() => string | undefined) | undefined;
  readonly read: (
    scope: DirectoryScope,
  ) => Promise<{ readonly ms: number; readonly data?: EntryIndexData | undefined }>;
}

export function createEntryIndexes({ database, heardVersion, read, ...deps }: EntryIndexesDeps): EntryIndexes {
  return createKeptIndexes({
    ...deps,
    nameOf: ({ siteId, directory }) => `${directory} ${siteId}`,
    version: heardVersion ? () => Promise.resolve(heardVersion()) : createDirectoryVersion(database),
    async read(scope) {
      const { data, ms } = await read(scope);
      return { ms, made: data && { index: createEntryIndex(data), bytes: bytesOfEntries(data) } };
    },
  });
}
