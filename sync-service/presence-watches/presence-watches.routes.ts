/** Handlers of `shared/api/presence-watches.ts`. */
import { listPresenceWatches, unwatchPresence, watchPresence } from '../../shared/api/presence-watches';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import type { PresenceWatchesService } from './presence-watches.service';

export function presenceWatchesRoutes(watches: PresenceWatchesService): BoundRoute[] {
  return [
    bind(listPresenceWatches, (_input, { caller }) => ({ items: [...watches.watchedBy(caller.user.id)] })),
    bind(watchPresence, async ({ params }, { caller }) => {
      await watches.watch(caller.user.id, params.userId);
      return undefined;
    }),
    bind(unwatchPresence, async ({ params }, { caller }) => {
      await watches.unwatch(caller.user.id, params.userId);
      return undefined;
    }),
  ];
}
