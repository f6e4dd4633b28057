/** Why a call was not put through, out of its channels. Pure. */
import type { CallReason } from '../../../../shared/call';
import { reasonOfCause, reasonOfDial } from '../asterisk-reason';
import type { CallView } from './call-view';
import type { Dial, Leg } from './call-legs';

/** What ends within such a time ended together. On a telephone system with much to do the second end can be half a second late. */
const togetherMs = 1500;

/** Of a phone that was called and not answered. `busy`: it had another call just then. */
export function reasonOfCalled(leg: Leg, busy: boolean): CallReason {
  const caller = leg.dial?.by;
  const wasLast = caller !== undefined && caller.dials.at(-1) === leg.dial;
  // Whoever was sent on elsewhere went on after it.
  const gaveUp = wasLast && caller.dialStatus === 'CANCEL' && (caller.endedAt ?? 0) - (leg.endedAt ?? 0) < togetherMs;
  const reason = reasonOfCause(leg.cause ?? 0);
  // "Busy" is what phones say as well when they are told to refuse.
  if (reason === 'busy') return busy ? 'busy' : 'rejected';
  if (reason === 'rejected' || reason === 'unreachable' || reason === 'unknown-number' || reason === 'network') {
    return reason;
  }
  return gaveUp ? 'cancelled' : 'no-answer';
}

/** Most telling first. */
const ranks: readonly CallReason[] = ['cancelled', 'no-answer', 'rejected', 'busy', 'unreachable'];

/** Of a call that somebody made, by what became of those he called. */
export function reasonOfDials(
  view: CallView,
  caller: Leg,
  dials: readonly Dial[],
  busy: ReadonlySet<string>,
): CallReason {
  const last = dials.at(-1);
  const reasons = last === undefined ? [] : view.calledBy(last).map((leg) => reasonOfCalled(leg, busy.has(leg.id)));
  const told = ranks.find((reason) => reasons.includes(reason)) ?? reasons[0];
  if (told !== undefined) return told;
  return reasonOfCause(caller.cause ?? 0) ?? reasonOfDial(caller.dialStatus ?? '', false) ?? 'cancelled';
}

/** Of the own phone that was called so that it may dial, and was not lifted. */
export function reasonOfOwnPhone(leg: Leg): CallReason {
  const reason = reasonOfCause(leg.cause ?? 0);
  return reason === 'no-answer' || reason === 'unreachable' ? reason : 'cancelled';
}
