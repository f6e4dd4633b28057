/** What was read of users' calendars, and when it has to be looked at again. */
import * as z from 'zod/mini';
import { readJson } from '../database/database';
import type { Database } from '../database/database';
import { calendarReaders } from '../../shared/presence-calendar';
import type { CalendarReader } from '../../shared/presence-calendar';
import type { KnownCalendar } from './calendar-presence';

export interface KeptCalendar {
  readonly calendar: KnownCalendar;
  /** ISO 8601 UTC. */
  readonly readAt: string;
  readonly readBy: CalendarReader;
}

const interval = z.object({ start: z.number(), end: z.number() });
const knownCalendar = z.object({
  busy: z.array(interval),
  replies: z.optional(z.object({ start: z.number(), end: z.optional(z.number()) })),
});

export interface PresenceCalendarStore {
  find(userId: string): Promise<KeptCalendar | undefined>;
  /** False when the user is not there any more. */
  save(userId: string, kept: KeptCalendar): Promise<boolean>;
  setNext(userId: string, nextAt: string | null): Promise<void>;
  remove(userId: string): Promise<void>;
  /** The time of those has come that wait for no time. */
  wakeAll(now: string): Promise<void>;
  /** Whose time has come, those who wait longest first. */
  due(now: string, limit: number): Promise<string[]>;
}

export function createPresenceCalendarStore(database: Database): PresenceCalendarStore {
  return {
    async find(userId) {
      const row = await database
        .selectFrom('presence_calendars')
        .select(['calendar', 'read_at', 'read_by'])
        .where('user_id', '=', userId)
        .executeTakeFirst();
      return (
        row && {
          calendar: readJson(knownCalendar, row.calendar),
          readAt: row.read_at,
          readBy: z.parse(z.enum(calendarReaders), row.read_by),
        }
      );
    },
    save: (userId, { calendar, readAt, readBy }) =>
      database.transaction().execute(async (db) => {
        const user = await db.selectFrom('users').select('id').where('id', '=', userId).executeTakeFirst();
        if (user === undefined) return false;
        const row = { calendar: JSON.stringify(calendar), read_at: readAt, read_by: readBy, next_at: readAt };
        await db
          .insertInto('presence_calendars')
          .values({ user_id: userId, ...row })
          .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
          .execute();
        return true;
      }),
    async setNext(userId, nextAt) {
      await database.updateTable('presence_calendars').set({ next_at: nextAt }).where('user_id', '=', userId).execute();
    },
    async remove(userId) {
      await database.deleteFrom('presence_calendars').where('user_id', '=', userId).execute();
    },
    async wakeAll(now) {
      await database.updateTable('presence_calendars').set({ next_at: now }).where('next_at', 'is', null).execute();
    },
    async due(now, limit) {
      const rows = await database
        .selectFrom('presence_calendars')
        .select('user_id')
        .where('next_at', '<=', now)
        .orderBy('next_at')
        .limit(limit)
        .execute();
      return rows.map(({ user_id }) => user_id);
    },
  };
}
