import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyFile } from '../../../sync-service/contacts/apply-file';
import { createLeftImports } from '../../../sync-service/contacts/left-imports';
import type { JobControl } from '../../../sync-service/database/background-work';
import { openDatabase } from '../../../sync-service/database/database';
import type { Database } from '../../../sync-service/database/database';
import { migrate } from '../../../sync-service/database/migrate';
import { createLogger } from '../../../sync-service/logger';
import { createContactWorld, person, realRules } from '../../fakes/contact-world';
import type { ContactWorld } from '../../fakes/contact-world';
import { munich } from '../../fixtures/dial-plans';

/** Three portions and a little more. */
const count = 1250;

let database: Database;
let world: ContactWorld;
let lastId = 0;
beforeEach(async () => {
  database = openDatabase(':memory:');
  await migrate(database);
  world = await createContactWorld(database);
  for (const user of ['u', 'other']) await world.addUser(user);
});
afterEach(() => database.destroy());

const records = (suffix = '') =>
  Array.from({ length: count }, (_, n) => ({
    position: n + 1,
    itemId: `item ${n}`,
    fields: person(`N${String(n).padStart(4, '0')}${suffix}`, '089 123456'),
  }));

/** An import in whose n-th pause something happens. */
function bring(pauses: (n: number) => Promise<void> | void, { suffix = '', user = 'u' } = {}) {
  let n = 0;
  const control: JobControl = {
    async pause() {
      n += 1;
      await pauses(n);
    },
  };
  const deps = {
    database,
    rules: realRules(),
    pictures: { isPicture: () => false, scale: (bytes: Uint8Array) => Promise.resolve(bytes) },
    newId: () => `import-${(lastId += 1)}`,
  };
  const file = { userId: user, accountKey: 'csv', name: 'CSV', records: records(suffix), dialPlan: munich };
  return applyFile(deps, { ...file, preview: false, now: new Date('2026-03-02T08:00:00.000Z') }, control);
}

/** A process that was killed goes on with nothing any more. */
async function bringUntilKilled(pauses: number, options = {}): Promise<void> {
  await new Promise<void>((killed) => {
    void bring(
      (n) =>
        n < pauses
          ? undefined
          : new Promise(() => {
              killed();
            }),
      options,
    );
  });
}

async function names(user = 'u'): Promise<string[]> {
  const rows = await database.selectFrom('contacts').select('fields').where('user_id', '=', user).execute();
  return rows.map(({ fields }) => (JSON.parse(fields) as { displayName: string }).displayName).sort();
}
const namesOf = (suffix = '') => records(suffix).map(({ fields }) => fields.displayName);

/** Everything that an import writes. */
async function all(): Promise<unknown> {
  const { contacts, history, accounts } = {
    contacts: await database
      .selectFrom('contacts')
      .select(['id', 'fields', 'numbers', 'fingerprint'])
      .orderBy('id')
      .execute(),
    history: await database.selectFrom('sync_history').select(['id', 'status']).orderBy('id').execute(),
    accounts: await database.selectFrom('source_accounts').select(['id', 'generation']).execute(),
  };
  const changes = await database.selectFrom('sync_changes').select(['history_id', 'n']).orderBy('n').execute();
  return { contacts, history, accounts, changes };
}

const leftImports = (alone = true) =>
  createLeftImports({
    database,
    work: { run: (...[job, payload]) => world.work.run(job, payload), close: () => Promise.resolve() },
    now: () => new Date('2026-03-02T08:01:00.000Z'),
    dialPlanOfUser: () => Promise.resolve(munich),
    publish: () => undefined,
    logger: createLogger('silent'),
    alone,
    every: () => () => undefined,
  });

