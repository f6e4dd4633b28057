import { describe, expect, it } from 'vitest';
import type { Channel } from '../../../../addin/api/live-events';
import { applyEvent, initialLiveState, type LiveState } from '../../../../addin/api/live-state';
import { createStore } from '../../../../addin/api/store';
import { createPaneNotes, type PaneNotesDeps } from '../../../../addin/notifications/pane-notes-model';
import type { DirectoryItem } from '../../../../shared/directory';
import type { LiveEvent } from '../../../../shared/events';
import type { JournalEntry } from '../../../../shared/journal';
import { plainPresence } from '../../../fixtures/plain-presence';
import { makeEntry } from './make-entry';

const counts = (unseen: number) => ({ open: 0, missed: unseen, answered: 0, all: 0, overdue: 0, unseen });
const colleague = (id: string): DirectoryItem => ({
  id,
  directory: 'internal',
  displayName: `Colleague ${id}`,
  numbers: [],
  emails: [],
});
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A browser whose pages hear the same events and each other. */
function setUp({ unseen = 0, journal = [makeEntry()] as JournalEntry[] | Error } = {}) {
  const channels = new Set<Channel>();
  const openChannel = (): Channel => {
    const channel: Channel = {
      onmessage: null,
      postMessage(data: unknown) {
        for (const other of channels) if (other !== channel) other.onmessage?.(new MessageEvent('message', { data }));
      },
      close: () => void channels.delete(channel),
    };
    channels.add(channel);
    return channel;
  };
  const state = createStore<LiveState>(initialLiveState);
  const listeners = new Set<(event: LiveEvent) => void>();
  const tell = (event: LiveEvent) => {
    state.set(applyEvent(state.get(), event));
    for (const listener of listeners) listener(event);
  };
  const page = () =>
    createPaneNotes({
      // The fake answers as the one route does that is called here.
      client: {
        call: (() =>
          journal instanceof Error
            ? Promise.reject(journal)
            : Promise.resolve({ items: journal })) as unknown as PaneNotesDeps['client']['call'],
      },
      live: {
        state,
        subscribe(listener) {
          listeners.add(listener);
          return () => void listeners.delete(listener);
        },
      },
      userId: 'anna',
      openChannel,
    });
  const one = page();
  tell({
    type: 'snapshot',
    telephoneSystem: { state: 'up', since: '2026-11-23T08:00:00Z' },
    calls: [],
    lineStates: [],
    journal: counts(unseen),
    ...plainPresence,
  });
  return {
    one,
    other: page(),
    missed: (now: number) => tell({ type: 'journal', counts: counts(now) }),
    free: (id: string) => tell({ type: 'colleague-free', colleague: colleague(id) }),
  };
}

describe('The note of missed calls', () => {
  it('counts what was missed since the pane is open, with the newest caller, and goes when the user has looked', async () => {
    const { one, missed } = setUp({ unseen: 3 });
    expect(one.missed.get()).toBeUndefined();
    missed(4);
    expect(one.missed.get()).toEqual({ count: 1 });
    await settle();
    expect(one.missed.get()).toMatchObject({ count: 1, last: { party: { name: 'Jürgen Müller' } } });
    missed(6);
    expect(one.missed.get()?.count).toBe(3);
    missed(0);
    expect(one.missed.get()).toBeUndefined();
  });

  it('is there without a name where the journal cannot be read', async () => {
    const { one, missed } = setUp({ journal: new Error('gone') });
    missed(1);
    await settle();
    expect(one.missed.get()).toEqual({ count: 1 });
  });

  it('that is put away in one page is away in the others, and begins at one with the next call', () => {
    const { one, other, missed } = setUp();
    missed(2);
    one.dismissMissed();
    expect(other.missed.get()).toBeUndefined();
    missed(3);
    expect([one.missed.get()?.count, other.missed.get()?.count]).toEqual([1, 1]);
  });

  it('is told no more by a page that has stopped', () => {
    const { one, other, missed } = setUp();
    one.stop();
    missed(1);
    expect(one.missed.get()).toBeUndefined();
    expect(other.missed.get()?.count).toBe(1);
  });
});

describe('The notes of free colleagues', () => {
  it('name each colleague once, the newest last, and five at most', () => {
    const { one, free } = setUp();
    for (const id of ['a', 'b', 'a', 'c', 'd', 'e', 'f']) free(id);
    expect(one.free.get().map(({ id }) => id)).toEqual(['a', 'c', 'd', 'e', 'f']);
  });

  it('that are put away in one page are away in the others', () => {
    const { one, other, free } = setUp();
    free('a');
    free('b');
    other.dismissFree('a');
    expect(one.free.get().map(({ id }) => id)).toEqual(['b']);
  });
});
