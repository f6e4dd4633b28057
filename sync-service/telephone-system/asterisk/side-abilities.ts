/** What can be done with a side of a call now: exactly what its channels, and the phone's other side, allow. Pure. */
import type { CallAbility, CallState } from '../../../shared/call';
import type { ChannelBook } from './asterisk-channels';
import type { AsteriskSettings } from './asterisk-settings';
import type { Side } from './call-sides';
import { contexts } from './channel';
import type { Channel } from './channel';

/** A side with the state that is told. */
export interface SideNow extends Side {
  readonly state: CallState;
  /** It says nothing new just now: its leg is on the way from one place to another. */
  readonly isBetween: boolean;
}

/** The one channel at the other end, where it can be steered. */
export function onlyFar(side: Pick<Side, 'far'>): Channel | undefined {
  return side.far.length === 1 ? side.far[0] : undefined;
}

/** Talks with one party, or holds one by the phone's own key: the dialplan can take both legs over. */
const isSteerable = ({ leg, far, state }: SideNow): boolean =>
  far.length === 1 && leg.bridgeId !== undefined && leg.context !== contexts.hold && state !== 'alerting';

const talks = (side: SideNow): boolean => side.state === 'connected' && isSteerable(side);
const holds = (side: SideNow): boolean => side.state === 'held' && side.heldBy === 'me' && side.far.length === 1;
/** Rings or is about to at the far end, and can be given away. */
const ringsOut = ({ state, leg, far }: SideNow): boolean =>
  (state === 'originated' || state === 'delivered') && leg.context === contexts.consult && far.length === 1;

/** The phone's other side, when there is exactly one. */
export function otherSide(side: SideNow, ofDevice: readonly SideNow[]): SideNow | undefined {
  const others = ofDevice.filter(({ id, state }) => id !== side.id && state !== 'ended');
  return others.length === 1 ? others[0] : undefined;
}

/** How a ringing call can be answered from here. */
export function waysToAnswer(
  side: SideNow,
  ofDevice: readonly SideNow[],
  book: ChannelBook,
  settings: Pick<AsteriskSettings, 'phonesAutoAnswer'>,
): 'ring-again' | 'on-own-leg' | undefined {
  if (side.state !== 'alerting' || book.callerOf(side.leg) === undefined) return undefined;
  if (ofDevice.length === 1) return settings.phonesAutoAnswer ? 'ring-again' : undefined;
  const other = otherSide(side, ofDevice);
  return other !== undefined && (talks(other) || other.heldInDialplan === true) ? 'on-own-leg' : undefined;
}

/** The abilities, in no particular order. `ofDevice` are all sides of the same phone. */
export function abilitiesOf(
  side: SideNow,
  ofDevice: readonly SideNow[],
  book: ChannelBook,
  settings: Pick<AsteriskSettings, 'phonesAutoAnswer' | 'voiceBoxes'>,
): readonly CallAbility[] {
  if (side.state === 'ended') return [];
  if (side.leg.callBackOf !== undefined) return ['hang-up'];
  const abilities: CallAbility[] = ['hang-up'];
  const other = otherSide(side, ofDevice);
  if (side.state === 'alerting') {
    if (waysToAnswer(side, ofDevice, book, settings) !== undefined) abilities.unshift('answer');
    const caller = book.callerOf(side.leg);
    // Who rings with others rings for all of them: sending it on would take it away from them.
    if (caller !== undefined && caller.targets.size === 1) {
      abilities.push('deflect', ...(settings.voiceBoxes ? (['deflect-to-voicemail'] as const) : []));
    }
    return abilities;
  }
  const second = other?.state === 'alerting' ? undefined : other;
  if (holds(side)) {
    if (side.heldInDialplan === true) abilities.push('resume');
    if (second === undefined || talks(second) || (ringsOut(second) && second.state === 'delivered')) {
      abilities.push('transfer');
    }
    if (second !== undefined && talks(second)) abilities.push('alternate');
  } else if (talks(side) && second === undefined) {
    abilities.push('hold', 'transfer');
    if (ofDevice.length === 1) abilities.push('consult');
  } else if (talks(side) && second !== undefined && holds(second)) abilities.push('conference');
  return abilities;
}

/** Whether the phone's other side can be given away: it talks, or still rings. */
export const canBeGiven = (side: SideNow): boolean => talks(side) || ringsOut(side);
