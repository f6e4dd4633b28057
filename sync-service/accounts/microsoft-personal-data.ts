/** The Microsoft accounts of a person. They go with the user. */
import type { Database } from '../database/database';
import type { PersonalDataSection } from '../personal-data/personal-data';

export function microsoftSection(database: Database): PersonalDataSection {
  return {
    name: 'microsoftAccounts',
    read: ({ userId }) =>
      database
        .selectFrom('microsoft_identities')
        .select(['tenant_id', 'object_id', 'account_name', 'linked_by', 'linked_at', 'unlinked_at'])
        .where('user_id', '=', userId)
        .orderBy('linked_at')
        .execute(),
  };
}
