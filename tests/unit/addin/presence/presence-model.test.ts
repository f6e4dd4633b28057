import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from '../../../../addin/api/store';
import { applyEvent, initialLiveState, type LiveState } from '../../../../addin/api/live-state';
import { ApiError } from '../../../../addin/api/api-error';
import { createPresenceModel } from '../../../../addin/presence/presence-model';
import type { LiveEvent } from '../../../../shared/events';
import type { ColleaguePresence, OwnPresence } from '../../../../shared/presence';
import { writePresenceSnapshot } from '../../../../shared/presence-snapshot';
import { noJournal } from '../../../fixtures/no-journal';
import { plainPresence } from '../../../fixtures/plain-presence';

const { ownPresence } = plainPresence;
const snapshot = (presenceVersion: string): LiveEvent => ({
  type: 'snapshot',
  telephoneSystem: { state: 'up', since: '2026-11-23T08:00:00Z' },
  calls: [],
  lineStates: [],
  journal: noJournal,
  presenceVersion,
  ownPresence,
});
const told = (version: string, ...items: ColleaguePresence[]): LiveEvent => ({ type: 'presence', version, items });
/** As the route answers; a user is named by the last three letters of his id. */
const list = (version: string, ...items: ColleaguePresence[]) =>
  writePresenceSnapshot({ version, items, endLength: 3 });

type Answer = { resolve(value: unknown): void; reject(error: unknown): void };

function setUp() {
  const state = createStore<LiveState>(initialLiveState);
  const listeners = new Set<(event: LiveEvent) => void>();
  const asked: Answer[] = [];
  const model = createPresenceModel({
    client: {
      // The test answers by hand, with what the route would.
      call: () => new Promise((resolve, reject) => asked.push({ resolve, reject })),
      serverNow: () => Date.now(),
    },
    live: {
      state,
      subscribe: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
  });
  const hear = (event: LiveEvent) => {
    state.set(applyEvent(state.get(), event));
    for (const listener of listeners) listener(event);
  };
  const answer = async (value: unknown) => {
    asked.shift()?.resolve(value);
    await vi.advanceTimersByTimeAsync(0);
  };
  const fail = async () => {
    asked.shift()?.reject(new ApiError('unreachable'));
    await vi.advanceTimersByTimeAsync(0);
  };
  return { model, hear, answer, fail, asked };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('Presence of colleagues in the pane', () => {
  it('is read when the snapshot names another version, and never misses what is told meanwhile', async () => {
    const { model, hear, answer, asked } = setUp();
    hear(snapshot('e-4'));
    hear(told('e-5', { userId: 'anna', status: 'lunch' }));
    hear(told('e-6', { userId: 'bert', status: 'office' }));
    await answer(
      list(
        'e-5',
        { userId: 'bert', status: 'sick' },
        { userId: 'anna', status: 'lunch' },
        { userId: 'cora', status: 'home' },
      ),
    );
    expect(['anna', 'bert', 'cora'].map((userId) => model.colleagues.get()?.of(userId))).toEqual([
      { status: 'lunch' },
      undefined,
      { status: 'home' },
    ]);
    hear(snapshot('e-6'));
    expect(asked).toHaveLength(0);
    hear(snapshot('f-0'));
    expect(asked).toHaveLength(1);
  });

  it('does not take an older event for news, and tries again after a failure', async () => {
    const { model, hear, answer, fail, asked } = setUp();
    hear(snapshot('e-4'));
    await fail();
    expect(model.colleagues.get()).toBeUndefined();
    await vi.advanceTimersByTimeAsync(3000);
    expect(asked).toHaveLength(1);
    await answer(list('e-7', { userId: 'anna', status: 'home' }));
    hear(told('e-6', { userId: 'anna', status: 'office' }));
    expect(model.colleagues.get()?.of('anna')?.status).toBe('home');
  });

  it('shows the own change at once, and takes it back when it is refused', async () => {
    const { model, hear, answer, asked } = setUp();
    hear(snapshot('e-0'));
    await answer(list('e-0'));
    const refused = model.set({ status: 'lunch' });
    expect(model.own.get()?.status).toBe('lunch');
    asked.shift()?.reject(new ApiError('return-time-refused'));
    await expect(refused).rejects.toThrow();
    expect(model.own.get()?.status).toBe('office');
    const after: OwnPresence = { ...ownPresence, status: 'home', changedAt: '2026-11-23T08:00:01Z' };
    const done = model.set({ status: 'home' });
    await answer(after);
    await done;
    expect(model.own.get()).toEqual(after);
  });
});
