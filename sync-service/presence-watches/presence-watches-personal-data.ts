/** Whom a person waits for. Both columns go with their users, so nothing has to be forgotten besides. */
import type { Database } from '../database/database';
import type { PersonalDataSection } from '../personal-data/personal-data';

export function presenceWatchesSection(database: Database): PersonalDataSection {
  return {
    name: 'presenceWatches',
    read: ({ userId }) =>
      database
        .selectFrom('presence_watches')
        .innerJoin('users', 'users.id', 'presence_watches.watched_id')
        .select(['users.display_name as colleague', 'presence_watches.created_at as since'])
        .where('presence_watches.user_id', '=', userId)
        .orderBy('presence_watches.created_at')
        .execute(),
  };
}
