import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../../../addin/api/api-error';
import { createPickUp, toldForMs, type PickUpDeps } from '../../../../addin/line-states/pick-up-model';
import type { Call } from '../../../../shared/call';
import { makeCall } from '../make-call';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp() {
  const bodies: unknown[] = [];
  const accepted: Call[] = [];
  let settle: { resolve(call: Call): void; reject(error: Error): void } | undefined;
  const call = (_route: unknown, { body }: { readonly body?: unknown }) => {
    bodies.push(body);
    return new Promise<Call>((resolve, reject) => (settle = { resolve, reject }));
  };
  let ids = 0;
  const pickUp = createPickUp({
    // The fake answers as the one route does that is called here.
    client: { call: call as unknown as PickUpDeps['client']['call'] },
    live: { accept: (known) => accepted.push(known) },
    userId: 'bernd',
    newId: () => `request-${(ids += 1)}`,
  });
  return { pickUp, bodies, accepted, answer: () => settle };
}

const mine = makeCall({ direction: 'incoming', state: 'alerting', purpose: 'pick-up', party: {} });

describe('Picking up the call of a ringing colleague', () => {
  it('sends nothing before it is confirmed', () => {
    const { pickUp, bodies } = setUp();
    pickUp.ask();
    expect(pickUp.state.get()).toEqual({ step: 'asking' });
    pickUp.cancel();
    expect(pickUp.state.get()).toEqual({ step: 'closed' });
    expect(bodies).toEqual([]);
  });

  it('sends it once for a double click, and hands the call on to its card', async () => {
    const { pickUp, bodies, accepted, answer } = setUp();
    pickUp.ask();
    void pickUp.confirm();
    void pickUp.confirm();
    expect(bodies).toEqual([{ user: 'bernd', requestId: 'request-1' }]);
    answer()?.resolve(mine);
    await vi.advanceTimersByTimeAsync(0);
    expect(accepted).toEqual([mine]);
    expect(pickUp.state.get()).toEqual({ step: 'closed' });
  });

  it('is not disturbed by the ringing that stops because of it', async () => {
    const { pickUp, answer } = setUp();
    pickUp.ask();
    void pickUp.confirm();
    pickUp.rings('no');
    pickUp.cancel();
    expect(pickUp.state.get()).toEqual({ step: 'sending' });
    answer()?.resolve(mine);
    await vi.advanceTimersByTimeAsync(0);
    expect(pickUp.state.get()).toEqual({ step: 'closed' });
  });

  it.each(['call-taken', 'call-unknown', 'device-unknown', 'unreachable'] as const)(
    'tells in place that it came to nothing: %s',
    async (code) => {
      const { pickUp, answer } = setUp();
      pickUp.ask();
      void pickUp.confirm();
      answer()?.reject(new ApiError(code));
      await vi.advanceTimersByTimeAsync(0);
      expect(pickUp.state.get()).toEqual({ step: 'told', word: code });
      await vi.advanceTimersByTimeAsync(toldForMs);
      expect(pickUp.state.get()).toEqual({ step: 'closed' });
    },
  );

  it('closes the question with a word when the ringing stops or nobody knows any more', () => {
    const { pickUp } = setUp();
    pickUp.ask();
    pickUp.rings('yes');
    expect(pickUp.state.get()).toEqual({ step: 'asking' });
    pickUp.rings('no');
    expect(pickUp.state.get()).toEqual({ step: 'told', word: 'stopped' });
    pickUp.ask();
    pickUp.rings('unknown');
    expect(pickUp.state.get()).toEqual({ step: 'told', word: 'unknown' });
  });

  it('asks anew under a request id of its own', async () => {
    const { pickUp, bodies, answer } = setUp();
    pickUp.ask();
    void pickUp.confirm();
    answer()?.reject(new ApiError('unreachable'));
    await vi.advanceTimersByTimeAsync(0);
    pickUp.ask();
    // The word of before does not close the question of now.
    await vi.advanceTimersByTimeAsync(toldForMs);
    void pickUp.confirm();
    expect(bodies).toEqual([
      { user: 'bernd', requestId: 'request-1' },
      { user: 'bernd', requestId: 'request-2' },
    ]);
  });
});
