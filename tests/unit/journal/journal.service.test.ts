import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DirectoryItem } from '../../../shared/directory';
import type { Database } from '../../../sync-service/database/database';
import { openDatabase } from '../../../sync-service/database/database';
import { migrate } from '../../../sync-service/database/migrate';
import type { CallRecord } from '../../../sync-service/journal/call-records';
import {
  addJournalUsers,
  callRecord,
  createJournalWorld,
  createStandingClock,
  journalBeginning,
  settle,
} from '../../fakes/journal-world';

const anna = { userId: 'anna', siteId: 'munich' };
const bert = { userId: 'bert', siteId: 'munich' };
const day = 86_400_000;
const iso = (ms: number) => new Date(journalBeginning + ms).toISOString();

let database: Database;
let clock: ReturnType<typeof createStandingClock>;
let records: CallRecord[];
const started: ReturnType<typeof createJournalWorld>[] = [];

beforeEach(async () => {
  database = openDatabase(':memory:');
  await migrate(database);
  await addJournalUsers(database, 'munich', ['anna', 'bert']);
  clock = createStandingClock();
  records = [];
});
afterEach(async () => {
  for (const world of started.splice(0)) await world.service.stop();
  await database.destroy();
});

/** Starts the service on what the one before left behind. */
async function start(prepare?: (world: ReturnType<typeof createJournalWorld>) => void) {
  const world = createJournalWorld(database, { siteId: 'munich', userIds: ['anna', 'bert'], clock, records });
  prepare?.(world);
  started.push(world);
  world.service.start();
  await settle();
  await clock.pass(30);
  return world;
}

describe('call records', () => {
  it('become entries at once and the counts are told, to the user only', async () => {
    const world = await start();
    await world.news(callRecord());
    expect((await world.service.list(anna, { folder: 'open' })).items).toMatchObject([
      {
        result: 'not-answered',
        party: { number: '+491713920012', e164: '+491713920012' },
        open: true,
        durationSeconds: 0,
      },
    ]);
    const counts = { open: 1, missed: 1, answered: 0, all: 1, overdue: 0, unseen: 1 };
    expect(world.events).toEqual([{ user: 'anna', event: { type: 'journal', counts } }]);
    expect((await world.service.list(bert, { folder: 'all' })).items).toEqual([]);
  });

  it('of the time the service was away are there once, and not again after the next start', async () => {
    const first = await start();
    await first.news(callRecord());
    await first.service.stop();
    records.push(...Array.from({ length: 10 }, () => callRecord()));
    const second = await start();
    expect((await second.service.list(anna, { folder: 'all' })).items).toHaveLength(11);
    await second.service.stop();
    const third = await start();
    expect((await third.service.forUser('anna').counts()).all).toBe(11);
    expect(third.events).toEqual([]);
  });

  it('in their thousands are read to their end', async () => {
    records.push(...Array.from({ length: 1234 }, () => callRecord()));
    const world = await start();
    for (let n = 0; n < 10; n += 1) await settle();
    expect((await world.service.forUser('anna').counts()).all).toBe(1234);
    expect(world.state.reads).toBe(3);
  });

  it('are asked for every minute, in case nobody told', async () => {
    const world = await start();
    records.push(callRecord());
    await clock.pass(60_000);
    await settle();
    expect((await world.service.forUser('anna').counts()).all).toBe(1);
  });

  it('that cannot be read are tried again with growing pauses; the log says so once, and once that it works', async () => {
    records.push(callRecord());
    const world = await start((made) => {
      made.state.readFails = true;
    });
    await clock.pass(10_000);
    // At 0, 1, 3 and 7 seconds.
    expect(world.state.reads).toBe(4);
    expect(world.log.filter((line) => line.includes('cannot be read just now'))).toHaveLength(1);
    world.state.readFails = false;
    await clock.pass(6000);
    await settle();
    expect((await world.service.forUser('anna').counts()).all).toBe(1);
    expect(world.log.filter((line) => line.includes('can be read again'))).toHaveLength(1);
  });

  it('of nobody, of a time before the user and of a time that is not kept are passed over', async () => {
    const world = await start();
    await world.news(
      callRecord({ device: 'PJSIP/399' }),
      callRecord({ startedAt: journalBeginning - 181 * day }),
      callRecord({ startedAt: Date.UTC(2025, 11, 31), endedAt: Date.UTC(2025, 11, 31) }),
      callRecord({ id: '' }),
    );
    expect((await world.service.forUser('anna').counts()).all).toBe(0);
    world.state.joinedAt = undefined;
    await world.news(callRecord());
    expect((await world.service.forUser('anna').counts()).all).toBe(0);
  });
});

