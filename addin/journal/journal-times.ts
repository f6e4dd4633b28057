/** Times that the user chooses: when to be reminded, and how old what is deleted shall be. In his own time zone. */

/** Spans of reminders, as the list offers them. */
export const reminderSpans = ['15-minutes', '1-hour', '3-hours', 'tomorrow', 'next-week'] as const;
export type ReminderSpan = (typeof reminderSpans)[number];

/** Hour of the day at which "tomorrow" and "next week" remind. */
const morning = 9;

/** When to remind: tomorrow and on Monday of the next week at nine, the others after their time. */
export function reminderTime(span: ReminderSpan, now: Date): Date {
  const minutes = { '15-minutes': 15, '1-hour': 60, '3-hours': 180 };
  if (span !== 'tomorrow' && span !== 'next-week') return new Date(now.getTime() + minutes[span] * 60_000);
  // Sunday is day 0, and the Monday after it is the next day.
  const days = span === 'tomorrow' ? 1 : (8 - now.getDay()) % 7 || 7;
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, morning);
}

/** Ages from which entries are deleted (JRN-3). */
export const deletionAges = ['1-day', '1-week', '1-month', '3-months', '6-months'] as const;
export type DeletionAge = (typeof deletionAges)[number];

/** Calls that began before this time are older than the age. A month ago from the 31st is the last day of a shorter month. */
export function olderThan(age: DeletionAge, now: Date): Date {
  const time = new Date(now);
  if (age === '1-day' || age === '1-week') {
    time.setDate(time.getDate() - (age === '1-day' ? 1 : 7));
    return time;
  }
  const months = { '1-month': 1, '3-months': 3, '6-months': 6 }[age];
  const day = time.getDate();
  time.setDate(1);
  time.setMonth(time.getMonth() - months);
  const lastDay = new Date(time.getFullYear(), time.getMonth() + 1, 0).getDate();
  time.setDate(Math.min(day, lastDay));
  return time;
}
