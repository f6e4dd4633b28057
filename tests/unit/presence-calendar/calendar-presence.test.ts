import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PresenceAuthor } from '../../../shared/presence';
import { presenceStatuses } from '../../../shared/presence';
import {
  decideCalendarPresence,
  isFromCalendar,
  joinIntervals,
} from '../../../sync-service/presence-calendar/calendar-presence';
import type { KnownCalendar, PresenceInPlace } from '../../../sync-service/presence-calendar/calendar-presence';

const office: PresenceInPlace = { status: 'office', changedAt: 0, changedBy: 'system' };
const decide = (calendar: KnownCalendar, presence: PresenceInPlace, now: number) =>
  decideCalendarPresence(calendar, presence, now);

describe('a calendar', () => {
  it('sets Meeting with the end of adjoining appointments as return, and Office at their end', () => {
    const calendar = {
      busy: [
        { start: 20, end: 30 },
        { start: 10, end: 20 },
        { start: 40, end: 50 },
      ],
    };
    expect(decide(calendar, office, 5)).toEqual({ nextAt: 10 });
    expect(decide(calendar, office, 10)).toEqual({ set: { status: 'meeting', returnAt: 30 }, nextAt: 30 });
    const meeting: PresenceInPlace = { status: 'meeting', returnAt: 30, changedAt: 10, changedBy: 'calendar' };
    expect(decide(calendar, meeting, 20)).toEqual({ nextAt: 30 });
    expect(decide(calendar, meeting, 30)).toEqual({ set: { status: 'office' }, nextAt: 40 });
  });

  it('sets Vacation for automatic replies before any meeting, until their end or until they are turned off', () => {
    const busy = [{ start: 10, end: 20 }];
    expect(decide({ busy, replies: { start: 5, end: 90 } }, office, 12)).toEqual({
      set: { status: 'vacation', returnAt: 90 },
      nextAt: 20,
    });
    expect(decide({ busy: [], replies: { start: 5 } }, office, 12)).toEqual({ set: { status: 'vacation' } });
    const vacation: PresenceInPlace = { status: 'vacation', changedAt: 5, changedBy: 'calendar' };
    expect(decide({ busy: [] }, vacation, 13)).toEqual({ set: { status: 'office' } });
    expect(decide({ busy }, vacation, 13)).toEqual({ set: { status: 'meeting', returnAt: 20 }, nextAt: 20 });
  });

  it('leaves alone who came back to Office by hand while it lasted, and sets the next meeting again', () => {
    const calendar = {
      busy: [
        { start: 10, end: 20 },
        { start: 30, end: 40 },
      ],
    };
    const back: PresenceInPlace = { status: 'office', changedAt: 12, changedBy: 'user' };
    expect(decide(calendar, back, 15).set).toBeUndefined();
    expect(decide(calendar, back, 30).set).toEqual({ status: 'meeting', returnAt: 40 });
  });
});

const interval = fc
  .tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: -5, max: 40 }))
  .map(([start, length]) => ({ start, end: start + length }));
const calendars = fc.record({
  busy: fc.array(interval, { maxLength: 8 }),
  replies: fc.option(
    fc.record({
      start: fc.integer({ min: 0, max: 200 }),
      end: fc.option(fc.integer({ min: 0, max: 240 }), { nil: undefined }),
    }),
    { nil: undefined },
  ),
});
const author = fc.constantFrom<PresenceAuthor>('user', 'telephone');
const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('read' as const), calendar: calendars }),
    fc.record({ do: fc.constant('hand' as const), status: fc.constantFrom(...presenceStatuses), by: author }),
    fc.record({ do: fc.constant('wait' as const), time: fc.integer({ min: 1, max: 60 }) }),
  ),
  { maxLength: 30 },
);

describe('whatever happens in whatever order', () => {
  it('a status set by hand stays, and what the calendar set is gone when its times are over', () => {
    fc.assert(
      fc.property(steps, (history) => {
        let now = 1;
        let calendar: KnownCalendar = { busy: [] };
        let presence = office;
        const act = () => {
          const { set } = decide(calendar, presence, now);
          if (set === undefined) return;
          // Never over a status chosen by hand.
          expect(presence.status === 'office' || isFromCalendar(presence)).toBe(true);
          presence = { ...set, changedAt: now, changedBy: 'calendar' };
        };
        for (const step of history) {
          now += 1;
          if (step.do === 'read') ({ calendar } = step);
          if (step.do === 'hand') presence = { status: step.status, changedAt: now, changedBy: step.by };
          if (step.do === 'wait') {
            // The service looks at each time that a decision names.
            const until = now + step.time;
            for (let next = decide(calendar, presence, now).nextAt; next !== undefined && next <= until;) {
              now = next;
              act();
              next = decide(calendar, presence, now).nextAt;
            }
            now = until;
          }
          act();
          // Deciding twice is deciding once.
          expect(decide(calendar, presence, now).set).toBeUndefined();
        }
        now = 10_000;
        if (calendar.replies?.end === undefined) calendar = { busy: calendar.busy };
        act();
        expect(isFromCalendar(presence)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('joined intervals are apart, in order, and cover the same times', () => {
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 12 }), fc.integer({ min: -1, max: 250 }), (intervals, time) => {
        const joined = joinIntervals(intervals);
        joined.slice(1).forEach(({ start }, index) => expect(start).toBeGreaterThan(joined[index]?.end ?? Infinity));
        const covers = (list: readonly { start: number; end: number }[]) =>
          list.some(({ start, end }) => start <= time && time < end);
        expect(covers(joined)).toBe(covers(intervals));
      }),
    );
  });
});