describe('names', () => {
  it('are those of the directories of today, asked for once a page', async () => {
    const item = (id: string, displayName: string): DirectoryItem => ({
      id,
      directory: 'personal',
      displayName,
      numbers: [],
      emails: [],
      company: 'ACME',
    });
    const world = await start();
    await world.news(
      ...Array.from({ length: 40 }, (_, n) => callRecord({ startedAt: journalBeginning + 60_000 + n })),
      callRecord({
        party: { number: '331', name: '331' },
        result: 'taken-over',
        takenBy: { number: '332', name: 'Carl' },
      }),
      callRecord({ party: { number: 'anonymous' } }),
    );
    world.state.directory.set('+491713920012', item('c1', 'Anna Before'));
    await world.service.list(anna, { folder: 'all' });
    world.state.directory.set('+491713920012', item('c1', 'Anna Today'));
    world.state.questions = 0;
    const { items } = await world.service.list(anna, { folder: 'all', limit: 200 });
    expect(world.state.questions).toBe(1);
    expect(items.filter(({ party }) => party.name === 'Anna Today')).toHaveLength(40);
    expect(items.find(({ result }) => result === 'taken-over')).toMatchObject({
      party: { number: '331', display: expect.any(String) as string },
      takenBy: { number: '332', name: 'Carl' },
      open: false,
    });
    expect(items.find(({ party }) => party.name === '331')).toBeUndefined();
    expect(items.filter(({ party }) => Object.keys(party).length === 0)).toHaveLength(1);
  });
});

describe('reminders', () => {
  async function withReminder(ms: number) {
    const world = await start();
    await world.news(callRecord());
    const [entry] = (await world.service.list(anna, { folder: 'all' })).items;
    const id = entry?.id ?? '';
    await world.service.change(anna, id, { note: 'Plan B', remindAt: iso(ms) });
    await settle();
    return { world, id };
  }
  const told = ({ events }: { events: readonly { event: { type: string } }[] }) =>
    events.filter(({ event }) => event.type === 'reminder');

  it('are told once when due, and the entry stays overdue until the reminder is taken away', async () => {
    const { world, id } = await withReminder(3 * 3_600_000);
    await clock.pass(3 * 3_600_000 - 1000);
    expect(told(world)).toEqual([]);
    await clock.pass(1000);
    expect(told(world)).toMatchObject([{ user: 'anna', event: { entry: { id, note: 'Plan B' } } }]);
    await clock.pass(2 * day);
    expect(told(world)).toHaveLength(1);
    expect(await world.service.forUser('anna').counts()).toMatchObject({ overdue: 1, open: 1 });
    await world.service.change(anna, id, { remindAt: null });
    expect((await world.service.forUser('anna').counts()).overdue).toBe(0);
  });

  it('that came due while the service was away are told at start, once', async () => {
    const { world } = await withReminder(3_600_000);
    await world.service.stop();
    await clock.pass(2 * 3_600_000);
    expect(told(world)).toEqual([]);
    const second = await start();
    expect(told(second)).toHaveLength(1);
    await second.service.stop();
    expect(told(await start())).toEqual([]);
  });

  it('of a time that has passed are due at once; more than a year ahead is refused', async () => {
    const { world, id } = await withReminder(-day);
    expect(told(world)).toHaveLength(1);
    const tooLate = world.service.change(anna, id, { remindAt: iso(367 * day) });
    await expect(tooLate).rejects.toMatchObject({
      code: 'request-invalid',
      details: [{ field: 'body.remindAt', reason: 'too-late', value: iso(366 * day + 60) }],
    });
  });
});

