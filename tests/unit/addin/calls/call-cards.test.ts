import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buttonOrder, buttonsOf } from '../../../../addin/calls/call-buttons';
import {
  anotherTry,
  cardsOf,
  noActions,
  situationOf,
  type CallActions,
  type CallCard,
} from '../../../../addin/calls/call-cards';
import { callAbilities, callReasons, callStates, type Call } from '../../../../shared/call';
import { makeCall } from '../make-call';

const at = (minute: number) => `2026-11-23T09:0${minute}:00Z`;
const cards = (calls: readonly Call[], more: Partial<CallActions> = {}, ended: readonly Call[] = []) =>
  cardsOf({ calls, ended }, { ...noActions, ...more });
function only(calls: readonly Call[], more: Partial<CallActions> = {}): CallCard {
  const [card] = cards(calls, more);
  if (!card) throw new Error('There is no card.');
  return card;
}

const held = makeCall({
  id: 'first',
  state: 'held',
  heldBy: 'me',
  startedAt: at(1),
  party: { number: '331', name: 'Jürgen Müller' },
  abilities: ['hang-up', 'resume', 'alternate', 'transfer'],
});
const consultation = makeCall({
  id: 'second',
  state: 'connected',
  related: 'first',
  startedAt: at(2),
  party: { number: '332', name: 'Søren Kjærgaard' },
  abilities: ['hang-up', 'conference'],
});
const ringing = makeCall({
  id: 'third',
  state: 'alerting',
  direction: 'incoming',
  startedAt: at(3),
  party: { number: '333' },
  abilities: ['answer', 'hang-up', 'deflect-to-voicemail', 'deflect'],
});

describe('Cards', () => {
  it('stand newest first, a consultation directly above the call that waits for it', () => {
    const other = makeCall({ id: 'other', state: 'held', startedAt: at(2).replace('00Z', '30Z') });
    const shown = cards([{ ...held, startedAt: at(1) }, { ...consultation, startedAt: at(2) }, other, ringing]);
    expect(shown.map(({ callId, pair }) => [callId, pair])).toEqual([
      ['third', undefined],
      ['other', undefined],
      ['second', 'upper'],
      ['first', 'lower'],
    ]);
  });

  it('keep their places when calls are alternated', () => {
    const swapped = [
      { ...held, state: 'connected' as const, heldBy: undefined },
      { ...consultation, state: 'held' as const, heldBy: 'me' as const },
    ].map(({ heldBy, ...call }): Call => (heldBy === undefined ? call : { ...call, heldBy }));
    const order = (calls: readonly Call[]) => cards(calls).map(({ callId }) => callId);
    expect(order(swapped)).toEqual(order([held, consultation]));
  });

  it('say whose call waits, whom Transfer connects with, and what going back ends', () => {
    const [upper, lower] = cards([held, consultation]);
    expect(upper).toMatchObject({ consultationOf: held.party, joins: undefined, active: undefined });
    expect(lower).toMatchObject({
      consultationOf: undefined,
      joins: { callId: 'second', party: consultation.party, related: true },
      active: { callId: 'second', related: true },
    });
  });

  it('connect with a consultation that still rings, and not with one that is only dialled', () => {
    const waiting = (state: Call['state']) => cards([held, { ...consultation, state }])[1];
    expect(waiting('delivered')?.joins?.callId).toBe('second');
    expect(waiting('originated')?.joins).toBeUndefined();
    expect(waiting('originated')?.active?.callId).toBe('second');
  });

  it('know of a call that is held when another one is answered', () => {
    expect(cards([{ ...consultation, id: 'a' }, ringing])[0]?.active).toMatchObject({ callId: 'a', related: false });
    expect(cards([held, ringing])[0]?.active).toBeUndefined();
  });

  it('show at once what hold and resume will do, but not while that would end another call', () => {
    const command = (call: Call, ability: 'hold' | 'resume') => ({
      commands: [{ callId: call.id, ability, from: situationOf(call) }],
    });
    const talking = { ...consultation, id: 'a' };
    expect(only([talking], command(talking, 'hold'))).toMatchObject({ state: 'held', heldBy: 'me', busy: 'hold' });
    expect(only([held], command(held, 'resume'))).toMatchObject({ state: 'connected', busy: 'resume' });
    expect(cards([held, consultation], command(held, 'resume'))[1]).toMatchObject({ state: 'held', busy: 'resume' });
  });

  it('of a number that was clicked stand above what was there and below what came since', () => {
    const dial = { requestId: 'click', target: { number: '7' }, knownCalls: ['first', 'second'] };
    const shown = cards([held, consultation, ringing], { pending: [dial] });
    expect(shown.map(({ key }) => key)).toEqual(['third', 'click', 'second', 'first']);
  });

  it('name all who are in a conference', () => {
    const card = only([{ ...held, state: 'connected', others: [consultation.party] }]);
    expect([card.party, ...card.others].map(({ name }) => name)).toEqual(['Jürgen Müller', 'Søren Kjærgaard']);
  });
});

