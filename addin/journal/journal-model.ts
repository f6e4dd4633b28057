/**
 * The journal of the signed-in user: lists by folder as far as they were read, and what is done with entries. Lives as
 * long as the user is signed in, so that unsaved notes and the place in the list outlive a look elsewhere.
 */
import {
  changeJournalEntry,
  deleteJournal,
  deleteJournalEntry,
  listJournal,
  markJournalSeen,
} from '../../shared/api/journal';
import type { JournalCounts, JournalEntry, JournalFolder } from '../../shared/journal';
import { errorCodeOf } from '../api/api-error';
import type { ApiClient } from '../api/client';
import type { LiveEvents } from '../api/live-events';
import { createStore, type ReadableStore } from '../api/store';
import { emptyJournalList, pageToRead, withoutEntry, withPage, withSaved, type JournalList } from './journal-list';
import { withPending, type EntryChange, type Pending } from './pending-changes';

/** What is told above the list until the next action or until it is taken away. */
export type JournalMessage =
  | { readonly type: 'done'; readonly entry: JournalEntry }
  | { readonly type: 'deleted'; readonly count: number }
  | { readonly type: 'failed'; readonly error: unknown };

export interface JournalState {
  readonly folder: JournalFolder;
  /** Undefined until the service has answered. */
  readonly entries: readonly JournalEntry[] | undefined;
  readonly counts: JournalCounts | undefined;
  /** Why the list could not be read; what was read before stays. */
  readonly error: unknown;
  readonly message: JournalMessage | undefined;
  /** Notes that are typed and not saved, by entry. */
  readonly drafts: ReadonlyMap<string, string>;
  /** Entries that show their details. */
  readonly opened: ReadonlySet<string>;
}

export interface JournalModel {
  readonly state: ReadableStore<JournalState>;
  /** The list is on the screen, and follows the service until the returned function is called. */
  readonly show: () => () => void;
  readonly choose: (folder: JournalFolder) => void;
  /** Indexes of the first and the last entry in sight; they are kept up to date. */
  readonly look: (first: number, last: number) => void;
  /** Fetches the next page, where there is one. */
  readonly more: () => void;
  /** Reads again after a failure. */
  readonly retry: () => void;
  readonly toggle: (id: string) => void;
  readonly type: (id: string, note: string) => void;
  /** Saves what was typed; it stays typed when that fails. */
  readonly saveNote: (entry: JournalEntry) => Promise<void>;
  /** Shows at once, and takes it back when the service refuses. False when it did. */
  readonly change: (entry: JournalEntry, change: EntryChange) => Promise<boolean>;
  readonly delete: (entry: JournalEntry) => Promise<void>;
  /** Deletes the calls that began before this time. */
  readonly deleteBefore: (time: Date) => Promise<void>;
  /** How many calls began before this time; undefined when that takes too many questions. @throws ApiError */
  readonly countBefore: (time: Date) => Promise<number | undefined>;
  /** The newest entries have been on the screen: their missed calls are not news any more (SET-6). */
  readonly seen: () => void;
  readonly dismissMessage: () => void;
  readonly stop: () => void;
}

export interface JournalDeps {
  readonly client: Pick<ApiClient, 'call' | 'serverNow'>;
  readonly live: Pick<LiveEvents, 'state' | 'subscribe' | 'connection'>;
  readonly folder: JournalFolder;
}

const pageSize = '200';
/** Pages that are read to count what is not deleted. */
const countedPages = 10;

