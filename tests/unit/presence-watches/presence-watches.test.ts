import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watchLimit } from '../../../shared/colleague-free';
import type { LiveEvent } from '../../../shared/events';
import type { LineState } from '../../../shared/line-state';
import type { ColleagueStatus } from '../../../shared/presence';
import { openDatabase } from '../../../sync-service/database/database';
import type { Database } from '../../../sync-service/database/database';
import { migrate } from '../../../sync-service/database/migrate';
import { createEventBus } from '../../../sync-service/events/event-bus';
import { createLogger } from '../../../sync-service/logger';
import { createPresenceWatches } from '../../../sync-service/presence-watches/presence-watches.service';
import { addJournalUsers, createStandingClock } from '../../fakes/journal-world';

let db: Database;
const colleagues = Array.from({ length: watchLimit + 1 }, (_, n) => `c${n}`);
beforeEach(async () => {
  db = openDatabase(':memory:');
  await migrate(db);
  await addJournalUsers(db, 'site', ['anna', 'bert', ...colleagues]);
});
afterEach(() => db.destroy());

/** A service over the database; making another one is a restart. */
async function createWorld() {
  const clock = createStandingClock();
  const bus = createEventBus();
  const told: string[] = [];
  bus.subscribe(({ audience, event }) => {
    if (event.type === 'colleague-free' && 'user' in audience) told.push(`${audience.user}: ${event.colleague.id}`);
  });
  const state = {
    status: 'office' as ColleagueStatus,
    line: 'idle' as LineState['state'] | undefined,
    heard: true,
  };
  const watches = createPresenceWatches({
    database: db,
    events: bus,
    statusOf: () => state.status,
    lineOf: () => Promise.resolve(state.line),
    colleagueOf: (_user, id) =>
      Promise.resolve(
        id === 'nobody'
          ? undefined
          : {
              id,
              directory: 'internal' as const,
              displayName: id,
              numbers: [],
              emails: [],
              ...(id === 'group' && { isGroup: true as const }),
            },
      ),
    isHeard: () => state.heard,
    timers: clock.timers,
    logger: createLogger('silent'),
  });
  await watches.start();
  const change = async (event: LiveEvent) => {
    bus.publish({ everybody: true }, event);
    await clock.pass(1000);
  };
  return {
    watches,
    told,
    state,
    clock,
    line: (line: LineState['state'] | undefined) => {
      state.line = line;
      return change({ type: 'line-states', lineStates: [{ userId: 'c1', state: line ?? 'idle' }] });
    },
    presence: (status: ColleagueStatus) => {
      state.status = status;
      return change({ type: 'presence', version: '1', items: [{ userId: 'c1', status }] });
    },
  };
}

describe('"tell me when free"', () => {
  it('tells everybody who waits once when the colleague hangs up, and waits no more', async () => {
    const world = await createWorld();
    await world.line('in-call');
    await world.watches.watch('anna', 'c1');
    await world.watches.watch('anna', 'c1');
    await world.watches.watch('bert', 'c1');
    expect(world.watches.watchedBy('anna').map(({ userId }) => userId)).toEqual(['c1']);
    await world.clock.pass(5000);
    expect(world.told).toEqual([]);
    await world.line('idle');
    expect(world.told).toEqual(['anna: c1', 'bert: c1']);
    await world.line('in-call');
    await world.line('idle');
    expect(world.told).toHaveLength(2);
    expect(world.watches.watchedBy('anna')).toEqual([]);
  });

  it('wants both, the office and an idle line; a line that nobody knows is not idle, and who hides is not free', async () => {
    const world = await createWorld();
    await world.presence('meeting');
    await world.watches.watch('anna', 'c1');
    await world.line('in-call');
    await world.presence('office');
    await world.line(undefined);
    await world.presence('not-visible');
    world.state.line = 'idle';
    await world.presence('absent');
    expect(world.told).toEqual([]);
    await world.presence('office');
    expect(world.told).toEqual(['anna: c1']);
  });

  it('is not misled by a moment between two calls', async () => {
    const world = await createWorld();
    await world.line('in-call');
    await world.watches.watch('anna', 'c1');
    world.state.line = 'idle';
    await world.clock.pass(300);
    await world.line('in-call');
    expect(world.told).toEqual([]);
  });

  it('tells at once of who is free already', async () => {
    const world = await createWorld();
    await world.watches.watch('anna', 'c1');
    await world.clock.pass(1000);
    expect(world.told).toEqual(['anna: c1']);
  });

  it('waits through a restart, and until somebody hears it', async () => {
    const before = await createWorld();
    await before.line('in-call');
    await before.watches.watch('anna', 'c1');
    before.watches.stop();
    const world = await createWorld();
    world.state.heard = false;
    await world.line('idle');
    expect(world.told).toEqual([]);
    expect(world.watches.watchedBy('anna')).toHaveLength(1);
    world.state.heard = true;
    world.watches.heard('anna');
    await world.clock.pass(1000);
    expect(world.told).toEqual(['anna: c1']);
    expect(await db.selectFrom('presence_watches').selectAll().execute()).toEqual([]);
  });

  it('is taken back, refused for whoever is no colleague, and has an end', async () => {
    const world = await createWorld();
    await world.line('in-call');
    await world.watches.watch('anna', 'c1');
    await world.watches.unwatch('anna', 'c1');
    await world.watches.unwatch('anna', 'c1');
    await world.line('idle');
    expect(world.told).toEqual([]);
    for (const id of ['anna', 'nobody', 'group'])
      await expect(world.watches.watch('anna', id)).rejects.toMatchObject({ code: 'not-found' });
    world.state.line = 'in-call';
    for (const id of colleagues.slice(0, watchLimit)) await world.watches.watch('anna', id);
    await expect(world.watches.watch('anna', colleagues[watchLimit] ?? '')).rejects.toMatchObject({
      code: 'watches-full',
    });
  });

  it('tells nobody who was removed meanwhile', async () => {
    const world = await createWorld();
    await world.line('in-call');
    await world.watches.watch('bert', 'c1');
    await db.deleteFrom('users').where('id', '=', 'bert').execute();
    await world.line('idle');
    expect(world.told).toEqual([]);
  });
});
