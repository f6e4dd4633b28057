/** Reminders that are due: each is shown once, until something is done about it here or elsewhere. */
import { changeJournalEntry, listJournal } from '../../shared/api/journal';
import type { JournalEntry } from '../../shared/journal';
import { errorCodeOf, type ApiErrorCode } from '../api/api-error';
import type { ApiClient } from '../api/client';
import type { LiveEvents } from '../api/live-events';
import { createStore, type ReadableStore } from '../api/store';

export interface DueReminder {
  readonly entry: JournalEntry;
  /** Why the last action failed. */
  readonly failure?: ApiErrorCode;
}

export interface RemindersModel {
  /** Oldest first; at most {@link maxReminders}: the folder of overdue ones has them all. */
  readonly due: ReadableStore<readonly DueReminder[]>;
  /** The matter is dealt with: no reminder any more, and not open any more. */
  done(entry: JournalEntry): void;
  /** Reminds again after this many minutes. */
  snooze(entry: JournalEntry, minutes: number): void;
  /** Takes the note away; the entry stays overdue. */
  dismiss(id: string): void;
  stop(): void;
}

/** Notes that wait at most; of more the oldest are left to their folder. */
export const maxReminders = 20;

export interface RemindersDeps {
  readonly client: Pick<ApiClient, 'call' | 'serverNow'>;
  readonly live: Pick<LiveEvents, 'subscribe'>;
}

export function createRemindersModel({ client, live }: RemindersDeps): RemindersModel {
  const due = createStore<readonly DueReminder[]>([]);
  /** Which reminder of an entry was shown; the same one is not shown again when an event is repeated. */
  const told = new Map<string, string | undefined>();
  const without = (id: string) => due.get().filter(({ entry }) => entry.id !== id);

  const unsubscribe = live.subscribe((event) => {
    if (event.type === 'reminder') {
      const { entry } = event;
      if (told.has(entry.id) && told.get(entry.id) === entry.remindAt) return;
      told.set(entry.id, entry.remindAt);
      due.set([...without(entry.id), { entry }].slice(-maxReminders));
    }
    if ((event.type === 'journal' || event.type === 'snapshot') && due.get().length > 0) void compare();
  });

  /** Takes away what was dealt with in another window, and shows notes as they are now. */
  async function compare(): Promise<void> {
    try {
      const { items, nextCursor } = await client.call(listJournal, { query: { folder: 'overdue', limit: '200' } });
      const now = new Map(items.map((entry) => [entry.id, entry]));
      // With more overdue ones than a page holds, one that is not in it may be further down.
      const kept = due.get().filter(({ entry }) => nextCursor !== undefined || now.has(entry.id));
      due.set(kept.map((one) => ({ ...one, entry: now.get(one.entry.id) ?? one.entry })));
    } catch {
      // They stay as they are until the next event.
    }
  }

  async function change(entry: JournalEntry, body: { readonly remindAt: string | null; readonly done?: true }) {
    due.set(without(entry.id));
    try {
      await client.call(changeJournalEntry, { params: { id: entry.id }, body });
    } catch (error) {
      const failure = errorCodeOf(error);
      // It was deleted: nothing is left to be reminded of.
      if (failure === 'not-found') return;
      due.set([{ entry, failure }, ...without(entry.id)].slice(0, maxReminders));
    }
  }

  return {
    due,
    done: (entry) => void change(entry, { remindAt: null, ...(entry.open ? { done: true as const } : {}) }),
    snooze: (entry, minutes) =>
      void change(entry, { remindAt: new Date(client.serverNow() + minutes * 60_000).toISOString() }),
    dismiss: (id) => due.set(without(id)),
    stop: unsubscribe,
  };
}
