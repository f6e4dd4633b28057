/** Presence from the Outlook calendar (PRE-8). It is turned on and off by the setting `presenceFromCalendar`. */
import * as z from 'zod/mini';
import { calendarReaders, calendarReadingSchema } from '../presence-calendar';
import { route } from './route';

export const calendarStateSchema = z.object({
  /** End of the last reading; absent before the first. */
  readAt: z.optional(z.string()),
  readBy: z.optional(z.enum(calendarReaders)),
});
export type CalendarState = z.infer<typeof calendarStateSchema>;

export const getCalendarState = route({
  name: 'getCalendarState',
  method: 'GET',
  path: '/me/presence-calendar',
  access: 'user',
  summary: 'When the own calendar was read last for presence, and by whom.',
  status: 200,
  response: calendarStateSchema,
  errors: [],
});

export const putCalendarReading = route({
  name: 'putCalendarReading',
  method: 'PUT',
  path: '/me/presence-calendar',
  access: 'user',
  summary: 'What the pane has read of the own calendar: busy times and automatic replies, nothing of their contents.',
  body: calendarReadingSchema,
  maxBodyBytes: 128 * 1024,
  status: 200,
  response: calendarStateSchema,
  errors: ['calendar-not-agreed'],
});
