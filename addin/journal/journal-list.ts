/**
 * One folder of the journal as far as it has been read. Pure.
 *
 * The list is a prefix of the service's list, newest first, cut into pages where they were read. A page that is read says
 * everything about its stretch: what was known there and is not in the answer is gone. So pages may be read again one at
 * a time, whichever the user looks at, and the list follows what is new, changed or deleted without being read whole.
 */
import type { JournalEntry, JournalFolder } from '../../shared/journal';

/** Where an entry stands; the service's order is by the start of the call, then by id, both descending. */
type Position = Pick<JournalEntry, 'startedAt' | 'id'>;

/** A stretch of the list, from a cursor of the service to the next page. */
export interface JournalPage {
  /** Absent for the newest page. */
  readonly cursor: string | undefined;
  /** The page holds what comes after this; undefined for the newest. */
  readonly after: Position | undefined;
  /** State of the journal when it was read; see {@link pageToRead}. */
  readonly version: number;
}

export interface JournalList {
  /** Newest first, none twice. */
  readonly entries: readonly JournalEntry[];
  /** Newest first; none before the first answer. */
  readonly pages: readonly JournalPage[];
  /** Where the list goes on; undefined when all of it is here, or nothing. */
  readonly nextCursor: string | undefined;
  /** How far it has been read: everything above this is here. Stands still when that entry is deleted. */
  readonly reached: Position | undefined;
}

/** What the service answered to a cursor. */
export interface JournalRead {
  readonly cursor: string | undefined;
  readonly items: readonly JournalEntry[];
  readonly nextCursor?: string | undefined;
}

export const emptyJournalList: JournalList = { entries: [], pages: [], nextCursor: undefined, reached: undefined };

/** Below 0 when `a` stands above `b`. */
export function compareEntries(a: Position, b: Position): number {
  if (a.startedAt !== b.startedAt) return a.startedAt > b.startedAt ? -1 : 1;
  return a.id === b.id ? 0 : a.id > b.id ? -1 : 1;
}

/** The list with a page that was asked for at `version`. An answer to a cursor that it does not know changes nothing. */
export function withPage(list: JournalList, read: JournalRead, version: number): JournalList {
  const { cursor, items } = read;
  const known = list.pages.find((page) => page.cursor === cursor);
  const isNext = known === undefined && list.nextCursor !== undefined && cursor === list.nextCursor;
  if (cursor !== undefined && known === undefined && !isNext) return list;
  const start = isNext ? list.reached : known?.after;
  // Undefined: to the end of all.
  const end = read.nextCursor === undefined ? undefined : items[items.length - 1];

  const told = new Set(items.map(({ id }) => id));
  const above = (entry: Position) => start !== undefined && compareEntries(entry, start) <= 0;
  const below = (entry: Position) => end !== undefined && compareEntries(entry, end) > 0;
  const kept = list.entries.filter((entry) => !told.has(entry.id) && (above(entry) || below(entry)));
  const entries = merge(kept, items);

  const page: JournalPage = { cursor, after: start, version };
  const earlier = list.pages.filter(
    ({ after }) => start !== undefined && (after === undefined || compareEntries(after, start) < 0),
  );
  const upTo = { entries, pages: [...earlier, page], nextCursor: undefined, reached: undefined };
  if (end === undefined) return upTo;
  const knownBelow = list.pages.length > 0 && !isNext && (list.reached === undefined || below(list.reached));
  if (!knownBelow) return { ...upTo, nextCursor: read.nextCursor, reached: end };
  // What is known below was read before and keeps its age; it goes on with the cursor of this answer.
  const later = list.pages.filter(({ after }) => after !== undefined && compareEntries(after, end) >= 0);
  const covering = list.pages[list.pages.length - later.length - 1];
  const joins = later[0]?.after !== undefined && compareEntries(later[0].after, end) === 0;
  const rest: JournalPage = { cursor: read.nextCursor, after: end, version: covering?.version ?? version };
  return { ...list, entries, pages: [...earlier, page, ...(joins ? [] : [rest]), ...later] };
}

/** Both are in order, and no entry is in both. */
function merge(a: readonly JournalEntry[], b: readonly JournalEntry[]): JournalEntry[] {
  const merged: JournalEntry[] = [];
  let at = 0;
  for (const entry of a) {
    for (let next = b[at]; next && compareEntries(next, entry) < 0; next = b[at]) {
      merged.push(next);
      at += 1;
    }
    merged.push(entry);
  }
  return [...merged, ...b.slice(at)];
}

/**
 * The cursor to read now: the newest page, and the pages in sight, when they are older than the journal's `version`.
 * Undefined when nothing is; `{ cursor: undefined }` is the newest page.
 */
export function pageToRead(
  list: JournalList,
  version: number,
  /** Index of the first and the last entry in sight. */
  sight: { readonly first: number; readonly last: number },
): { readonly cursor: string | undefined } | undefined {
  const newest = list.pages[0];
  if (!newest || newest.version < version) return { cursor: undefined };
  const first = list.entries[Math.min(sight.first, list.entries.length - 1)];
  // With the last entry in sight, so is a page below it of which nothing is known yet.
  const last = sight.last < list.entries.length - 1 ? list.entries[sight.last] : undefined;
  return list.pages.find(({ after, version: read }, index) => {
    if (read >= version) return false;
    const next = list.pages[index + 1]?.after;
    const beginsBelow = after !== undefined && last !== undefined && compareEntries(after, last) >= 0;
    const endsAbove = next !== undefined && first !== undefined && compareEntries(next, first) < 0;
    return !beginsBelow && !endsAbove;
  });
}

/** Whether the entry, as changed by the user, still belongs to a folder that it stood in. Time in milliseconds. */
export function staysIn(folder: JournalFolder, entry: JournalEntry, now: number): boolean {
  if (folder === 'open') return entry.open;
  if (folder === 'overdue') return entry.remindAt !== undefined && Date.parse(entry.remindAt) <= now;
  return true;
}

/** The list with an entry as the service has it now, put in where it belongs and is missing. */
export function withEntry(list: JournalList, entry: JournalEntry): JournalList {
  const { entries, pages, reached } = list;
  const others = entries.filter(({ id }) => id !== entry.id);
  const covered = pages.length > 0 && (reached === undefined || compareEntries(entry, reached) <= 0);
  return covered ? { ...list, entries: merge(others, [entry]) } : list;
}

/** The list of a folder after the service has saved the user's change of an entry. Time in milliseconds. */
export function withSaved(list: JournalList, folder: JournalFolder, entry: JournalEntry, now: number): JournalList {
  if (!staysIn(folder, entry, now)) return withoutEntry(list, entry.id);
  const isThere = list.entries.some(({ id }) => id === entry.id);
  // Only into these two a change leads; in the others an entry stands from the beginning or not at all.
  return isThere || folder === 'open' || folder === 'overdue' ? withEntry(list, entry) : list;
}

/** The list without an entry. */
export function withoutEntry(list: JournalList, id: string): JournalList {
  return { ...list, entries: list.entries.filter((entry) => entry.id !== id) };
}
