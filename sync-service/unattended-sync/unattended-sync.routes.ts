/** Handlers of `shared/api/unattended-sync.ts`. */
import {
  addMailbox,
  beginUnattendedSync,
  endUnattendedSync,
  getUnattendedSync,
  listMailboxes,
  pauseMailbox,
  removeMailbox,
  resumeMailbox,
  runMailboxNow,
  runUnattendedSync,
} from '../../shared/api/unattended-sync';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import type { UnattendedSyncService } from './unattended-sync.service';

/** Mailboxes in a page where no number is named. */
const usualPage = 100;

export function unattendedSyncRoutes(service: UnattendedSyncService): BoundRoute[] {
  return [
    bind(getUnattendedSync, (_input, { caller }) => service.own(caller.user.id)),
    bind(beginUnattendedSync, (_input, { caller }) => service.begin(caller.user.id)),
    bind(endUnattendedSync, async (_input, { caller }) => {
      await service.end(caller.user.id);
      return undefined;
    }),
    bind(runUnattendedSync, (_input, { caller }) => service.runOwn(caller.user.id)),
    bind(listMailboxes, ({ query: { cursor, limit = usualPage } }) => service.list(cursor, limit)),
    bind(addMailbox, ({ body }, { caller }) => service.add(caller.user.id, body)),
    bind(removeMailbox, async ({ params }, { caller }) => {
      await service.remove(caller.user.id, params.id);
      return undefined;
    }),
    bind(runMailboxNow, ({ params }, { caller }) => service.act(caller.user.id, 'run', params.id)),
    bind(pauseMailbox, ({ params }, { caller }) => service.act(caller.user.id, 'paused', params.id)),
    bind(resumeMailbox, ({ params }, { caller }) => service.act(caller.user.id, 'resumed', params.id)),
  ];
}
