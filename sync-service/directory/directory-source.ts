/** One of the three directories, as the search sees it. `app.ts` hands in one of each. */
import type { DirectoryHits, DirectoryItem } from '../../shared/directory';
import type { DirectoryQuery } from '../../shared/directory-keys';
import type { DialPlan } from '../../shared/dial-plan';
import type { NumberReading } from '../../shared/phone-number';

/** For whom is searched: a person's own contacts, his site's directories, numbers by his site's dial plan. */
export interface Viewer {
  readonly userId: string;
  readonly siteId: string;
  readonly dialPlan: DialPlan;
}

export interface DirectorySource {
  /** Hits in the order of names; `limit` items, counted up to 200. */
  search(viewer: Viewer, query: DirectoryQuery, limit: number): Promise<DirectoryHits>;
  /** For each number the entry that has exactly it (E.164 or extension), else null. */
  byNumbers(viewer: Viewer, numbers: readonly NumberReading[]): Promise<(DirectoryItem | null)[]>;
  /** For each id the entry that has it, else null. */
  byIds(viewer: Viewer, ids: readonly string[]): Promise<(DirectoryItem | null)[]>;
  /** For each address (any case) the entry that has it, else null. */
  byEmails(viewer: Viewer, emails: readonly string[]): Promise<(DirectoryItem | null)[]>;
}
