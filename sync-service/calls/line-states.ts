/** What a user's telephones do, as colleagues see it (PRE-5): out of his sides of calls. Pure; never who the other party is. */
import type { LineScopeName, LineState, LineStateName } from '../../shared/line-state';
import type { DialPlan } from '../../shared/dial-plan';
import { ownBlockOf } from '../../shared/number-forms';
import type { NumberReading } from '../../shared/phone-number';
import type { Connection, Party } from '../telephone-system/telephone-system';

/** The state that one side of a call puts a telephone into. A phone that rings because its user dials is calling. */
export function lineStateOf({ state }: Connection): LineStateName {
  switch (state) {
    case 'alerting':
      return 'ringing';
    case 'initiated':
    case 'originated':
    case 'delivered':
    case 'failed': // The line is taken: it gives a tone.
      return 'calling';
    case 'connected':
    case 'held':
      return 'in-call';
    case 'ended':
      return 'idle';
  }
}

/** The state that counts most comes first. */
const ranked: readonly LineStateName[] = ['in-call', 'ringing', 'calling'];

/**
 * Whether a number is of the office: an extension, a number of an own block, or something short that only the telephone
 * system knows. Undefined where the number is withheld.
 */
export function scopeOf(number: string, reading: NumberReading, plan: DialPlan): LineScopeName | undefined {
  if (/[*#]/.test(number)) return 'internal';
  if (reading.problem === 'empty') return undefined;
  if (reading.e164 !== undefined) return ownBlockOf(reading.e164, plan) === undefined ? 'external' : 'internal';
  return reading.extension !== undefined || reading.problem === 'not-an-extension' ? 'internal' : 'external';
}

/**
 * The line state of a user with these sides of calls. `scope` says whether a party is of the office. Outside wins over
 * inside among the sides that make the state.
 */
export function userLineState(
  userId: string,
  connections: readonly Connection[],
  scope: (party: Party, direction: Connection['direction']) => LineScopeName | undefined,
): LineState {
  for (const state of ranked) {
    const sides = connections.filter((connection) => lineStateOf(connection) === state);
    if (sides.length === 0) continue;
    const scopes = sides.flatMap(({ party, others = [], direction }) => [
      scope(party, direction),
      ...others.map((other) => scope(other, 'incoming')),
    ]);
    const found = (['external', 'internal'] as const).find((name) => scopes.includes(name));
    return { userId, state, ...(found === undefined ? {} : { scope: found }) };
  }
  return { userId, state: 'idle' };
}
