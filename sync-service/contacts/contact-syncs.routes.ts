/** Handlers of `shared/api/contact-syncs.ts`. */
import {
  cancelContactSync,
  commitContactSync,
  listContactSyncs,
  openContactSync,
  putSyncBatch,
} from '../../shared/api/contact-syncs';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import type { SyncService } from './sync.service';

export function contactSyncsRoutes(syncs: SyncService): BoundRoute[] {
  return [
    bind(listContactSyncs, async (_input, { caller }) => ({ items: await syncs.list(caller.user.id) })),
    bind(openContactSync, ({ body }, { caller }) => syncs.open(caller.user.id, body)),
    bind(putSyncBatch, ({ params, body }, { caller }) => syncs.putBatch(caller.user.id, params.id, params.n, body)),
    bind(commitContactSync, ({ params, body }, { caller }) => syncs.commit(caller.user.id, params.id, body)),
    bind(cancelContactSync, async ({ params, query }, { caller }) => {
      await syncs.cancel(caller.user.id, params.id, query.reason);
      return undefined;
    }),
  ];
}