describe('Another try', () => {
  const over = (more: Partial<Call>) =>
    anotherTry(cards([], {}, [makeCall({ state: 'ended', ...more })])[0] as CallCard);

  it('is offered where somebody was busy or did not answer, and for a missed call', () => {
    expect(over({ reason: 'busy' })).toMatchObject({ number: '331' });
    expect(over({ direction: 'incoming', reason: 'no-answer' })).toMatchObject({ number: '331' });
    expect(
      over({ direction: 'incoming', reason: 'cancelled', party: { number: '0711', e164: '+49711' } }),
    ).toMatchObject({ number: '+49711' });
  });

  it('is not offered where it makes no sense or nobody knows whom to call', () => {
    expect(over({ reason: 'unknown-number' })).toBeUndefined();
    expect(over({ direction: 'incoming', reason: 'picked-up' })).toBeUndefined();
    expect(over({ direction: 'incoming', reason: 'cancelled', party: {} })).toBeUndefined();
  });
});

const call = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd'),
  state: fc.constantFrom(...callStates),
  direction: fc.constantFrom('incoming' as const, 'outgoing' as const),
  related: fc.constantFrom('a', 'b', 'c', 'd', 'x'),
  startedAt: fc.constantFrom(at(1), at(2), at(3)),
  reason: fc.constantFrom(...callReasons),
  device: fc.constantFrom('phone', 'mobile'),
  abilities: fc.array(fc.constantFrom(...callAbilities)),
});
const world = fc.record({
  calls: fc.uniqueArray(call, { selector: ({ id }) => id }),
  ended: fc.uniqueArray(call, { selector: ({ id }) => id }),
  known: fc.subarray(['a', 'b', 'c', 'd']),
  busy: fc.constantFrom(...callAbilities),
});

describe('Whatever is told', () => {
  it('there is one card for each call and each click, and a pair stands together', () => {
    fc.assert(
      fc.property(world, ({ calls, ended, known, busy }) => {
        const told = calls.map((more) => makeCall(more));
        const over = ended.map((more) => makeCall({ ...more, state: 'ended' }));
        const dials = ['1', '2'].map((number) => ({ requestId: number, target: { number }, knownCalls: known }));
        const commands = told.map((one) => ({ callId: one.id, ability: busy, from: situationOf(one) }));
        const shown = cards(told, { pending: dials, commands }, over);
        const ids = shown.flatMap(({ callId }) => callId ?? []);
        expect(new Set(ids)).toEqual(new Set([...told, ...over].map(({ id }) => id)));
        expect(new Set(ids).size).toBe(ids.length);
        expect(new Set(shown.map(({ key }) => key)).size).toBe(shown.length);
        shown.forEach(({ pair }, index) => {
          if (pair === 'lower') expect(shown[index - 1]?.pair).toBeDefined();
          if (pair === 'upper') expect(shown[index + 1]?.pair).toBe('lower');
        });
      }),
    );
  });

  it('each ability is offered by exactly one button, always in the same order, and nothing else is', () => {
    expect([...buttonOrder].sort()).toEqual([...callAbilities].sort());
    fc.assert(
      fc.property(world, ({ calls, busy }) => {
        const told = calls.map((more) => makeCall(more));
        const commands = told.map((one) => ({ callId: one.id, ability: busy, from: situationOf(one) }));
        for (const card of cards(told, { commands })) {
          const one = told.find(({ id }) => id === card.callId);
          const buttons = buttonsOf(card).map(({ ability }) => ability);
          const offered = one?.state === 'ended' ? [] : (one?.abilities ?? []);
          expect(buttons).toEqual(buttonOrder.filter((ability) => offered.includes(ability)));
        }
      }),
    );
  });

  it('a call whose command is under way can be hung up, and nothing else', () => {
    const talking = makeCall({ state: 'connected', abilities: ['hang-up', 'hold', 'consult', 'transfer'] });
    const busyWith = (ability: 'hold' | 'hang-up') =>
      buttonsOf(only([talking], { commands: [{ callId: talking.id, ability, from: situationOf(talking) }] }))
        .filter(({ disabled }) => !disabled)
        .map((button) => button.ability);
    expect(busyWith('hold')).toEqual(['hang-up']);
    expect(busyWith('hang-up')).toEqual([]);
  });
});
