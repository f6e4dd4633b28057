/** What presence from the calendar keeps of a person: his busy times of some days, without their contents. */
import type { Database } from '../database/database';
import type { PersonalDataSection } from '../personal-data/personal-data';

export function presenceCalendarSection(database: Database): PersonalDataSection {
  return {
    name: 'presenceCalendar',
    async read({ userId }) {
      const row = await database
        .selectFrom('presence_calendars')
        .select(['calendar', 'read_at', 'read_by'])
        .where('user_id', '=', userId)
        .executeTakeFirst();
      return row === undefined ? null : { ...row, calendar: JSON.parse(row.calendar) as unknown };
    },
  };
}
