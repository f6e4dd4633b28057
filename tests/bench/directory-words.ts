/** What somebody types who looks for people of a directory: beginnings of names and numbers that are in it. */
import { listContacts, type StoredContact } from '../../shared/api/contacts';
import type { PaneSession } from './pane-session';

export interface DirectoryWords {
  /** Three letters of a name. */
  readonly one: readonly string[];
  /** Three letters each of two words of one name. */
  readonly two: readonly string[];
  /** The first digits of a number as it is dialled inside the country. */
  readonly number: readonly string[];
  /** How many contacts the directory has. */
  readonly contacts: number;
  /** Every number as it was written. */
  readonly written: readonly string[];
}

const wordsOf = (name: string) => name.match(/\p{L}{3,}/gu) ?? [];

/** Reads the whole personal directory and takes words from all over it. */
export async function readDirectoryWords({ client }: PaneSession): Promise<DirectoryWords> {
  const contacts: StoredContact[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.call(listContacts, {
      query: { limit: '200', ...(cursor === undefined ? {} : { cursor }) },
    });
    contacts.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);

  const start = (word: string) => [...word].slice(0, 3).join('').toLowerCase();
  const names = contacts.map(({ displayName }) => wordsOf(displayName));
  const numbers = contacts.flatMap((contact) => contact.numbers);
  return {
    one: spread(names.flatMap((words) => words.slice(-1).map(start))),
    two: spread(names.flatMap(([first, second]) => (first && second ? [`${start(second)} ${start(first)}`] : []))),
    number: spread(numbers.flatMap(({ e164 }) => (e164?.startsWith('+49') ? [`0${e164.slice(3, 8)}`] : []))),
    contacts: contacts.length,
    written: numbers.map(({ raw }) => raw),
  };
}

/** 250 of them from all over the list, the same at each run. */
function spread(words: readonly string[]): string[] {
  const wanted = 250;
  const distinct = [...new Set(words)].sort();
  if (distinct.length === 0) throw new Error('The directory has no such words.');
  // A stride that is coprime to most lengths, so that neighbours in the alphabet do not follow one another.
  return Array.from({ length: wanted }, (_, index) => distinct[(index * 7919) % distinct.length] ?? '');
}
