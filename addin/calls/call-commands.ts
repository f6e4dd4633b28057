/** Each ability of a call with the route that carries it out. */
import {
  alternateCall,
  answerCall,
  conferenceCall,
  consultCall,
  deflectCall,
  hangUpCall,
  holdCall,
  resumeCall,
  transferCall,
} from '../../shared/api/calls';
import type { Call, CallAbility } from '../../shared/call';
import type { ApiClient } from '../api/client';
import type { DialTarget } from '../shell/dialler';

/** Where a command leads: a number, or another call of the user. */
export type CommandTarget = DialTarget | { readonly callId: string };

const plainRoutes = {
  answer: answerCall,
  'hang-up': hangUpCall,
  hold: holdCall,
  resume: resumeCall,
  alternate: alternateCall,
  conference: conferenceCall,
} as const;

/**
 * Sends the command; answers with the call as the service knew it then, which for a consultation is the new one.
 * @throws ApiError; Error when the target that the command needs is not given.
 */
export function sendCommand(
  client: Pick<ApiClient, 'call'>,
  id: string,
  ability: CallAbility,
  requestId: string,
  to?: CommandTarget,
): Promise<Call> {
  const params = { id };
  switch (ability) {
    case 'consult':
      return client.call(consultCall, { params, body: { number: numberOf(ability, to), requestId } });
    case 'transfer':
      return client.call(transferCall, {
        params,
        body: { to: to && 'callId' in to ? { callId: to.callId } : { number: numberOf(ability, to) } },
      });
    case 'deflect':
      return client.call(deflectCall, { params, body: { to: { number: numberOf(ability, to) } } });
    case 'deflect-to-voicemail':
      return client.call(deflectCall, { params, body: { to: 'voicemail' } });
    default:
      return client.call(plainRoutes[ability], { params });
  }
}

function numberOf(ability: CallAbility, to: CommandTarget | undefined): string {
  if (to && 'number' in to) return to.number;
  throw new Error(`To ${ability} a call needs a number.`);
}
