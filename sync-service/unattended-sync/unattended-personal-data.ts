/** What unattended sync keeps of a person: which mailbox, when it was read. The secret is given to nobody. */
import type { Database } from '../database/database';
import type { PersonalDataSection } from '../personal-data/personal-data';

export function unattendedSyncSection(database: Database): PersonalDataSection {
  return {
    name: 'unattendedSync',
    read: ({ userId }) =>
      database
        .selectFrom('unattended_mailboxes')
        .select(['mode', 'address', 'interval_minutes', 'created_at', 'last_run_at', 'last_success_at'])
        .select(['last_problem', 'failures', 'paused_reason', 'paused_at'])
        .where('user_id', '=', userId)
        .orderBy('address')
        .execute(),
  };
}
