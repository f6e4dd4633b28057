/** Routes of `shared/api/presence.ts`. */
import { changePresenceVisibility, getOwnPresence, listPresence, setOwnPresence } from '../../shared/api/presence';
import { writePresenceSnapshot } from '../../shared/presence-snapshot';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import type { PresenceService } from './presence.service';

export function presenceRoutes(service: PresenceService): BoundRoute[] {
  return [
    bind(listPresence, (_input, context) => {
      const list = service.list();
      context.setHeader('ETag', `"${list.version}"`);
      return writePresenceSnapshot(list);
    }),
    bind(getOwnPresence, (_input, { caller }) => service.own(caller.user.id)),
    bind(setOwnPresence, ({ body }, { caller }) => service.setOwn(caller.user.id, body)),
    bind(changePresenceVisibility, ({ body }, { caller }) => service.changeVisibility(caller.user.id, body)),
  ];
}