describe('what users make of entries', () => {
  it('notes lose control characters and blanks around them; an empty one is none', async () => {
    const world = await start();
    await world.news(callRecord());
    const id = (await world.service.list(anna, { folder: 'all' })).items[0]?.id ?? '';
    const noted = await world.service.change(anna, id, { note: '  Plan\u0000 B\r\nbesprechen\u0007\u007f \n' });
    expect(noted.note).toBe('Plan B\nbesprechen');
    expect((await world.service.change(anna, id, {})).note).toBe('Plan B\nbesprechen');
    expect(await world.service.change(anna, id, { note: ' \u0001\n' })).not.toHaveProperty('note');
  });

  it('done takes out of Open and puts back', async () => {
    const world = await start();
    await world.news(callRecord());
    const id = (await world.service.list(anna, { folder: 'open' })).items[0]?.id ?? '';
    expect((await world.service.change(anna, id, { done: true })).open).toBe(false);
    expect(await world.service.forUser('anna').counts()).toMatchObject({ open: 0, missed: 1 });
    expect((await world.service.change(anna, id, { done: false })).open).toBe(true);
  });

  it('entries of others are not there', async () => {
    const world = await start();
    await world.news(callRecord());
    const id = (await world.service.list(anna, { folder: 'all' })).items[0]?.id ?? '';
    await expect(world.service.change(bert, id, { done: true })).rejects.toMatchObject({ code: 'not-found' });
    await expect(world.service.remove(bert, id)).rejects.toMatchObject({ code: 'not-found' });
    expect(await world.service.removeBefore(bert, iso(day))).toEqual({ deleted: 0 });
    expect(await world.service.markSeen(bert, iso(day))).toMatchObject({ unseen: 0 });
    expect((await world.service.forUser('anna').counts()).unseen).toBe(1);
  });

  it('all can be deleted, in portions, and stays so when everything is read again', async () => {
    const world = await start();
    await world.news(...Array.from({ length: 250 }, () => callRecord()));
    expect(await world.service.removeBefore(anna, iso(day))).toEqual({ deleted: 250 });
    await database.deleteFrom('journal_cursors').execute();
    await world.service.stop();
    const second = await start();
    expect((await second.service.forUser('anna').counts()).all).toBe(0);
  });

  it('a cursor that nobody gave out is refused', async () => {
    const world = await start();
    for (const cursor of ['', 'x', Buffer.from('2026-01-01 x').toString('base64url'), '💥']) {
      const listed = world.service.list(anna, { folder: 'all', cursor });
      await expect(listed).rejects.toMatchObject({ code: 'request-invalid' });
    }
  });
});

describe('the redial list', () => {
  it('holds the last ten numbers that were dialled, each once, newest first, none withheld', async () => {
    const world = await start();
    const dial = (n: number, number: string | undefined) =>
      callRecord({
        direction: 'outgoing',
        startedAt: journalBeginning + n * 60_000,
        party: number === undefined ? {} : { number },
      });
    await world.news(
      ...Array.from({ length: 12 }, (_, n) => dial(n, `0017139200${10 + n}`)),
      dial(20, '+491713920015'),
      dial(21, undefined),
      callRecord({ startedAt: journalBeginning + 22 * 60_000, party: { number: '331' } }),
    );
    const redial = await world.service.redial(anna);
    expect(redial.map(({ e164 }) => e164?.slice(-2))).toEqual([
      '15',
      '21',
      '20',
      '19',
      '18',
      '17',
      '16',
      '14',
      '13',
      '12',
    ]);
    expect(await world.service.redial(bert)).toEqual([]);
  });
});

describe('retention', () => {
  it('lets old entries go, at start and every day, and tells it', async () => {
    const world = await start();
    world.state.joinedAt = '2020-01-01T00:00:00.000Z';
    await world.news(callRecord(), callRecord({ startedAt: journalBeginning - 179 * day }));
    expect((await world.service.forUser('anna').counts()).all).toBe(2);
    await clock.pass(2 * day);
    await settle();
    expect((await world.service.forUser('anna').counts()).all).toBe(1);
    expect(world.events.at(-1)).toMatchObject({ event: { type: 'journal', counts: { all: 1 } } });
    await world.service.stop();
    const second = await start((made) => {
      made.state.retentionDays = 1;
    });
    expect((await second.service.forUser('anna').counts()).all).toBe(0);
  });
});
