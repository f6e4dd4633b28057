/**
 * What a side of a call, as the telephone system tells it, means for the user whose side it is. Pure.
 *
 *                     outgoing                                       incoming
 *
 *      ┌──────────── (nothing) ──────────────┐                      (nothing)
 *      │ dial, pick-up        │ desk phone,  │                          │
 *      ▼                      ▼ consult      │                          ▼
 *  initiated ──lifted──▶ originated          │                      alerting ──deflect──▶ ended forwarded
 *      │ │                 │   │             │                       │ │ │ ────────────▶ ended picked-up
 *      │ │                 │   │ far end     │                       │ │ └─────────────▶ ended answered-elsewhere
 *      │ │ accepts what    │   ▼ rings       │              answered │ └─refused, caller gone─▶ ended
 *      │ │ was picked up   │ delivered       │                       │
 *      │ │                 │   │ answered    │                       │
 *      │ └──────────────┐  │   │             │                       │
 *      │                ▼  ▼   ▼             ▼                       │
 *      │              connected ◀────────────────────────────────────┘
 *      │               │ ▲   │ ▲
 *      │    hold,      │ │   │ │ the target answers
 *      │    consult,   │ │   │ │
 *      │    alternate, │ │   ▼ │
 *      │    far end    │ │  delivered ◀── the far end transfers me to somebody who still rings ── held
 *      │    holds      ▼ │
 *      │             held: resume, alternate, end of the consultation, conference (goes on as one with `others`)
 *      │
 *      ├── busy, no answer, unknown number … ──▶ failed (may give a tone) ──▶ ended
 *      └── hang up, caller gives up ──▶ ended
 *
 *  connected ──conference──▶ ended conferenced       (the held one of both carries it on)
 *  connected, held, delivered ──transfer──▶ ended transferred     (both sides of the user)
 *  every state but ended ──hang up, far end hangs up, link lost and gone in the next snapshot──▶ ended
 *
 * An end is final. The telephone system knows better than this drawing: another change is believed, and logged.
 */
import type { Call, CallAbility, CallParty, CallState } from '../../shared/call';
import type { Connection } from '../telephone-system/telephone-system';

const transitions: Readonly<Record<CallState, readonly CallState[]>> = {
  initiated: ['originated', 'delivered', 'connected', 'failed', 'ended'],
  originated: ['delivered', 'connected', 'failed', 'ended'],
  delivered: ['connected', 'failed', 'ended'],
  alerting: ['connected', 'ended'],
  connected: ['held', 'delivered', 'failed', 'ended'],
  held: ['connected', 'delivered', 'failed', 'ended'],
  failed: ['ended'],
  ended: [],
};

/** The states that regularly follow; in no order. */
export const nextStates = (state: CallState): readonly CallState[] => transitions[state];

/** Whether a side regularly goes from one state to the other. Staying is regular in every state but the last. */
export const isTransition = (from: CallState, to: CallState): boolean =>
  from === to ? from !== 'ended' : transitions[from].includes(to);

/** Whether it is over and can be forgotten. */
export const isOver = (connection: Connection): boolean => connection.state === 'ended';

/**
 * Whether the change may be told: what has ended stays so, and a change that repeats what is known is none. Everything
 * else is believed, for the telephone system knows better than we do.
 */
export function isNews(known: Connection | undefined, told: Connection): boolean {
  if (known === undefined) return true;
  return known.state !== 'ended' && JSON.stringify(known) !== JSON.stringify(told);
}

/** Whether the caller is to stay hidden: the call is picked up, and the user has not accepted it (FAV-4). */
export const hidesCaller = ({ purpose, state, connectedAt }: Connection): boolean =>
  purpose === 'pick-up' && connectedAt === undefined && state !== 'connected' && state !== 'held';

/** The side without what must stay hidden, whatever the adapter says. */
export function withheldUntilAccepted(connection: Connection): Connection {
  if (!hidesCaller(connection)) return connection;
  const { others: _others, ...rest } = connection;
  return { ...rest, party: {} };
}

/** What a side looks like to its user besides what the connection itself says. */
export interface CallView {
  /** Stable id of the card; the first side's. */
  readonly id: string;
  /** Id of the user's device. */
  readonly device: string;
  readonly party: CallParty;
  readonly others?: readonly CallParty[] | undefined;
  readonly redirectedFrom?: CallParty | undefined;
  readonly takenBy?: CallParty | undefined;
  /** Id of the related card. */
  readonly related?: string | undefined;
  readonly abilities: readonly CallAbility[];
}

/** A side of a call as the contract tells it to its user. */
export function toCall(connection: Connection, view: CallView): Call {
  const { callId, state, direction, heldBy, purpose, ownMobile, reason, startedAt, connectedAt } = connection;
  const { id, device, party, others, redirectedFrom, takenBy, related, abilities } = view;
  return {
    id,
    callId,
    device,
    state,
    direction,
    party,
    ...(heldBy === undefined || state !== 'held' ? {} : { heldBy }),
    ...(related === undefined ? {} : { related }),
    ...(others === undefined || others.length === 0 ? {} : { others: [...others] }),
    ...(redirectedFrom === undefined ? {} : { redirectedFrom }),
    ...(takenBy === undefined ? {} : { takenBy }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(ownMobile === undefined ? {} : { ownMobile }),
    ...(reason === undefined ? {} : { reason }),
    startedAt: new Date(startedAt).toISOString(),
    ...(connectedAt === undefined ? {} : { connectedAt: new Date(connectedAt).toISOString() }),
    abilities: [...abilities],
  };
}

/** The end of a call that nobody told, because the link was down: it is missing in the snapshot. The reason is not known. */
export function endedUnseen(connection: Connection): Connection {
  const { reason: _unknown, heldBy: _heldBy, ...rest } = connection;
  return { ...rest, state: 'ended', abilities: [] };
}
