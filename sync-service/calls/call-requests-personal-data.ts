/** Commands of the last minutes that made a call. They go with their user. */
import type { Database } from '../database/database';
import type { PersonalDataSection } from '../personal-data/personal-data';

export function callRequestsSection(database: Database): PersonalDataSection {
  return {
    name: 'callRequests',
    read: ({ userId }) =>
      database
        .selectFrom('call_requests')
        .select(['answer', 'until'])
        .where('user_id', '=', userId)
        .orderBy('until')
        .execute(),
  };
}