describe('an import of many contacts', () => {
  test('lets others write between its portions, and takes all of them', async () => {
    const seen: number[] = [];
    const outcome = await bring(async () => {
      await world.contacts.create('other', person(`edit ${seen.length}`, '110'));
      seen.push((await names()).length);
    });
    expect(outcome).toMatchObject({ added: count, changed: 0, unchanged: 0 });
    expect(await names()).toEqual(namesOf());
    // Before the first portion and after each.
    expect(seen).toEqual([0, 400, 800, 1200, 1250]);
    expect(await names('other')).toHaveLength(seen.length);
    const { items } = await world.history.changes('u', outcome.historyId ?? '', { limit: 200 });
    expect(items.map(({ name }) => name)).toEqual(namesOf().slice(0, 200));
    expect(await world.history.list('u')).toMatchObject([{ status: 'done', added: count }]);
  });

  test.each([1, 2, 4])('that is cancelled in its pause %s leaves nothing, not even its name', async (pause) => {
    const before = await all();
    const cancelled = bring((n) => {
      if (n === pause) throw new Error('cancelled');
    });
    await expect(cancelled).rejects.toThrow('cancelled');
    expect(await all()).toEqual(before);
    expect(await bring(() => undefined)).toMatchObject({ added: count });
  });

  test('that changes contacts and is cancelled gives them back as they were', async () => {
    await bring(() => undefined);
    const before = await all();
    const cancelled = bring(
      (n) => {
        if (n === 3) throw new Error('cancelled');
      },
      { suffix: ' changed' },
    );
    await expect(cancelled).rejects.toThrow('cancelled');
    expect(await all()).toEqual(before);
  });

  test.each([1, 3, 4])(
    'that is killed in its pause %s is taken back at the next start, and can be done again',
    async (pause) => {
      await bring(() => undefined);
      const before = await all();
      await bringUntilKilled(pause, { suffix: ' changed' });
      expect(await world.history.list('u')).toMatchObject([{ status: 'done' }]);
      await leftImports().start();
      expect(await all()).toEqual(before);
      expect(await bring(() => undefined, { suffix: ' changed' })).toMatchObject({ changed: count });
      expect(await names()).toEqual(namesOf(' changed'));
    },
  );

  test('that the disk has no room for is told, leaves nothing, and is taken once there is room', async () => {
    await bring(() => undefined);
    const before = await all();
    const [size] = (await sql<{ page_count: number }>`pragma page_count`.execute(database)).rows;
    await sql.raw(`pragma max_page_count = ${(size?.page_count ?? 0) + 20}`).execute(database);
    const longer = ` ${'changed '.repeat(25)}`.trimEnd();
    await expect(bring(() => undefined, { suffix: longer })).rejects.toMatchObject({
      code: 'storage-unavailable',
      details: [{ reason: 'disk-full' }],
    });
    expect(await all()).toEqual(before);
    await sql`pragma max_page_count = 1000000`.execute(database);
    expect(await bring(() => undefined, { suffix: longer })).toMatchObject({ changed: count });
  });

  test('of another instance that is at work is not taken back', async () => {
    await bringUntilKilled(2);
    await leftImports(false).start();
    expect(await names()).toHaveLength(400);
  });

  test('leaves to its owner what he makes his own meanwhile, whether it is ended or not', async () => {
    await bring(() => undefined);
    const edit = async (name: string) => {
      const { items } = await world.contacts.list('u', { limit: 200 });
      const contact = items.find(({ displayName }) => displayName.startsWith(name));
      await world.contacts.change('u', contact?.id ?? '', contact?.version ?? 0, { displayName: `${name} mine` });
    };
    const outcome = await bring((n) => (n === 1 ? edit('N0007') : undefined), { suffix: ' changed' });
    expect(outcome).toMatchObject({ changed: count - 1, kept: [8] });
    const cancelled = bring(
      async (n) => {
        if (n === 2) await edit('N0008');
        if (n === 3) throw new Error('cancelled');
      },
      { suffix: ' again' },
    );
    await expect(cancelled).rejects.toThrow('cancelled');
    expect((await names()).slice(7, 10)).toEqual(['N0007 mine', 'N0008 mine', 'N0009 changed']);
  });

  test('refuses another one of the same format meanwhile, and is ended by the deletion of all imports', async () => {
    const refused: unknown[] = [];
    const ended = bring(async (n) => {
      if (n === 2) await bring(() => undefined).catch((error: unknown) => refused.push(error));
      if (n === 3) await world.contacts.removeImported('u');
    });
    await expect(ended).rejects.toMatchObject({ code: 'sync-outdated' });
    expect(refused).toMatchObject([{ code: 'sync-running' }]);
    expect(await all()).toEqual({ contacts: [], history: [], accounts: [], changes: [] });
  });
});
