/** Handlers of `shared/api/calls.ts`. */
import {
  alternateCall,
  answerCall,
  conferenceCall,
  consultCall,
  deflectCall,
  dial,
  hangUpCall,
  holdCall,
  listCalls,
  pickUpCall,
  resumeCall,
  transferCall,
} from '../../shared/api/calls';
import { bind } from '../http/binding';
import type { BoundRoute, Caller } from '../http/binding';
import type { CallUser } from './call-commands';
import type { CallsService } from './calls.service';

const userOf = (caller: Caller): CallUser => ({ id: caller.user.id, siteId: caller.siteId });

export function callsRoutes(service: CallsService): BoundRoute[] {
  return [
    bind(dial, ({ body }, { caller }) => service.dial(userOf(caller), body)),
    bind(listCalls, (_input, { caller }) => {
      const { calls, telephoneSystem } = service.snapshotOf(caller.user.id, caller.siteId);
      return { items: calls, telephoneSystem };
    }),
    bind(pickUpCall, ({ body }, { caller }) => service.pickUp(userOf(caller), body)),
    bind(answerCall, ({ params }, { caller }) => service.answer(userOf(caller), params.id)),
    bind(hangUpCall, ({ params }, { caller }) => service.hangUp(userOf(caller), params.id)),
    bind(holdCall, ({ params }, { caller }) => service.hold(userOf(caller), params.id)),
    bind(resumeCall, ({ params }, { caller }) => service.resume(userOf(caller), params.id)),
    bind(alternateCall, ({ params }, { caller }) => service.alternate(userOf(caller), params.id)),
    bind(conferenceCall, ({ params }, { caller }) => service.conference(userOf(caller), params.id)),
    bind(consultCall, ({ params, body }, { caller }) => service.consult(userOf(caller), params.id, body)),
    bind(transferCall, ({ params, body }, { caller }) => service.transfer(userOf(caller), params.id, body.to)),
    bind(deflectCall, ({ params, body }, { caller }) => service.deflect(userOf(caller), params.id, body.to)),
  ];
}
