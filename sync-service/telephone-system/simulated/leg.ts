/** A side of a call as it is told: state, parties, and what can be done with it now. Pure. */
import type { CallAbility, CallReason, CallState, OwnMobileState } from '../../../shared/call';
import type { Party } from '../telephone-system';
import { heldBy, isActive, isPair, othersIn, seenBy, stateOf } from './call-model';
import type { Phone, Side } from './call-model';

/** One side of a call at a phone; fields as those of `Connection`. */
export interface Leg {
  readonly id: string;
  readonly callId: string;
  readonly address: string;
  readonly direction: 'incoming' | 'outgoing';
  readonly state: CallState;
  readonly party: Party;
  readonly heldBy?: 'me' | 'other';
  readonly related?: string;
  readonly others?: readonly Party[];
  readonly redirectedFrom?: Party;
  readonly takenBy?: Party;
  readonly purpose?: 'pick-up';
  readonly ownMobile?: OwnMobileState;
  readonly reason?: CallReason;
  readonly startedAt: number;
  readonly connectedAt?: number;
  readonly abilities: readonly CallAbility[];
}

/** What can be done with a side. `second` is the phone's other side. */
export function abilitiesOf(side: Side, second: Side | undefined, voiceBoxes: boolean): CallAbility[] {
  const state = stateOf(side);
  if (state === 'ended') return [];
  if (state === 'alerting') {
    // Sending a group's call on would take it from the others whom it rings.
    if (side.group !== undefined) return ['answer', 'hang-up'];
    return ['answer', 'hang-up', 'deflect', ...(voiceBoxes ? (['deflect-to-voicemail'] as const) : [])];
  }
  const alone = second === undefined || !isActive(second);
  const pair = isPair(side);
  if (state === 'connected') {
    if (!pair) return ['hang-up'];
    if (second === undefined) return ['hang-up', 'hold', 'consult', 'transfer'];
    if (stateOf(second) === 'alerting') return ['hang-up', 'hold', 'transfer'];
    return isPair(second) && second.holds ? ['hang-up', 'conference'] : ['hang-up'];
  }
  if (state !== 'held' || !side.holds) return ['hang-up'];
  if (!pair) return ['hang-up', 'resume'];
  if (alone) return second?.holds === true ? ['hang-up', 'resume'] : ['hang-up', 'resume', 'transfer'];
  const other = stateOf(second);
  if (other === 'connected' && isPair(second)) return ['hang-up', 'resume', 'alternate', 'transfer'];
  return other === 'delivered' ? ['hang-up', 'resume', 'transfer'] : ['hang-up', 'resume'];
}

/** A mobile is no phone of the exchange: it can be hung up on. */
const mobileAbilities = (side: Side): CallAbility[] => (stateOf(side) === 'ended' ? [] : ['hang-up']);

/** The side as it is told: at its phone, or at the phone in whose place a mobile is. */
export function legOf(
  side: Side,
  phone: Pick<Phone, 'address' | 'mobile'>,
  second: Side | undefined,
  voiceBoxes: boolean,
): Leg {
  const held = heldBy(side);
  const { over, related, redirectedFrom, purpose, connectedAt } = side;
  const others = side.call.phase === 'talking' && over === undefined ? othersIn(side).slice(1) : [];
  const reason = over?.reason ?? (stateOf(side) === 'failed' ? side.call.reason : undefined);
  return {
    id: side.id,
    callId: side.call.id,
    address: phone.mobile?.of ?? phone.address,
    direction: side.direction,
    state: stateOf(side),
    party: side.party,
    ...(held === undefined ? {} : { heldBy: held }),
    ...(related === undefined ? {} : { related: related.id }),
    ...(others.length === 0 ? {} : { others: others.map((other) => seenBy(side, other)) }),
    ...(redirectedFrom === undefined ? {} : { redirectedFrom }),
    ...(over?.takenBy === undefined ? {} : { takenBy: over.takenBy }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(phone.mobile === undefined ? {} : { ownMobile: side.call.phase === 'to-lift' ? 'called' : 'answered' }),
    ...(reason === undefined ? {} : { reason }),
    startedAt: side.startedAt,
    ...(connectedAt === undefined ? {} : { connectedAt }),
    abilities: phone.mobile === undefined ? abilitiesOf(side, second, voiceBoxes) : mobileAbilities(side),
  };
}
