/** Handlers of `shared/api/calls.ts`. */
import { answerCall, dial, hangUpCall, listCalls } from '../../shared/api/calls';
import { bind } from '../http/binding';
import type { BoundRoute, Caller } from '../http/binding';
import type { CallsService, CallUser } from './calls.service';

const userOf = (caller: Caller): CallUser => ({ id: caller.user.id, siteId: caller.siteId });

export function callsRoutes(service: CallsService): BoundRoute[] {
  return [
    bind(dial, ({ body }, { caller }) => service.dial(userOf(caller), body)),
    bind(listCalls, (_input, { caller }) => {
      const { calls, telephoneSystem } = service.snapshotOf(caller.user.id, caller.siteId);
      return { items: calls, telephoneSystem };
    }),
    bind(answerCall, ({ params }, { caller }) => service.answer(userOf(caller), params.id)),
    bind(hangUpCall, ({ params }, { caller }) => service.hangUp(userOf(caller), params.id)),
  ];
}
