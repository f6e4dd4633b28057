import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayName, rowsOf } from '../../../../addin/journal/journal-days';
import { olderThan, reminderSpans, reminderTime } from '../../../../addin/journal/journal-times';
import { makeEntry } from './make-entry';

describe('Reminders', () => {
  it('come after their span, tomorrow at nine, and on Monday of the next week at nine', () => {
    const monday = new Date(2026, 10, 23, 14, 30);
    expect(reminderSpans.map((span) => reminderTime(span, monday))).toEqual([
      new Date(2026, 10, 23, 14, 45),
      new Date(2026, 10, 23, 15, 30),
      new Date(2026, 10, 23, 17, 30),
      new Date(2026, 10, 24, 9),
      new Date(2026, 10, 30, 9),
    ]);
    expect(reminderTime('next-week', new Date(2026, 10, 29, 23, 59))).toEqual(new Date(2026, 10, 30, 9));
  });

  it('are always ahead, whenever they are set', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true, min: new Date(2020, 0), max: new Date(2040, 0) }), (now) => {
        for (const span of reminderSpans) expect(reminderTime(span, now).getTime()).toBeGreaterThan(now.getTime());
      }),
    );
  });
});

describe('Entries older than a span', () => {
  it('are those from before the same time of an earlier day', () => {
    const now = new Date(2026, 4, 31, 12);
    expect(olderThan('1-day', now)).toEqual(new Date(2026, 4, 30, 12));
    expect(olderThan('1-week', now)).toEqual(new Date(2026, 4, 24, 12));
    expect(olderThan('3-months', now)).toEqual(new Date(2026, 1, 28, 12));
    expect(olderThan('6-months', now)).toEqual(new Date(2025, 10, 30, 12));
  });
});

describe('The days of the list', () => {
  const words = { today: 'Today', yesterday: 'Yesterday' };
  const now = new Date(2026, 10, 23, 0, 5);

  it('are called today, yesterday, by weekday and date, and with the year when it is another', () => {
    const name = (day: Date) => dayName(day, now, 'en', words);
    expect(name(new Date(2026, 10, 23, 0, 1))).toBe('Today');
    expect(name(new Date(2026, 10, 22, 23, 59))).toBe('Yesterday');
    expect(name(new Date(2026, 10, 20, 12))).toBe('Friday, November 20');
    expect(name(new Date(2025, 11, 31, 12))).toBe('Wednesday, December 31, 2025');
  });

  it('stand before the first of their entries', () => {
    const at = (id: string, ...time: [number, number, number, number]) =>
      makeEntry({ id, startedAt: new Date(...time).toISOString() });
    const rows = rowsOf([at('c', 2026, 10, 23, 0), at('b', 2026, 10, 22, 23), at('a', 2026, 10, 22, 1)]);
    expect(rows.map((row) => (row.type === 'day' ? 'day' : row.key))).toEqual(['day', 'c', 'day', 'b', 'a']);
  });
});
