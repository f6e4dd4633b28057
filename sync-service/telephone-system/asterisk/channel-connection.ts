/** What a channel means for the user at whose phone it is: a side of a call. Pure. */
import type { CallReason, CallState } from '../../../shared/call';
import type { Connection, DeviceAddress } from '../telephone-system';
import type { Channel } from './asterisk-channels';
import { reasonOfCause } from './asterisk-reason';

/**
 * A call that was not put through is told as failed only after so many milliseconds: the dialplan may send it on
 * somewhere else in the same moment.
 */
export const failureSettlesMs = 250;

/** State of a side of a call; undefined as long as it is none that a person notices. */
export function stateOf(channel: Channel, now: number): CallState | undefined {
  if (channel.direction === 'incoming') {
    if (channel.up) return 'connected';
    return channel.ringing ? 'alerting' : undefined;
  }
  if (channel.clickToDial && !channel.up) return 'initiated';
  if (channel.talked) return 'connected';
  if (channel.failure !== undefined && now - channel.failure.at >= failureSettlesMs) return 'failed';
  if (channel.targetRang) return 'delivered';
  // Dialled by hand and answered without a phone at the far end: a voice box, a conference.
  return channel.up && !channel.clickToDial && !channel.hasDialled ? 'connected' : 'originated';
}

function partyOf({ direction, dialled, partyNumber, partyName }: Channel): Connection['party'] {
  const number = direction === 'outgoing' ? (dialled ?? partyNumber) : partyNumber;
  // Click to dial shows the number in place of a name until the far end is known.
  const name = partyName === number || partyName === partyNumber ? undefined : partyName;
  return { ...(number === undefined ? {} : { number }), ...(name === undefined ? {} : { name }) };
}

/** The side of a call as the port tells it. */
export function connectionOf(
  channel: Channel,
  device: DeviceAddress,
  now: number,
  phonesAutoAnswer: boolean,
): Connection | undefined {
  const state = stateOf(channel, now);
  if (state === undefined) return undefined;
  return {
    id: channel.connectionId,
    callId: channel.linkedId,
    device,
    direction: channel.direction,
    state,
    party: partyOf(channel),
    ...(state === 'failed' && channel.failure !== undefined ? { reason: channel.failure.reason } : {}),
    startedAt: channel.startedAt,
    ...(state === 'connected' && channel.connectedAt !== undefined ? { connectedAt: channel.connectedAt } : {}),
    abilities: state === 'alerting' && phonesAutoAnswer ? ['answer', 'hang-up'] : ['hang-up'],
  };
}

/** Why a channel that is hung up ended, and whether its call had failed, which is told first. */
export function endOf(channel: Channel): { readonly reason: CallReason; readonly failed: boolean } {
  const cause = reasonOfCause(channel.hangUpCause ?? 0);
  if (channel.talked || (channel.direction === 'incoming' && channel.up)) {
    return { reason: cause === 'network' ? 'network' : 'normal', failed: false };
  }
  if (channel.direction === 'incoming') return { reason: channel.endReason ?? 'cancelled', failed: false };
  if (channel.clickToDial && !channel.up) return { reason: ownPhoneReason(channel), failed: false };
  const failure = channel.failure?.reason ?? cause;
  return { reason: failure ?? 'cancelled', failed: failure !== undefined };
}

/** Why the own phone was not lifted to dial. A refusal there is the user's own change of mind. */
function ownPhoneReason({ hangUpCause, ringing }: Channel): CallReason {
  const reason = reasonOfCause(hangUpCause ?? 0);
  if (reason === 'no-answer' || reason === 'unreachable') return reason;
  return reason === 'busy' && !ringing ? 'busy' : 'cancelled';
}
