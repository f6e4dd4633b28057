import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../../../addin/api/api-error';
import type { Connection } from '../../../../addin/api/live-events';
import { initialLiveState, type LiveState } from '../../../../addin/api/live-state';
import { createStore } from '../../../../addin/api/store';
import { createRedialModel, redialDelayMs, type RedialDeps } from '../../../../addin/calls/redial-model';
import type { CallParty } from '../../../../shared/call';
import type { LiveEvent } from '../../../../shared/events';
import { makeCall } from '../make-call';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp(items: readonly CallParty[]) {
  const journal = { items: [...items], down: false, reads: 0 };
  const state = createStore<LiveState>(initialLiveState);
  const connection = createStore<Connection>('connecting');
  const listeners = new Set<(event: LiveEvent) => void>();
  const call = async () => {
    journal.reads += 1;
    if (journal.down) throw new ApiError('unreachable');
    return Promise.resolve({ items: journal.items });
  };
  const model = createRedialModel({
    // The model asks for nothing but the redial list.
    client: { call: call as unknown as RedialDeps['client']['call'] },
    live: {
      state,
      connection,
      subscribe(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
  });
  const tell = (event: LiveEvent) => listeners.forEach((listener) => listener(event));
  const counts = { open: 0, missed: 0, answered: 0, all: 0, overdue: 0, unseen: 0 };
  const journalChanges = async () => {
    tell({ type: 'journal', counts });
    await vi.advanceTimersByTimeAsync(redialDelayMs);
  };
  const connect = async (to: Connection = 'connected') => {
    connection.set(to);
    await vi.advanceTimersByTimeAsync(0);
  };
  const numbers = () => model.list.get().map(({ number }) => number);
  return { model, journal, state, tell, connect, journalChanges, numbers };
}

const miller: CallParty = { number: '331', e164: '+49897007331', display: '+49 (89) 7007-331', name: 'Jürgen Müller' };

describe('The redial list', () => {
  it('begins with what the journal knows, as it is dialled and shown', async () => {
    const { model, connect } = setUp([miller, { name: 'withheld' }]);
    await connect();
    expect(model.list.get()).toEqual([{ number: '+49897007331', display: '+49 (89) 7007-331', name: 'Jürgen Müller' }]);
  });

  it('has what is dialled on top at once, and is the journal’s when the call is over', async () => {
    const { model, connect, journal, state, journalChanges, numbers } = setUp([miller]);
    await connect();
    model.add({ number: '333' });
    state.set({ ...initialLiveState, calls: [makeCall()] });
    await journalChanges();
    expect(numbers()).toEqual(['333', '+49897007331']);
    journal.items = [{ number: '333', e164: '+49897007333' }, miller];
    state.set(initialLiveState);
    await journalChanges();
    expect(numbers()).toEqual(['+49897007333', '+49897007331']);
  });

  it('keeps on top what was dialled here and never became a call, until the journal has it', async () => {
    const { model, journal, connect, journalChanges, numbers } = setUp([miller]);
    await connect();
    model.add({ number: '333' });
    await journalChanges();
    expect(numbers()).toEqual(['333', '+49897007331']);
    journal.items = [{ number: '333', e164: '+49897007333' }, miller];
    await journalChanges();
    expect(numbers()).toEqual(['+49897007333', '+49897007331']);
  });

  it('is read once for a call that changes the journal several times', async () => {
    const { connect, journal, journalChanges, tell } = setUp([]);
    await connect();
    tell({ type: 'call', call: makeCall({ state: 'ended' }) });
    tell({ type: 'call', call: makeCall({ id: 'call-2', state: 'ended' }) });
    await journalChanges();
    expect(journal.reads).toBe(2);
  });

  it('stays while the journal cannot be read, and is read again with the connection', async () => {
    const { model, connect, journal, journalChanges, numbers } = setUp([miller]);
    model.add({ number: '333' });
    journal.down = true;
    await connect();
    await journalChanges();
    expect(numbers()).toEqual(['333']);
    journal.down = false;
    await connect('lost');
    await connect();
    expect(numbers()).toEqual(['333', '+49897007331']);
  });
});
