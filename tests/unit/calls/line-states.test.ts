import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { callStates } from '../../../shared/call';
import { lineStateSchema } from '../../../shared/line-state';
import { lineStateOf, scopeOf, userLineState } from '../../../sync-service/calls/line-states';
import { createNumberRules } from '../../../shared/phone-number';
import { numberLibrary } from '../../../shared/number-library-min';
import type { Connection } from '../../../sync-service/telephone-system/telephone-system';

const side = (state: Connection['state'], number = '331'): Connection => ({
  id: `${state}-${number}`,
  callId: 'call-1',
  device: 'phone/330',
  direction: 'incoming',
  state,
  party: { number, name: 'Otto Secret' },
  startedAt: 0,
  abilities: [],
});
const scope = ({ number = '' }: { number?: string }) => (number.length === 3 ? 'internal' : 'external');

describe('line states of colleagues', () => {
  it('tells apart ringing, calling and being in a call', () => {
    expect(callStates.map((state) => [state, lineStateOf(side(state))])).toEqual([
      ['initiated', 'calling'],
      ['originated', 'calling'],
      ['delivered', 'calling'],
      ['alerting', 'ringing'],
      ['connected', 'in-call'],
      ['held', 'in-call'],
      ['failed', 'calling'],
      ['ended', 'idle'],
    ]);
  });

  it('of several sides tells the one that counts most, and outside before inside', () => {
    expect(userLineState('u', [side('alerting', '030123456'), side('held')], scope)).toEqual({
      userId: 'u',
      state: 'in-call',
      scope: 'internal',
    });
    expect(userLineState('u', [side('held'), side('connected', '030123456')], scope).scope).toBe('external');
    const conference = { ...side('connected'), others: [{ number: '030123456' }] };
    expect(userLineState('u', [conference], scope).scope).toBe('external');
    expect(userLineState('u', [], scope)).toEqual({ userId: 'u', state: 'idle' });
  });

  it('never says who the other party is', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...callStates), fc.stringMatching(/^\d{3,9}$/))), (sides) => {
        const told = userLineState(
          'u',
          sides.map(([state, number]) => side(state, number)),
          scope,
        );
        expect(lineStateSchema.parse(told)).toEqual(told);
        expect(Object.keys(told).filter((key) => !['userId', 'state', 'scope'].includes(key))).toEqual([]);
      }),
    );
  });

  it('takes extensions and the own block for inside, the rest for outside, a withheld number for neither', () => {
    const plan = {
      countryCode: '49',
      areaCode: '89',
      trunkAccessCode: '0',
      nationalPrefix: '0',
      internationalPrefix: '00',
      numberBlocks: ['+49897007'],
      extensionLength: 3,
      emergencyNumbers: ['110'],
    };
    const rules = createNumberRules(numberLibrary);
    const read = (number: string) => scopeOf(number, rules.readSignalled(number, plan), plan);
    expect([read('331'), read('+49897007331'), read('0897007331'), read('3300'), read('*97')]).toEqual(
      Array(5).fill('internal'),
    );
    expect([read('+4930123456'), read('030123456'), read('110')]).toEqual(Array(3).fill('external'));
    expect([read('anonymous'), read('')]).toEqual([undefined, undefined]);
  });
});
