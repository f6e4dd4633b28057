import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../../../addin/api/api-error';
import type { Connection } from '../../../../addin/api/live-events';
import { initialLiveState } from '../../../../addin/api/live-state';
import { createStore } from '../../../../addin/api/store';
import { createJournalModel, type JournalDeps } from '../../../../addin/journal/journal-model';
import { createRemindersModel, maxReminders } from '../../../../addin/journal/reminders-model';
import type { LiveEvent } from '../../../../shared/events';
import type { JournalEntry } from '../../../../shared/journal';
import { noJournal } from '../../../fixtures/no-journal';
import { makeEntry } from './make-entry';

const now = Date.parse('2026-11-23T10:00:00.000Z');

/** A service whose answers the test gives, in the order of the questions. */
function createFake() {
  const asked: { name: string; input: Record<string, unknown>; answer(value: unknown): void }[] = [];
  const listeners = new Set<(event: LiveEvent) => void>();
  const connection = createStore<Connection>('connected');
  const call = ({ name }: { readonly name: string }, input: Record<string, unknown>) =>
    new Promise((resolve, reject) => {
      asked.push({ name, input, answer: (value) => (value instanceof Error ? reject(value) : resolve(value)) });
    });
  return {
    deps: {
      // The test answers each route as its contract says.
      client: { call: call as unknown as JournalDeps['client']['call'], serverNow: () => now },
      live: {
        state: createStore(initialLiveState),
        connection,
        subscribe: (listener: (event: LiveEvent) => void) => {
          listeners.add(listener);
          return () => void listeners.delete(listener);
        },
      },
    },
    connection,
    asked: () => asked.map(({ name }) => name),
    input: () => asked[0]?.input,
    async answer(value: unknown) {
      await vi.waitFor(() => expect(asked.length).toBeGreaterThan(0));
      asked.shift()?.answer(value);
      await Promise.resolve();
      await new Promise((resolve) => setImmediate(resolve));
    },
    tell: (event: LiveEvent) => listeners.forEach((listener) => listener(event)),
  };
}

const list = (items: readonly JournalEntry[], nextCursor?: string) => ({ items, nextCursor, counts: noJournal });
const missed = makeEntry({ result: 'not-answered', open: true, durationSeconds: 0 });
const journalEvent: LiveEvent = { type: 'journal', counts: noJournal };

async function opened(items: readonly JournalEntry[] = [missed]) {
  const fake = createFake();
  const model = createJournalModel({ ...fake.deps, folder: 'open' });
  model.show();
  await fake.answer(list(items));
  return { fake, model, ids: () => model.state.get().entries?.map(({ id }) => id) };
}

afterEach(() => vi.restoreAllMocks());

