/** Handlers of `shared/api/journal.ts`. */
import {
  changeJournalEntry,
  deleteJournal,
  deleteJournalEntry,
  listJournal,
  listRedial,
  markJournalSeen,
} from '../../shared/api/journal';
import { bind } from '../http/binding';
import type { BoundRoute, Caller } from '../http/binding';
import type { JournalUser } from './call-records';
import type { JournalService } from './journal.service';

const userOf = (caller: Caller): JournalUser => ({ userId: caller.user.id, siteId: caller.siteId });

export function journalRoutes(journal: JournalService): BoundRoute[] {
  return [
    bind(listJournal, ({ query }, { caller }) => journal.list(userOf(caller), query)),
    bind(listRedial, async (_input, { caller }) => ({ items: await journal.redial(userOf(caller)) })),
    bind(changeJournalEntry, ({ params, body }, { caller }) => journal.change(userOf(caller), params.id, body)),
    bind(deleteJournalEntry, async ({ params }, { caller }) => {
      await journal.remove(userOf(caller), params.id);
      return undefined;
    }),
    bind(deleteJournal, ({ query }, { caller }) => journal.removeBefore(userOf(caller), query.before)),
    bind(markJournalSeen, ({ body }, { caller }) => journal.markSeen(userOf(caller), body.until)),
  ];
}
