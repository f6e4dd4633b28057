/** What the user did with entries and the service has not confirmed yet: shown at once, and gone when it is refused. */
import type { JournalEntry, JournalFolder } from '../../shared/journal';
import { staysIn } from './journal-list';

/** What can be changed of an entry; null takes it away. */
export interface EntryChange {
  readonly done?: boolean;
  readonly note?: string | null;
  readonly remindAt?: string | null;
}

export type Pending =
  { readonly id: string; readonly change: EntryChange } | { readonly id: string; readonly deleted: true };

/** The entries of a folder as the user has them. Time in milliseconds. */
export function withPending(
  entries: readonly JournalEntry[],
  pending: readonly Pending[],
  folder: JournalFolder,
  now: number,
): readonly JournalEntry[] {
  if (pending.length === 0) return entries;
  const gone = new Set(pending.filter((one) => 'deleted' in one).map(({ id }) => id));
  return entries.flatMap((entry) => {
    if (gone.has(entry.id)) return [];
    const own = pending.filter(({ id }) => id === entry.id);
    if (own.length === 0) return [entry];
    const after = own.reduce(changed, entry);
    return staysIn(folder, after, now) ? [after] : [];
  });
}

/** The entry as it will be when the service has done it. */
function changed(entry: JournalEntry, one: Pending): JournalEntry {
  if ('deleted' in one) return entry;
  const { note, remindAt, ...rest } = entry;
  const { change } = one;
  const nextNote = change.note === undefined ? note : (change.note ?? undefined);
  const nextReminder = change.remindAt === undefined ? remindAt : (change.remindAt ?? undefined);
  return {
    ...rest,
    open: change.done === undefined ? entry.open : !change.done,
    ...(nextNote === undefined ? {} : { note: nextNote }),
    ...(nextReminder === undefined ? {} : { remindAt: nextReminder }),
  };
}
