/** What the journal needs of others. Handed in by `app.ts`. */
import type { DialPlan } from '../../shared/dial-plan';
import type { DirectoryItem } from '../../shared/directory';
import type { NumberReading } from '../../shared/phone-number';
import type { CallRecord, Party } from '../telephone-system/telephone-system';

export type { CallRecord, Party };
export type CallDirection = CallRecord['direction'];

/** Call records of the telephone systems, by site. */
export interface CallRecordsSource {
  /** Sites that have a telephone system. */
  sites(): readonly string[];
  /** Records after the cursor, oldest first, at most `limit`. Rejects when they cannot be read just now. */
  read(
    siteId: string,
    cursor: string | undefined,
    limit: number,
  ): Promise<{ readonly records: readonly CallRecord[]; readonly cursor: string; readonly more: boolean }>;
  /** Whose device it is now; undefined when it is nobody's. */
  ownerOf(siteId: string, address: string): { readonly userId: string } | undefined;
  /** Called when a site may have new records. Returns the function that ends it. */
  onNews(listener: (siteId: string) => void): () => void;
}

/** Whose journal it is. */
export interface JournalUser {
  readonly userId: string;
  readonly siteId: string;
}

/** Finds who numbers belong to in the user's directories (DIR-6). */
export interface PartyNames {
  /** For each number the best entry, or null; one question for all of them. */
  identifyMany(user: JournalUser, numbers: readonly NumberReading[]): Promise<(DirectoryItem | null)[]>;
}

/** Reading numbers as they were dialled or signalled. Pure and total. */
export interface NumberRulesForJournal {
  readDialled(dialled: string, plan: DialPlan): NumberReading;
  readSignalled(number: string, plan: DialPlan): NumberReading;
}
