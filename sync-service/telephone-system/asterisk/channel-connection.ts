/** What a single channel says of its call: how far it came, and why it ended. Pure. */
import type { CallReason, CallState } from '../../../shared/call';
import { reasonOfCause } from './asterisk-reason';
import { contexts, pickUpPrefix } from './channel';
import type { Channel } from './channel';

/**
 * A call that was not put through is told as failed only after so many milliseconds: the dialplan may send it on
 * somewhere else in the same moment.
 */
export const failureSettlesMs = 250;

/** Fetches a colleague's call, and has not got it yet. */
export const isFetching = ({ id, talked }: Channel): boolean => id.startsWith(pickUpPrefix) && !talked;

/** Is called, and was not sent on to call somebody itself. */
const isCalled = ({ direction, context }: Channel): boolean => direction === 'incoming' && context !== contexts.send;

/** State of a side of a call; undefined as long as it is none that a person notices. */
export function stateOf(channel: Channel, now: number): CallState | undefined {
  if (isFetching(channel)) return 'initiated';
  if (isCalled(channel)) {
    if (channel.up) return 'connected';
    return channel.ringing ? 'alerting' : undefined;
  }
  if (channel.clickToDial && !channel.up) return 'initiated';
  if (channel.talked || (channel.up && channel.context === contexts.voiceBox)) return 'connected';
  if (channel.failure !== undefined && now - channel.failure.at >= failureSettlesMs) return 'failed';
  if (channel.targetRang) return 'delivered';
  // Dialled by hand and answered without a phone at the far end: a voice box, a conference.
  return channel.up && !channel.clickToDial && !channel.hasDialled ? 'connected' : 'originated';
}

/** Why a channel that is hung up ended, and whether its call had failed, which is told first. */
export function endOf(channel: Channel): { readonly reason: CallReason; readonly failed: boolean } {
  const cause = reasonOfCause(channel.hangUpCause ?? 0);
  if (isFetching(channel)) return { reason: ownPhoneReason(channel), failed: false };
  if (channel.talked || (isCalled(channel) && channel.up)) {
    return { reason: cause === 'network' ? 'network' : 'normal', failed: false };
  }
  if (isCalled(channel)) return { reason: channel.endReason ?? 'cancelled', failed: false };
  if (channel.clickToDial && !channel.up) {
    const reason = channel.callBackOf === undefined ? ownPhoneReason(channel) : mobileReason(channel);
    return { reason, failed: false };
  }
  const failure = channel.failure?.reason ?? cause;
  return { reason: failure ?? 'cancelled', failed: failure !== undefined };
}

/** Why the own mobile was not answered, as the network says. */
function mobileReason({ failure, hangUpCause }: Channel): CallReason {
  return failure?.reason ?? reasonOfCause(hangUpCause ?? 0) ?? 'cancelled';
}

/** Why the own phone was not lifted. A refusal there is the user's own change of mind. */
function ownPhoneReason({ hangUpCause, ringing }: Channel): CallReason {
  const reason = reasonOfCause(hangUpCause ?? 0);
  if (reason === 'no-answer' || reason === 'unreachable' || reason === 'answered-elsewhere') return reason;
  return reason === 'busy' && !ringing ? 'busy' : 'cancelled';
}
