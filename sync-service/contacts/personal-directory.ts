/** The personal directory as one of the three that are searched (DIR-1, DIR-6). */
import { directoryCountLimit } from '../../shared/directory';
import type { DirectoryItem } from '../../shared/directory';
import { exactNumberKeys } from '../../shared/directory-keys';
import type { DirectoryQuery } from '../../shared/directory-keys';
import type { DialPlan } from '../../shared/dial-plan';
import { numbersInField } from '../../shared/numbers-in-field';
import type { NumberReading } from '../../shared/phone-number';
import type { Database } from '../database/database';
import type { KeptIndexes } from '../database/kept-indexes';
import type { DirectorySource } from '../directory/directory-source';
import { foldEmail } from './contact-record';
import * as store from './contact-search-store';
import { directoryItem } from './found-contact';
import type { PersonalIndex } from './personal-index';

export interface PersonalDirectoryDeps {
  readonly database: Database;
  /** Are searched instead of the database, as long as they are of what it holds. */
  readonly indexes?: KeptIndexes<string, PersonalIndex>;
  /** Hears whose contacts a caller was looked for in without finding them in memory. */
  readonly notAtHand?: (userId: string) => void;
}

export function createPersonalDirectory({ database, indexes, notAtHand }: PersonalDirectoryDeps): DirectorySource {
  const contacts = store.createContactSearch(database, directoryCountLimit);

  async function found(userId: string, query: DirectoryQuery, limit: number) {
    const index = await indexes?.current(userId);
    if (index !== undefined) return index.search(query, limit);
    const { count, rows } = await contacts.search(userId, query, limit);
    return { count, items: rows.map(directoryItem) };
  }

  /** A caller is looked up for whoever is called, whether he searches or not: nobody is pushed out of memory for it. */
  async function withKeys(userId: string, keys: readonly string[]): Promise<DirectoryItem[]> {
    const index = await indexes?.atHand(userId);
    if (index !== undefined) return index.withKeys(keys);
    notAtHand?.(userId);
    return (await contacts.withKeys(userId, keys)).map(directoryItem);
  }

  return {
    async search({ userId }, query, limit) {
      const { count, items } = await found(userId, query, limit);
      return { count: Math.min(count, directoryCountLimit), more: count > directoryCountLimit, items };
    },

    async byNumbers({ userId, dialPlan }, numbers) {
      const keys = numbers.flatMap(exactNumberKeys);
      const items = await withKeys(userId, keys);
      return numbers.map((number) => bestMatch(items, number, dialPlan));
    },

    async byIds({ userId }, ids) {
      const found = new Map((await store.contactsWithIds(database, userId, ids)).map((row) => [row.id, row]));
      return ids.map((id) => {
        const row = found.get(id);
        return row === undefined ? null : directoryItem(row);
      });
    },

    async byEmails({ userId }, emails) {
      const items = (await store.contactsWithEmails(database, userId, emails.map(foldEmail))).map(directoryItem);
      return emails.map((email) => {
        const folded = foldEmail(email);
        return items.find((item) => item.emails.some((candidate) => foldEmail(candidate) === folded)) ?? null;
      });
    },
  };
}

/** The first entry that has the number with the same extension, else the first that has the number. */
function bestMatch(items: readonly DirectoryItem[], wanted: NumberReading, plan: DialPlan): DirectoryItem | null {
  const own = ownExtension(wanted, plan);
  const having = items.filter((item) =>
    item.numbers
      .flatMap(numbersInField)
      .some(
        (number) =>
          (wanted.e164 !== undefined && number.e164 === wanted.e164) ||
          (own !== undefined && ownExtension(number, plan) === own),
      ),
  );
  const exact = having.find((item) =>
    item.numbers
      .flatMap(numbersInField)
      .some((number) => number.e164 === wanted.e164 && number.extension === wanted.extension),
  );
  return exact ?? having[0] ?? null;
}

/**
 * The site's own extension that a number is: written alone, or behind one of the site's blocks. Digits to dial after the
 * connection to somebody else are an `extension` as well, and are not meant.
 */
function ownExtension({ e164, extension }: Partial<NumberReading>, plan: DialPlan): string | undefined {
  if (extension === undefined) return undefined;
  if (e164 === undefined) return extension;
  return plan.numberBlocks.some((block) => e164 === block + extension) ? extension : undefined;
}
