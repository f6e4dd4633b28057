/** Routes of `shared/api/forwarding.ts`. */
import { getForwarding, setForwarding } from '../../shared/api/forwarding';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import type { ForwardingService } from './forwarding.service';

export function forwardingRoutes(service: ForwardingService): BoundRoute[] {
  return [
    bind(getForwarding, (_input, { caller }) => service.own(caller.user.id)),
    bind(setForwarding, ({ body }, { caller }) => service.setOwn(caller.user.id, body.rules)),
  ];
}
