/** What a person has set of presence and forwarding. Both go with the user. */
import type { Database } from '../database/database';
import type { PersonalDataSection } from '../personal-data/personal-data';

export function presenceSection(database: Database): PersonalDataSection {
  return {
    name: 'presence',
    async read({ userId }) {
      const presence = await database
        .selectFrom('presence')
        .select(['status', 'return_at', 'return_wall_time', 'return_time_zone', 'information', 'visibility'])
        .select(['sick_visible', 'changed_at', 'changed_by'])
        .where('user_id', '=', userId)
        .executeTakeFirst();
      const forwarding = await database
        .selectFrom('forwarding')
        .select(['rules', 'changed_at', 'changed_by'])
        .where('user_id', '=', userId)
        .executeTakeFirst();
      return { presence: presence ?? null, forwarding: forwarding ?? null };
    },
  };
}
