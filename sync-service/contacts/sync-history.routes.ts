/** Handlers of `shared/api/sync-history.ts`. */
import { listImportRows, listSyncChanges, listSyncHistory, undoContactSync } from '../../shared/api/sync-history';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import type { SyncHistoryService } from './sync-history.service';

export function syncHistoryRoutes(history: SyncHistoryService): BoundRoute[] {
  return [
    bind(listSyncHistory, async (_input, { caller }) => ({ items: await history.list(caller.user.id) })),
    bind(listSyncChanges, ({ params, query }, { caller }) => history.changes(caller.user.id, params.id, query)),
    bind(listImportRows, ({ params, query }, { caller }) => history.rows(caller.user.id, params.id, query)),
    bind(undoContactSync, ({ params }, { caller }) => history.undo(caller.user.id, params.id)),
  ];
}
