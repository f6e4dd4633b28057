/**
 * What the pane says of its own accord besides calls and reminders: that a colleague is free for whom the user waited, and
 * that calls were missed. Each stays until something is done about it; what is put away in one page of a browser is away
 * in all of them.
 */
import { listJournal } from '../../shared/api/journal';
import type { DirectoryItem } from '../../shared/directory';
import type { JournalEntry } from '../../shared/journal';
import type { ApiClient } from '../api/client';
import type { Channel, LiveEvents } from '../api/live-events';
import { createStore, type ReadableStore } from '../api/store';

export interface MissedNote {
  /** Calls missed since the user looked or put the note away. */
  readonly count: number;
  /** The newest of them, once it is known. */
  readonly last?: JournalEntry | undefined;
}

export interface PaneNotes {
  /** Colleagues that have become free, newest last. */
  readonly free: ReadableStore<readonly DirectoryItem[]>;
  readonly missed: ReadableStore<MissedNote | undefined>;
  dismissFree(id: string): void;
  readonly dismissMissed: () => void;
  stop(): void;
}

export interface PaneNotesDeps {
  readonly client: Pick<ApiClient, 'call'>;
  readonly live: Pick<LiveEvents, 'state' | 'subscribe'>;
  readonly userId: string;
  readonly openChannel: ((name: string) => Channel) | undefined;
}

/** Notes of colleagues that wait at most; of more the oldest go. */
const maxFree = 5;

export function createPaneNotes({ client, live, userId, openChannel }: PaneNotesDeps): PaneNotes {
  const free = createStore<readonly DirectoryItem[]>([]);
  const missed = createStore<MissedNote | undefined>(undefined);
  const channel = openChannel?.(`mycontacts.notes.${userId}`);
  let unseen = live.state.get().journal?.unseen;
  let stopped = false;

  const putAway = (note: string) => {
    if (note === 'missed') missed.set(undefined);
    else free.set(free.get().filter(({ id }) => id !== note));
  };
  const dismiss = (note: string) => {
    putAway(note);
    if (!stopped) channel?.postMessage(note);
  };
  // Only pages of this origin can speak on the channel, and they speak these words.
  if (channel)
    channel.onmessage = ({ data }) => {
      if (typeof data === 'string') putAway(data);
    };

  function look() {
    const before = unseen;
    unseen = live.state.get().journal?.unseen;
    if (unseen === undefined) return;
    // The user has looked, here or elsewhere.
    if (unseen === 0) missed.set(undefined);
    // What was missed before the pane began is a count on the journal and no news.
    if (before === undefined || unseen <= before) return;
    missed.set({ ...missed.get(), count: (missed.get()?.count ?? 0) + unseen - before });
    void name();
  }

  /** Who it was last. Where that cannot be read the number of calls is told alone. */
  async function name(): Promise<void> {
    try {
      const { items } = await client.call(listJournal, { query: { folder: 'missed', limit: '20' } });
      const last = items.find(({ direction }) => direction === 'incoming');
      const note = missed.get();
      if (note && !stopped) missed.set({ ...note, last });
    } catch {
      // The journal tells who it was.
    }
  }

  const ends = [
    live.state.subscribe(look),
    live.subscribe((event) => {
      if (event.type !== 'colleague-free') return;
      const others = free.get().filter(({ id }) => id !== event.colleague.id);
      free.set([...others, event.colleague].slice(-maxFree));
    }),
  ];
  return {
    free,
    missed,
    dismissFree: dismiss,
    dismissMissed: () => dismiss('missed'),
    stop() {
      stopped = true;
      for (const end of ends) end();
      channel?.close();
    },
  };
}
