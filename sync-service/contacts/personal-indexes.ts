/** Contacts kept in memory: of those who search, and where there is room of all others (DESIGN §6). */
import { createKeptIndexes } from '../database/kept-indexes';
import type { IndexesAhead, KeptIndexes, KeptIndexesDeps } from '../database/kept-indexes';
import { bytesOfContacts, createPersonalIndex } from './personal-index';
import type { PersonalIndex, PersonalIndexData } from './personal-index';

/** By the user's id. */
export type PersonalIndexes = KeptIndexes<string, PersonalIndex> & IndexesAhead<string>;

export interface PersonalIndexesDeps extends Pick<
  KeptIndexesDeps<string, PersonalIndex>,
  'version' | 'limitBytes' | 'now' | 'failed'
> {
  readonly read: (userId: string) => Promise<{ readonly ms: number; readonly data?: PersonalIndexData | undefined }>;
}

export function createPersonalIndexes({ read, ...deps }: PersonalIndexesDeps): PersonalIndexes {
  return createKeptIndexes({
    ...deps,
    nameOf: (userId) => userId,
    async read(userId) {
      const { data, ms } = await read(userId);
      return { ms, made: data && { index: createPersonalIndex(data), bytes: bytesOfContacts(data) } };
    },
  });
}