describe('The journal of the pane', () => {
  it('reads the list again when the service says so, and not while it is not shown', async () => {
    const { fake, model, ids } = await opened();
    fake.tell(journalEvent);
    await fake.answer(list([makeEntry({ id: 'entry-2', open: true, startedAt: '2026-11-23T09:30:00.000Z' }), missed]));
    expect(ids()).toEqual(['entry-2', 'entry-1']);
    const hidden = createJournalModel({ ...fake.deps, folder: 'open' });
    fake.tell(journalEvent);
    expect(fake.asked()).toEqual(['listJournal']);
    expect(hidden.state.get().entries).toBeUndefined();
    model.stop();
  });

  it('takes a call that is done out of Open at once, and puts it back when the service refuses', async () => {
    const { fake, model, ids } = await opened();
    const done = model.change(missed, { done: true });
    expect(ids()).toEqual([]);
    await fake.answer(new ApiError('unreachable'));
    expect(await done).toBe(false);
    expect(ids()).toEqual(['entry-1']);
    expect(model.state.get().message).toMatchObject({ type: 'failed' });
  });

  it('offers the way back after done, and shows the entry again', async () => {
    const { fake, model, ids } = await opened();
    void model.change(missed, { done: true });
    await fake.answer({ ...missed, open: false });
    expect(model.state.get().message).toMatchObject({ type: 'done' });
    void model.change({ ...missed, open: false }, { done: false });
    await fake.answer(missed);
    expect(ids()).toEqual(['entry-1']);
  });

  it('does not believe a list that was asked for before an own change was confirmed', async () => {
    const { fake, model, ids } = await opened();
    fake.tell(journalEvent);
    void model.change(missed, { done: true });
    expect(fake.asked()).toEqual(['listJournal', 'changeJournalEntry']);
    // The list is from before the change.
    expect(fake.input()).toMatchObject({ query: { folder: 'open' } });
    await fake.answer(list([missed]));
    expect(ids()).toEqual([]);
    await fake.answer({ ...missed, open: false });
    expect(ids()).toEqual([]);
  });

  it('keeps a typed note through live changes and failures, until it is saved', async () => {
    const { fake, model } = await opened();
    model.type('entry-1', ' Plan B ');
    fake.tell(journalEvent);
    await fake.answer(list([missed]));
    const failing = model.saveNote(missed);
    await fake.answer(new ApiError('unreachable'));
    await failing;
    expect(model.state.get().drafts.get('entry-1')).toBe(' Plan B ');
    const saving = model.saveNote(missed);
    expect(fake.input()).toEqual({ params: { id: 'entry-1' }, body: { note: 'Plan B' } });
    await fake.answer({ ...missed, note: 'Plan B' });
    await saving;
    expect(model.state.get().drafts.size).toBe(0);
    expect(model.state.get().entries?.[0]?.note).toBe('Plan B');
  });

  it('keeps the last list while the connection is lost, says so, and reads again when it is back', async () => {
    const { fake, model, ids } = await opened();
    fake.connection.set('lost');
    fake.tell(journalEvent);
    await fake.answer(new ApiError('unreachable'));
    expect(ids()).toEqual(['entry-1']);
    expect(model.state.get().error).toBeInstanceOf(ApiError);
    fake.connection.set('connected');
    await fake.answer(list([]));
    expect(ids()).toEqual([]);
    expect(model.state.get().error).toBeUndefined();
  });

  it('forgets an entry that is gone elsewhere', async () => {
    const { fake, model, ids } = await opened();
    const removing = model.delete(missed);
    await fake.answer(new ApiError('not-found'));
    await removing;
    expect(ids()).toEqual([]);
  });

  it('counts what is older than a time without reading what is older', async () => {
    const { fake, model } = await opened();
    const counting = model.countBefore(new Date('2026-11-23T09:30:00Z'));
    const newer = makeEntry({ id: 'new', startedAt: '2026-11-23T09:45:00.000Z' });
    await fake.answer({ ...list([newer, missed], 'more'), counts: { ...noJournal, all: 500 } });
    expect(await counting).toBe(499);
  });

  it('tells once that missed calls were seen, and not in a folder that does not show them', async () => {
    const fake = createFake();
    const model = createJournalModel({ ...fake.deps, folder: 'open' });
    model.show();
    await fake.answer({ ...list([missed]), counts: { ...noJournal, unseen: 2 } });
    model.seen();
    model.seen();
    expect(fake.asked()).toEqual(['markJournalSeen']);
    expect(fake.input()).toEqual({ body: { until: missed.startedAt } });
    await fake.answer(noJournal);
    expect(model.state.get().counts?.unseen).toBe(0);
  });
});

describe('Due reminders', () => {
  const due = (id: string, remindAt = '2026-11-23T10:00:00.000Z'): LiveEvent => ({
    type: 'reminder',
    entry: makeEntry({ id, remindAt, note: 'Plan B', open: true }),
  });

  it('are shown once each, and again with another time; not more than some', () => {
    const { deps, tell } = createFake();
    const model = createRemindersModel(deps);
    tell(due('a'));
    tell(due('a'));
    expect(model.due.get()).toHaveLength(1);
    model.dismiss('a');
    tell(due('a'));
    expect(model.due.get()).toHaveLength(0);
    tell(due('a', '2026-11-23T10:15:00.000Z'));
    expect(model.due.get()).toHaveLength(1);
    for (let more = 0; more < 2 * maxReminders; more += 1) tell(due(`more ${more}`));
    expect(model.due.get()).toHaveLength(maxReminders);
  });

  it('are done with their call, come again later, and stay with the reason when that fails', async () => {
    const fake = createFake();
    const model = createRemindersModel(fake.deps);
    fake.tell(due('a'));
    const entry = model.due.get()[0]?.entry ?? makeEntry();
    model.done(entry);
    expect(fake.input()).toEqual({ params: { id: 'a' }, body: { remindAt: null, done: true } });
    expect(model.due.get()).toEqual([]);
    await fake.answer(new ApiError('unreachable'));
    expect(model.due.get()).toMatchObject([{ entry: { id: 'a' }, failure: 'unreachable' }]);
    model.snooze(entry, 15);
    expect(fake.input()).toMatchObject({ body: { remindAt: '2026-11-23T10:15:00.000Z' } });
    await fake.answer(entry);
    expect(model.due.get()).toEqual([]);
  });

  it('go when they were dealt with in another window', async () => {
    const fake = createFake();
    const model = createRemindersModel(fake.deps);
    fake.tell(due('a'));
    fake.tell(due('b'));
    fake.tell(journalEvent);
    await fake.answer(list([makeEntry({ id: 'b', remindAt: '2026-11-23T10:00:00.000Z' })]));
    expect(model.due.get().map(({ entry }) => entry.id)).toEqual(['b']);
  });
});
