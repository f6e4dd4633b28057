/** Calendars are read beside the contacts, for whoever wants it, with the mailbox's own credentials. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CalendarReading } from '../../../shared/presence-calendar';
import { createCalendarRuns } from '../../../sync-service/unattended-sync/calendar-runs';
import { address, startMailbox } from '../demo-mailbox/harness';

let world: Awaited<ReturnType<typeof startMailbox>>;
beforeEach(async () => {
  world = await startMailbox({ folders: [], contacts: [] });
});
afterEach(() => world.server.close());

const { signal } = new AbortController();
const mailbox = { id: 'mailbox', userId: 'anna', mode: 'app-only', address } as const;

describe('a run of a mailbox', () => {
  it('reads the calendar of who wants it, then only its changes, and of nobody else', async () => {
    const wanting = new Set<string>();
    const taken: CalendarReading[] = [];
    const run = createCalendarRuns({
      presence: {
        wants: (userId) => Promise.resolve(wanting.has(userId)),
        take: (_userId, reading) => Promise.resolve(void taken.push(reading)),
      },
      fetch: (url, init) => fetch(url, init),
      graphBaseUrl: `${world.origin}/v1.0`,
      timeZoneOf: () => Promise.resolve('Europe/Berlin'),
      now: () => new Date('2026-03-04T08:00:00Z'),
    });
    const token = () => Promise.resolve(world.token);
    const asked = () => world.control.served().requests.length;
    const id = world.mailbox.calendar.add({
      subject: 'Board',
      start: '2026-03-04T09:00:00Z',
      end: '2026-03-04T10:00:00Z',
    });
    await run(mailbox, token, signal);
    expect([taken.length, asked()]).toEqual([0, 0]);
    wanting.add('anna');
    await run(mailbox, token, signal);
    world.mailbox.calendar.remove(id);
    await run(mailbox, token, signal);
    expect(taken.map(({ busy }) => busy.length)).toEqual([1, 0]);
    // Each time one page of the calendar and the automatic replies.
    expect(asked()).toBe(4);
  });
});
