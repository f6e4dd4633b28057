/** The contacts of those who search, kept in memory (DESIGN §6). */
import { createKeptIndexes } from '../database/kept-indexes';
import type { KeptIndexes, KeptIndexesDeps } from '../database/kept-indexes';
import { bytesOfContacts, createPersonalIndex } from './personal-index';
import type { PersonalIndex, PersonalIndexData } from './personal-index';

/** By the user's id. */
export type PersonalIndexes = KeptIndexes<string, PersonalIndex>;

export interface PersonalIndexesDeps extends Pick<
  KeptIndexesDeps<string, PersonalIndex>,
  'version' | 'limitBytes' | 'now' | 'failed'
> {
  readonly read: (userId: string) => Promise<PersonalIndexData | undefined>;
}

export function createPersonalIndexes({ read, ...deps }: PersonalIndexesDeps): PersonalIndexes {
  return createKeptIndexes({
    ...deps,
    nameOf: (userId) => userId,
    async read(userId) {
      const data = await read(userId);
      return data && { index: createPersonalIndex(data), bytes: bytesOfContacts(data) };
    },
  });
}

/** Where changes of contacts are heard of, as soon as they are there. */
export interface ContactChanges {
  /** Whether they are heard just now. */
  readonly hears: boolean;
  /** The contacts of this user have changed. */
  onChanged(listener: (userId: string) => void): void;
  /** Some changes may not have been heard. */
  onMissed(listener: () => void): void;
}

/** The version of a user's contacts by what is heard: counted up with each change. Undefined while nothing is heard. */
export function createHeardVersion(changes: ContactChanges): (userId: string) => Promise<string | undefined> {
  const counts = new Map<string, number>();
  let missed = 0;
  changes.onChanged((userId) => counts.set(userId, (counts.get(userId) ?? 0) + 1));
  changes.onMissed(() => (missed += 1));
  return (userId) => Promise.resolve(changes.hears ? `${missed} ${counts.get(userId) ?? 0}` : undefined);
}
