import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../../../addin/api/api-error';
import { applyCall, initialLiveState, type LiveState } from '../../../../addin/api/live-state';
import { createStore } from '../../../../addin/api/store';
import { createCallsModel, doubleClickMs, type CallsDeps } from '../../../../addin/calls/calls-model';
import type { Call } from '../../../../shared/call';
import { makeCall } from '../make-call';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp() {
  const state = createStore<LiveState>(initialLiveState);
  const accept = (call: Call) => state.set(applyCall(state.get(), call));
  const sent: { readonly name: string; readonly body: unknown }[] = [];
  const answers: ((value: Call | Error) => void)[] = [];
  let now = 0;
  let ids = 0;
  const call = ({ name }: { readonly name: string }, { body }: { readonly body?: unknown }) => {
    sent.push({ name, body });
    return new Promise<Call>((resolve, reject) => {
      answers.push((value) => (value instanceof Error ? reject(value) : resolve(value)));
    });
  };
  const model = createCallsModel({
    // The fake answers every command with a call, as the routes of calls do.
    client: { call: call as unknown as CallsDeps['client']['call'] },
    live: { state, accept },
    newId: () => `request-${(ids += 1)}`,
    now: () => now,
  });
  const answer = async (value: Call | Error) => {
    answers.shift()?.(value);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { model, sent, tell: accept, answer, pass: (ms: number) => (now += ms) };
}

const miller = { number: '+49897007331', display: '+49 (89) 7007-331', name: 'Jürgen Müller' };

describe('The calls of the pane', () => {
  it('show a dialled number before the service has answered', () => {
    const { model } = setUp();
    model.dial(miller);
    expect(model.cards.get()).toMatchObject([{ state: 'dialling', party: { name: 'Jürgen Müller' }, abilities: [] }]);
  });

  it('keep one card from the click to the end, whichever of event and answer is first', async () => {
    const { model, tell, answer } = setUp();
    model.dial(miller);
    const key = model.cards.get()[0]?.key;
    tell(makeCall());
    expect(model.cards.get()).toHaveLength(1);
    await answer(makeCall());
    expect(model.cards.get().map((card) => card.key)).toEqual([key]);
    tell(makeCall({ state: 'connected', connectedAt: '2026-11-23T09:00:09Z' }));
    expect(model.cards.get()).toMatchObject([{ key, state: 'connected', party: { name: 'Jürgen Müller' } }]);
  });

  it('say why a number was refused, until something else is dialled', async () => {
    const { model, answer, pass } = setUp();
    model.dial({ number: '007' });
    await answer(new ApiError('number-not-dialable'));
    expect(model.cards.get()).toMatchObject([{ state: 'refused', failure: 'number-not-dialable' }]);
    pass(doubleClickMs);
    model.dial(miller);
    expect(model.cards.get()).toMatchObject([{ state: 'dialling' }]);
  });

  it('dial once for a double click', () => {
    const { model, sent, pass } = setUp();
    model.dial(miller);
    pass(doubleClickMs - 1);
    model.dial(miller);
    expect(sent).toHaveLength(1);
    pass(1);
    model.dial(miller);
    expect(sent).toHaveLength(2);
  });

  it('send a command once while it is under way, and tell when it failed', async () => {
    const { model, sent, tell, answer } = setUp();
    tell(makeCall({ direction: 'incoming', state: 'alerting', abilities: ['answer', 'hang-up'] }));
    model.answer('call-1');
    model.answer('call-1');
    expect(sent.map(({ name }) => name)).toEqual(['answerCall']);
    expect(model.cards.get()).toMatchObject([{ busy: 'answer' }]);
    await answer(new ApiError('not-supported-by-device'));
    expect(model.cards.get()).toMatchObject([{ busy: undefined, failure: 'not-supported-by-device' }]);
  });

  it('take an ended call away, later when there is a reason to read', async () => {
    const { model, tell } = setUp();
    tell(makeCall({ id: 'a', state: 'ended', reason: 'normal' }));
    tell(makeCall({ id: 'b', state: 'ended', reason: 'busy' }));
    await vi.advanceTimersByTimeAsync(3000);
    expect(model.cards.get()).toMatchObject([{ callId: 'b', reason: 'busy' }]);
    await vi.advanceTimersByTimeAsync(8000);
    expect(model.cards.get()).toEqual([]);
  });

  it('keep the last ten numbers, each once, newest first', () => {
    const { model, pass } = setUp();
    for (const number of ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '2']) {
      model.dial({ number });
      pass(doubleClickMs);
    }
    const list = model.redial.get().map(({ number }) => number);
    expect(list).toEqual(['2', '11', '10', '9', '8', '7', '6', '5', '4', '3']);
  });
});

describe('An incoming call that ends before it was answered', () => {
  const ringing = { direction: 'incoming', state: 'alerting' } as const;
  const over = { direction: 'incoming', state: 'ended', reason: 'cancelled' } as const;

  it('is a missed call', () => {
    const { model, tell } = setUp();
    tell(makeCall(ringing));
    tell(makeCall(over));
    expect(model.cards.get()).toMatchObject([{ missed: true }]);
  });

  it('is none when the user declined it or somebody else answered it', () => {
    const { model, tell } = setUp();
    tell(makeCall(ringing));
    model.hangUp('call-1');
    tell(makeCall(over));
    tell(makeCall({ ...over, id: 'call-2', reason: 'answered-elsewhere' }));
    expect(model.cards.get().map(({ missed }) => missed)).toEqual([false, false]);
  });
});
