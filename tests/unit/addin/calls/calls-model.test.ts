import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../../../addin/api/api-error';
import { applyCall, initialLiveState, type LiveState } from '../../../../addin/api/live-state';
import type { Connection } from '../../../../addin/api/live-events';
import { createStore } from '../../../../addin/api/store';
import { createCallsModel, doubleClickMs, effectMs, type CallsDeps } from '../../../../addin/calls/calls-model';
import type { Call } from '../../../../shared/call';
import type { Problem } from '../../../../shared/errors';
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
  const sent: { readonly name: string; readonly params: unknown; readonly body: unknown }[] = [];
  const answers: ((value: Call | Error) => void)[] = [];
  let now = 0;
  let ids = 0;
  const call = (
    { name }: { readonly name: string },
    { params, body }: { readonly params?: unknown; readonly body?: unknown },
  ) => {
    sent.push({ name, params, body });
    return new Promise<Call>((resolve, reject) => {
      answers.push((value) => (value instanceof Error ? reject(value) : resolve(value)));
    });
  };
  const model = createCallsModel({
    // The fake answers every command with a call, as the routes of calls do.
    client: { call: call as unknown as CallsDeps['client']['call'] },
    live: { state, accept, connection: createStore<Connection>('connecting'), subscribe: () => () => undefined },
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
    expect(model.cards.get()).toMatchObject([{ state: 'refused', failure: { code: 'number-not-dialable' } }]);
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

  it('dial again at once when the first was refused or is over', async () => {
    const { model, sent, answer } = setUp();
    model.dial({ number: '007' });
    await answer(new ApiError('number-not-dialable'));
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
    expect(model.cards.get()).toMatchObject([{ busy: undefined, failure: { code: 'not-supported-by-device' } }]);
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

describe('A command on a call', () => {
  const connected: Partial<Call> = {
    state: 'connected',
    connectedAt: '2026-11-23T09:00:09Z',
    abilities: ['hang-up', 'hold'],
  };

  it('is under way until its effect is told, not only until it is taken', async () => {
    const { model, tell, answer } = setUp();
    tell(makeCall(connected));
    void model.run('call-1', 'hold');
    await answer(makeCall(connected));
    expect(model.cards.get()).toMatchObject([{ busy: 'hold' }]);
    tell(makeCall({ ...connected, state: 'held', heldBy: 'me', abilities: ['hang-up', 'resume'] }));
    expect(model.cards.get()).toMatchObject([{ busy: undefined, state: 'held' }]);
  });

  it('that was taken and has no effect can be given again after a while', async () => {
    const { model, tell, answer } = setUp();
    tell(makeCall(connected));
    void model.run('call-1', 'hold');
    await answer(makeCall(connected));
    await vi.advanceTimersByTimeAsync(effectMs);
    expect(model.cards.get()).toMatchObject([{ busy: undefined, state: 'connected' }]);
  });

  it('never goes back to what its answer says when the event was faster', async () => {
    const { model, tell, answer } = setUp();
    tell(makeCall(connected));
    void model.run('call-1', 'hold');
    tell(makeCall({ ...connected, state: 'held', heldBy: 'me' }));
    await answer(makeCall(connected));
    expect(model.cards.get()).toMatchObject([{ state: 'held', busy: undefined }]);
  });

  it('shows hold at once and takes it back when it is refused', async () => {
    const { model, tell, answer } = setUp();
    tell(makeCall(connected));
    void model.run('call-1', 'hold');
    expect(model.cards.get()).toMatchObject([{ state: 'held', heldBy: 'me' }]);
    await answer(new ApiError('not-supported-by-device'));
    expect(model.cards.get()).toMatchObject([{ state: 'connected', failure: { code: 'not-supported-by-device' } }]);
  });

  it('that hangs does not keep the user from hanging up', () => {
    const { model, tell, sent } = setUp();
    tell(makeCall(connected));
    void model.run('call-1', 'conference');
    void model.run('call-1', 'hold');
    model.hangUp('call-1');
    model.hangUp('call-1');
    expect(sent.map(({ name }) => name)).toEqual(['conferenceCall', 'hangUpCall']);
    expect(model.cards.get()).toMatchObject([{ busy: 'hang-up' }]);
  });

  it('that was refused is not told any more once the call has changed', async () => {
    const { model, tell, answer } = setUp();
    tell(makeCall(connected));
    void model.run('call-1', 'hold');
    await answer(new ApiError('telephone-system-unavailable'));
    tell(makeCall({ ...connected, state: 'held', heldBy: 'other' }));
    expect(model.cards.get()).toMatchObject([{ failure: undefined }]);
    tell(makeCall(connected));
    expect(model.cards.get()).toMatchObject([{ failure: undefined }]);
  });

  it('leads to a number, to another call or to the voice box', () => {
    const { model, tell, sent } = setUp();
    for (const id of ['a', 'b', 'c', 'd']) tell(makeCall({ ...connected, id }));
    void model.run('a', 'transfer', miller);
    void model.run('b', 'transfer', { callId: 'a' });
    void model.run('c', 'deflect', miller);
    void model.run('d', 'deflect-to-voicemail');
    expect(sent).toEqual([
      { name: 'transferCall', params: { id: 'a' }, body: { to: { number: miller.number } } },
      { name: 'transferCall', params: { id: 'b' }, body: { to: { callId: 'a' } } },
      { name: 'deflectCall', params: { id: 'c' }, body: { to: { number: miller.number } } },
      { name: 'deflectCall', params: { id: 'd' }, body: { to: 'voicemail' } },
    ]);
  });

  it('that consults somebody says whether it was taken, keeps his name and puts him on the redial list', async () => {
    const { model, tell, answer, sent } = setUp();
    tell(makeCall(connected));
    const taken = model.run('call-1', 'consult', miller);
    await answer(makeCall({ id: 'call-2', state: 'originated', related: 'call-1', startedAt: '2026-11-23T09:01:00Z' }));
    expect(await taken).toBe(true);
    expect(sent).toMatchObject([{ name: 'consultCall', body: { number: miller.number, requestId: 'request-1' } }]);
    expect(model.cards.get()).toMatchObject([
      { key: 'call-2', party: { name: 'Jürgen Müller' }, pair: 'upper' },
      { key: 'call-1', pair: 'lower' },
    ]);
    expect(model.redial.get()).toEqual([miller]);
  });

  it('to a number that may not be dialled is refused with the reason', async () => {
    const { model, tell, answer } = setUp();
    tell(makeCall(connected));
    const taken = model.run('call-1', 'consult', { number: '330' });
    const problem: Problem = {
      type: 'about:blank',
      title: 'Refused',
      status: 422,
      detail: 'It is your own number.',
      code: 'number-not-allowed',
      details: [{ field: 'body.number', reason: 'own-number' }],
    };
    await answer(new ApiError('number-not-allowed', problem));
    expect(await taken).toBe(false);
    expect(model.cards.get()).toMatchObject([{ failure: { code: 'number-not-allowed', reason: 'own-number' } }]);
    model.forgetFailure('call-1');
    expect(model.cards.get()).toMatchObject([{ failure: undefined }]);
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
    tell(makeCall({ ...over, id: 'call-3', reason: 'picked-up', takenBy: { name: 'Bernd Bach' } }));
    expect(model.cards.get().map(({ missed }) => missed)).toEqual([false, false, false]);
  });

  it('stays long enough to call back', async () => {
    const { model, tell } = setUp();
    tell(makeCall(over));
    await vi.advanceTimersByTimeAsync(29_000);
    expect(model.cards.get()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(model.cards.get()).toEqual([]);
  });
});
