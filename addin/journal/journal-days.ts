/** The list as it is shown: entries under the days on which their calls began, in the user's own time zone. */
import type { JournalEntry } from '../../shared/journal';
import type { DateFormat } from '../../shared/profile';
import { writtenDate } from '../shell/i18n/written-date';

export type JournalRow =
  | { readonly type: 'day'; readonly key: string; readonly day: Date }
  | { readonly type: 'entry'; readonly key: string; readonly entry: JournalEntry; readonly index: number };

/** Entries, newest first, with a heading before each day. */
export function rowsOf(entries: readonly JournalEntry[]): JournalRow[] {
  const rows: JournalRow[] = [];
  let before = '';
  for (const [index, entry] of entries.entries()) {
    const day = new Date(entry.startedAt);
    const key = dayKey(day);
    if (key !== before) rows.push({ type: 'day', key: `day ${key}`, day });
    before = key;
    rows.push({ type: 'entry', key: entry.id, entry, index });
  }
  return rows;
}

/** Name of a day: today, yesterday, a weekday of the last week, and with the year when it is another. */
export function dayName(
  day: Date,
  now: Date,
  language: string,
  words: { readonly today: string; readonly yesterday: string },
  dateFormat: DateFormat = 'auto',
): string {
  // The days' noons are compared: a day with a clock change is an hour shorter or longer.
  const daysAgo = Math.round((noonOf(now) - noonOf(day)) / 86_400_000);
  if (daysAgo === 0) return words.today;
  if (daysAgo === 1) return words.yesterday;
  if (dateFormat !== 'auto') {
    const weekday = new Intl.DateTimeFormat(language, { weekday: 'long' }).format(day);
    return `${weekday}, ${writtenDate(day, dateFormat, language)}`;
  }
  return new Intl.DateTimeFormat(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(day.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }),
  }).format(day);
}

function dayKey(day: Date): string {
  return `${day.getFullYear()}-${day.getMonth() + 1}-${day.getDate()}`;
}

function noonOf(day: Date): number {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate(), 12).getTime();
}
