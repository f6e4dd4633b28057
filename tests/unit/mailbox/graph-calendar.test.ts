/** The reader of calendars against a server that answers and refuses as Graph does. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGraphCalendar } from '../../../shared/mailbox/graph-calendar';
import type { GraphCalendarAccess } from '../../../shared/mailbox/graph-calendar';
import { startMailbox } from '../demo-mailbox/harness';

let world: Awaited<ReturnType<typeof startMailbox>>;
let now = new Date('2026-03-04T08:00:00Z');
const links: string[] = [];
const signal = new AbortController().signal;

const calendarOf = (more: Partial<GraphCalendarAccess> = {}) =>
  createGraphCalendar({
    fetch(url, init) {
      links.push(decodeURIComponent(new URL(url).search));
      return fetch(url, init);
    },
    token: () => Promise.resolve(world.token),
    baseUrl: `${world.origin}/v1.0`,
    timeZone: 'Europe/Berlin',
    now: () => now,
    delay: () => Promise.resolve(),
    ...more,
  });
const at = (hour: number, minute = 0) =>
  `2026-03-04T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00Z`;

beforeEach(async () => {
  world = await startMailbox({ folders: [], contacts: [] });
  now = new Date('2026-03-04T08:00:00Z');
  links.length = 0;
});
afterEach(() => world.server.close());

describe('the reader of a calendar', () => {
  it('tells busy times without their contents, and neither private, free, tentative nor cancelled ones', async () => {
    const { calendar } = world.mailbox;
    calendar.add({ subject: 'Board', start: at(9), end: at(10) });
    calendar.add({ subject: 'Doctor', start: at(11), end: at(12), sensitivity: 'private' });
    calendar.add({ subject: 'Birthday', start: at(11), end: at(12), showAs: 'free' });
    calendar.add({ subject: 'Perhaps', start: at(11), end: at(12), showAs: 'tentative' });
    calendar.add({ subject: 'Off', start: at(11), end: at(12), isCancelled: true });
    const reading = await calendarOf().read(signal);
    expect(reading).toEqual({ busy: [{ start: at(9), end: at(10) }] });
    expect(JSON.stringify(reading)).not.toContain('Board');
  });

  it('takes of a series what its occurrences do not tell', async () => {
    const repeats = [{ start: at(13), end: at(14) }];
    world.mailbox.calendar.add({ subject: 'Daily', start: at(9), end: at(10), repeats });
    world.mailbox.calendar.add({ subject: 'Own', start: at(15), end: at(16), repeats: [], sensitivity: 'private' });
    expect((await calendarOf().read(signal)).busy).toEqual([
      { start: at(9), end: at(10) },
      { start: at(13), end: at(14) },
    ]);
  });

  it('reads all pages, then only what has changed, and everything again on another day', async () => {
    const { calendar } = world.mailbox;
    const ids = Array.from({ length: 250 }, (_, n) =>
      calendar.add({ subject: `Talk ${String(n)}`, start: at(9), end: at(9, 1 + (n % 50)) }),
    );
    const reader = calendarOf();
    expect((await reader.read(signal)).busy).toHaveLength(250);
    expect(links.filter((link) => link.includes('$skiptoken'))).toHaveLength(2);
    calendar.remove(ids[0] ?? '');
    calendar.edit(ids[1] ?? '', { showAs: 'free' });
    links.length = 0;
    expect((await reader.read(signal)).busy).toHaveLength(248);
    expect(links.filter((link) => link.includes('token'))).toHaveLength(1);
    expect(links.some((link) => link.includes('startDateTime'))).toBe(false);
    now = new Date('2026-03-05T08:00:00Z');
    await reader.read(signal);
    expect(links.some((link) => link.includes('startDateTime=2026-03-04'))).toBe(true);
  });

  it('begins again where its state is not known any more', async () => {
    const reader = calendarOf();
    await reader.read(signal);
    world.mailbox.calendar.add({ subject: 'New', start: at(9), end: at(10) });
    world.mailbox.calendar.expireStates();
    expect((await reader.read(signal)).busy).toHaveLength(1);
  });

  it('lets the days of an all-day appointment begin where its owner is', async () => {
    world.mailbox.calendar.add({ subject: 'Fair', start: at(0), end: '2026-03-05T00:00:00Z', isAllDay: true });
    expect((await calendarOf().read(signal)).busy).toEqual([
      { start: '2026-03-03T23:00:00.000Z', end: '2026-03-04T23:00:00.000Z' },
    ]);
  });

  it('tells automatic replies, and until when', async () => {
    const { calendar } = world.mailbox;
    const reader = calendarOf();
    calendar.setReplies({ status: 'alwaysEnabled' });
    expect((await reader.read(signal)).automaticReplies).toEqual({});
    calendar.setReplies({ status: 'scheduled', start: at(7), end: at(18) });
    expect((await reader.read(signal)).automaticReplies).toEqual({ start: at(7), end: at(18) });
    calendar.setReplies({ status: 'disabled' });
    expect((await reader.read(signal)).automaticReplies).toBeUndefined();
  });

  it('waits where it is throttled, and tells a missing right and another one’s mailbox', async () => {
    world.control.throttle(2, 1);
    await expect(calendarOf().read(signal)).resolves.toEqual({ busy: [] });
    await expect(calendarOf({ mailbox: 'other@demo.example' }).read(signal)).rejects.toMatchObject({
      reason: 'consent-needed',
    });
  });
});
