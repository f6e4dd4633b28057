/** Presence from the calendar over the end of the service: what one has set, the next one takes back. */
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../../../sync-service/database/database';
import type { Database } from '../../../sync-service/database/database';
import { migrate } from '../../../sync-service/database/migrate';
import type { PresenceInPlace } from '../../../sync-service/presence-calendar/calendar-presence';
import { createPresenceCalendarService } from '../../../sync-service/presence-calendar/presence-calendar.service';
import { createPresenceCalendarStore } from '../../../sync-service/presence-calendar/presence-calendar-store';
import { addPeople } from '../../service/start-service';

const nine = Date.parse('2026-11-02T09:00:00Z');
const hour = 3_600_000;
let database: Database;
let userId: string;
let now: number;
let wanted: boolean;
/** What is stored of the user's presence. */
let inPlace: PresenceInPlace;

beforeEach(async () => {
  database = openDatabase(':memory:');
  await migrate(database);
  await addPeople(database, { hash: () => Promise.resolve('hash'), verify: () => Promise.resolve(true) });
  ({ id: userId } = await database.selectFrom('users').select('id').orderBy('id').executeTakeFirstOrThrow());
  now = nine;
  wanted = true;
  inPlace = { status: 'office', changedAt: nine - hour, changedBy: 'user' };
});
afterEach(() => database.destroy());

/** A service on the same database: what an earlier one had in memory is gone. */
const service = () =>
  createPresenceCalendarService({
    store: createPresenceCalendarStore(database),
    presence: {
      presenceOf: () => inPlace,
      set(_userId, { unlessChangedSince, ...presence }) {
        if (inPlace.changedAt <= unlessChangedSince) inPlace = { ...presence, changedAt: now };
        return Promise.resolve();
      },
    },
    wants: () => Promise.resolve(wanted),
    now: () => now,
    every: () => () => undefined,
    logger: pino({ level: 'silent' }),
  });
const iso = (at: number): string => new Date(at).toISOString();

it('a meeting that one service has set is taken back at its end by the next one', async () => {
  await service().take(userId, { busy: [{ start: iso(nine), end: iso(nine + hour) }] }, 'pane');
  expect(inPlace).toMatchObject({ status: 'meeting', returnAt: nine + hour, changedBy: 'calendar' });
  now = nine + hour / 2;
  await service().look();
  expect(inPlace.status).toBe('meeting');
  now = nine + hour;
  await service().look();
  expect(inPlace).toMatchObject({ status: 'office', changedBy: 'calendar' });
});

it('what was set is taken back also where it was turned off and the service ended before it came to that', async () => {
  await service().take(userId, { busy: [], automaticReplies: {} }, 'pane');
  expect(inPlace.status).toBe('vacation');
  wanted = false;
  now += 1000;
  service().start();
  await expect.poll(() => inPlace.status).toBe('office');
  await expect.poll(() => createPresenceCalendarStore(database).find(userId)).toBeUndefined();
});

it('a status that was set by hand meanwhile stays', async () => {
  await service().take(userId, { busy: [{ start: iso(nine), end: iso(nine + hour) }] }, 'pane');
  inPlace = { status: 'lunch', changedAt: nine + 1000, changedBy: 'user' };
  now = nine + 2 * hour;
  await service().look();
  expect(inPlace.status).toBe('lunch');
});
