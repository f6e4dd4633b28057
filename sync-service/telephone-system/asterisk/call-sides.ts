/**
 * Which sides of calls a phone's leg carries: the one it talks in, and those whose far party it holds. Decided by where
 * the channels are in the dialplan and which bridges they share; so a service started anew decides the same. Pure.
 */
import type { CallState } from '../../../shared/call';
import type { ChannelBook } from './asterisk-channels';
import { contexts, isLocal } from './channel';
import type { Channel } from './channel';
import { failureSettlesMs, stateOf } from './channel-connection';

export interface Side {
  readonly id: string;
  readonly leg: Channel;
  /** Channels at the other end of the leg, or the held one. Several in a conference. */
  readonly far: readonly Channel[];
  /** `same`: nothing is known that would change it. */
  readonly state: CallState | 'same';
  readonly heldBy?: 'me' | 'other';
  /** Held by the dialplan, not by the phone's own key. */
  readonly heldInDialplan?: boolean;
}

/** A far end that neither dials nor is connected within so many milliseconds is a voice: a box, an announcement. */
export const voiceAfterMs = 1000;
const longestChain = 4;

/** Who is in a bridge with the channel, or is the only one that it calls. */
function beyond(channel: Channel, book: ChannelBook): Channel | undefined {
  const mates = book.matesOf(channel);
  const [target] = mates.length === 0 && channel.targets.size === 1 ? channel.targets : [];
  return mates.length === 1 ? mates[0] : book.get(target ?? '');
}

/** The channel of whoever is really at the other end: through Local channels, and of who calls while it rings. */
export function farEndOf(leg: Channel, book: ChannelBook): Channel | undefined {
  const mates = book.matesOf(leg);
  let far = mates.length === 0 && !leg.up ? book.callerOf(leg) : mates[0];
  if (mates.length > 1) return undefined;
  for (let steps = 0; far !== undefined && isLocal(far); steps++) {
    const pair = book.pairOf(far);
    far = pair === undefined || steps === longestChain ? undefined : beyond(pair, book);
  }
  return far;
}

/** How far a call came that goes out through a Local channel which answers at once. */
function reachedThrough(near: Channel, book: ChannelBook, now: number): Side['state'] {
  const pair = book.pairOf(near);
  if (pair === undefined) return 'same';
  if (book.matesOf(pair).length > 0) return 'connected';
  if (pair.failure !== undefined && now - pair.failure.at >= failureSettlesMs) return 'failed';
  if (pair.targetRang) return 'delivered';
  return !pair.hasDialled && now - pair.startedAt >= voiceAfterMs ? 'connected' : 'originated';
}

/** Whether the leg is one of a call that is being put together and says nothing by itself. */
const between: ReadonlySet<string> = new Set([contexts.wait, contexts.join, contexts.after]);

function activeIdOf(leg: Channel, mates: readonly Channel[]): string {
  const [only] = mates;
  if (mates.length === 1 && only?.holderId === leg.id && only.sideId !== undefined) return only.sideId;
  const added = mates.find(({ conferenceOf, sideId }) => conferenceOf === leg.id && sideId !== undefined);
  if (mates.length > 1 && added?.sideId !== undefined) return added.sideId;
  if (leg.context === contexts.consult && leg.consultId !== undefined) return leg.consultId;
  return leg.currentSideId;
}

function activeSide(leg: Channel, book: ChannelBook, now: number): Side | undefined {
  const far = book.matesOf(leg);
  const [mate] = far;
  if (mate === undefined && between.has(leg.context)) return undefined;
  const side = { id: activeIdOf(leg, far), leg, far };
  if (mate === undefined) {
    if (leg.context === contexts.hold) return { ...side, state: 'held', heldBy: 'other' };
    if (leg.context === contexts.consult) return { ...side, state: leg.consultBegan === true ? 'same' : 'originated' };
    return { ...side, state: leg.talked ? 'same' : (stateOf(leg, now) ?? 'same') };
  }
  if (leg.context === contexts.consult && far.length === 1 && isLocal(mate)) {
    return { ...side, state: reachedThrough(mate, book, now) };
  }
  if (far.length === 1 && leg.holdsByPhone) return { ...side, state: 'held', heldBy: 'me' };
  if (far.length === 1 && farEndOf(leg, book)?.holdsByPhone === true) {
    return { ...side, state: 'held', heldBy: 'other' };
  }
  return { ...side, state: stateOf(leg, now) ?? 'same' };
}

/** Sides of calls of the leg, held ones first. */
export function sidesOf(leg: Channel, book: ChannelBook, now: number): readonly Side[] {
  const held = book.heldBy(leg).map((far): Side => {
    return { id: far.sideId ?? far.id, leg, far: [far], state: 'held', heldBy: 'me', heldInDialplan: true };
  });
  const active = activeSide(leg, book, now);
  return active === undefined || held.some(({ id }) => id === active.id) ? held : [...held, active];
}