export function createJournalModel({ client, live, folder: firstFolder }: JournalDeps): JournalModel {
  const lists = new Map<JournalFolder, JournalList>();
  const listOf = (folder: JournalFolder) => lists.get(folder) ?? emptyJournalList;
  const state = createStore<JournalState>({
    folder: firstFolder,
    entries: undefined,
    counts: live.state.get().journal,
    error: undefined,
    message: undefined,
    drafts: new Map(),
    opened: new Set(),
  });
  /** Grows with each reason to read again. */
  let version = 0;
  /** Grows with each own change that the service confirmed: answers that were asked for before may lack it. */
  let edits = 0;
  let sight = { first: 0, last: 0 };
  let shown = 0;
  let reading = false;
  let wantsMore = false;
  /** The last look that the service was told. */
  let told = '';
  let pending: readonly Pending[] = [];

  const change = (more: Partial<JournalState>) => state.set({ ...state.get(), ...more });
  const render = (more: Partial<JournalState> = {}) => {
    const folder = more.folder ?? state.get().folder;
    const list = listOf(folder);
    change({
      ...more,
      entries: list.pages.length === 0 ? undefined : withPending(list.entries, pending, folder, client.serverNow()),
    });
  };
  async function read(): Promise<void> {
    if (reading) return;
    reading = true;
    try {
      while (shown > 0) {
        const { folder } = state.get();
        const list = listOf(folder);
        const next = wantsMore && list.nextCursor !== undefined ? { cursor: list.nextCursor } : undefined;
        const due = pageToRead(list, version, sight) ?? next;
        if (!due) break;
        const asked = { version, edits };
        const query = { folder, limit: pageSize, ...(due.cursor === undefined ? {} : { cursor: due.cursor }) };
        const { items, nextCursor, counts } = await client.call(listJournal, { query });
        if (edits !== asked.edits) continue;
        lists.set(folder, withPage(listOf(folder), { cursor: due.cursor, items, nextCursor }, asked.version));
        if (due === next) wantsMore = false;
        render({ counts, error: undefined });
      }
    } catch (error) {
      wantsMore = false;
      change({ error });
    } finally {
      reading = false;
    }
  }

  const readAgain = () => {
    version += 1;
    void read();
  };
  let connected = live.connection.get() === 'connected';
  const endings = [
    live.subscribe((event) => {
      if (event.type === 'journal') change({ counts: event.counts });
      if (event.type === 'snapshot') change({ counts: event.journal });
      // Names are those of today's directories, so contacts are a reason as well.
      if (['journal', 'snapshot', 'reminder', 'contacts'].includes(event.type)) readAgain();
    }),
    live.connection.subscribe(() => {
      const now = live.connection.get() === 'connected';
      if (now && !connected) readAgain();
      connected = now;
    }),
  ];

  const begin = (one: Pending) => {
    pending = [...pending, one];
    render({ message: undefined });
  };
  const end = (one: Pending, more: Partial<JournalState> = {}) => {
    pending = pending.filter((other) => other !== one);
    render(more);
  };
  const forget = (id: string) => {
    for (const [folder, list] of lists) lists.set(folder, withoutEntry(list, id));
  };
  const accept = (entry: JournalEntry) => {
    for (const [folder, list] of lists) lists.set(folder, withSaved(list, folder, entry, client.serverNow()));
  };
  const failed = (id: string, error: unknown): Partial<JournalState> => {
    if (errorCodeOf(error) === 'not-found') forget(id);
    return { message: { type: 'failed', error } };
  };
  const withoutDraft = (id: string) => new Map([...state.get().drafts].filter(([known]) => known !== id));

  async function changeEntry(entry: JournalEntry, body: EntryChange): Promise<boolean> {
    const one: Pending = { id: entry.id, change: body };
    begin(one);
    try {
      const saved = await client.call(changeJournalEntry, { params: { id: entry.id }, body });
      edits += 1;
      accept(saved);
      end(one, body.done === true ? { message: { type: 'done', entry: saved } } : {});
      return true;
    } catch (error) {
      end(one, failed(entry.id, error));
      return false;
    }
  }

  return {
    state,
    show() {
      shown += 1;
      void read();
      return () => {
        shown -= 1;
      };
    },
    choose(folder) {
      sight = { first: 0, last: 0 };
      wantsMore = false;
      render({ folder, error: undefined, message: undefined });
      void read();
    },
    look(first, last) {
      sight = { first, last };
      if (state.get().error === undefined) void read();
    },
    more() {
      wantsMore = true;
      if (state.get().error === undefined) void read();
    },
    retry() {
      change({ error: undefined });
      readAgain();
    },
    toggle(id) {
      const opened = new Set(state.get().opened);
      if (!opened.delete(id)) opened.add(id);
      change({ opened });
    },
    type: (id, note) => change({ drafts: new Map(state.get().drafts).set(id, note) }),
    async saveNote(entry) {
      const typed = state.get().drafts.get(entry.id);
      if (typed === undefined) return;
      const note = typed.trim() === '' ? null : typed.trim();
      const saved = await changeEntry(entry, { note });
      if (saved && state.get().drafts.get(entry.id) === typed) change({ drafts: withoutDraft(entry.id) });
    },
    change: changeEntry,
    async delete(entry) {
      const one: Pending = { id: entry.id, deleted: true };
      begin(one);
      try {
        await client.call(deleteJournalEntry, { params: { id: entry.id } });
        edits += 1;
        forget(entry.id);
        end(one, { drafts: withoutDraft(entry.id), message: { type: 'deleted', count: 1 } });
      } catch (error) {
        end(one, failed(entry.id, error));
      }
    },
    async deleteBefore(time) {
      change({ message: undefined });
      try {
        const { deleted } = await client.call(deleteJournal, { query: { before: time.toISOString() } });
        edits += 1;
        for (const [folder, list] of lists) {
          const left = list.entries.filter(({ startedAt }) => Date.parse(startedAt) >= time.getTime());
          lists.set(folder, { ...list, entries: left });
        }
        render({ message: { type: 'deleted', count: deleted } });
        readAgain();
      } catch (error) {
        change({ message: { type: 'failed', error } });
      }
    },
    async countBefore(time) {
      let newer = 0;
      let cursor: string | undefined;
      for (let page = 0; page < countedPages; page += 1) {
        const query = { folder: 'all', limit: pageSize, ...(cursor === undefined ? {} : { cursor }) } as const;
        const { items, nextCursor, counts } = await client.call(listJournal, { query });
        const here = items.filter(({ startedAt }) => Date.parse(startedAt) >= time.getTime()).length;
        newer += here;
        if (nextCursor === undefined || here < items.length) return Math.max(0, counts.all - newer);
        cursor = nextCursor;
      }
      return undefined;
    },
    seen() {
      const { entries, counts, folder } = state.get();
      const until = entries?.[0]?.startedAt;
      const shows = folder === 'open' || folder === 'missed' || folder === 'all';
      if (!shows || until === undefined || !counts?.unseen) return;
      const look = `${until} ${counts.unseen}`;
      if (look === told) return;
      told = look;
      client
        .call(markJournalSeen, { body: { until } })
        .then((after) => change({ counts: after }))
        .catch(() => {
          // It is told again with the next look.
          told = '';
        });
    },
    dismissMessage: () => change({ message: undefined }),
    stop() {
      shown = 0;
      for (const ending of endings) ending();
    },
  };
}
