import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SyncBatch } from '../../../shared/contact-sync';
import { createContactJobs } from '../../../sync-service/contacts/contact-jobs';
import { planSync } from '../../../sync-service/contacts/plan-sync';
import { readQuietSync } from '../../../sync-service/contacts/quiet-sync';
import type { FolderState } from '../../../sync-service/contacts/staged-changes';
import { createInlineWork } from '../../../sync-service/database/background-work';
import { openDatabase } from '../../../sync-service/database/database';
import { migrate } from '../../../sync-service/database/migrate';
import { createContactWorld, person, realRules } from '../../fakes/contact-world';
import { munich } from '../../fixtures/dial-plans';

const folderId = fc.constantFrom('A', 'B', 'C');
const state = fc.constantFrom('s1', 's2');
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const batch: fc.Arbitrary<SyncBatch> = fc
  .record({
    folders: maybe(
      fc.uniqueArray(fc.record({ id: folderId, name: fc.constantFrom('N', 'M') }), { selector: (f) => f.id }),
    ),
    folder: maybe(fc.record({ id: folderId, state: maybe(state), restarted: maybe(fc.constant(true)) })),
    finished: maybe(fc.array(fc.record({ id: folderId, state }), { maxLength: 2 })),
    changes: fc.array(fc.constant({ type: 'remove' as const, folderId: 'A', itemId: 'x' }), { maxLength: 1 }),
  })
  .map(({ changes, ...rest }) => ({
    ...(Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Partial<SyncBatch>),
    changes,
  }));
const known: fc.Arbitrary<FolderState[]> = fc.uniqueArray(
  fc.record({ id: folderId, name: fc.constant('N'), state: maybe(state) }),
  { selector: ({ id }) => id },
);

test('what is quiet has an empty plan, and leaves the folders that the plan leaves', () => {
  let quiet = 0;
  fc.assert(
    fc.property(fc.array(batch, { maxLength: 3 }), known, (batches, folders) => {
      const read = readQuietSync(batches, folders);
      if (read === undefined) return;
      quiet += 1;
      const stored = folders.map(({ id }) => ({ contactId: id, itemId: id, folderId: id, fingerprint: 'f' }));
      const plan = planSync({
        stored,
        shadows: new Set(),
        detached: folders.map(({ id }) => ({ itemId: `detached ${id}`, folderId: id, fingerprint: 'f' })),
        marks: new Map(),
        folders,
        fromZero: false,
        options: { skipContactsWithoutNumber: false },
        batches,
        read: (raw) => realRules().read(raw, munich),
      });
      expect(
        [plan.add, plan.change, plan.remove, plan.move, plan.touch, plan.detached, plan.unfinished].flat(),
      ).toEqual([]);
      const states = (all: readonly FolderState[]) => new Map(all.map((one) => [one.id, [one.name, one.state]]));
      expect(states(read.folders)).toEqual(states(plan.folders));
      if (!read.foldersChanged) expect(states(read.folders)).toEqual(states(folders));
    }),
    { numRuns: 2000 },
  );
  expect(quiet).toBeGreaterThan(100);
});

test('a sync in which nothing has happened starts no job and advances the account all the same', async () => {
  const database = openDatabase(':memory:');
  await migrate(database);
  const jobs: string[] = [];
  const world = await createContactWorld(database, (deps) => {
    const work = createInlineWork(createContactJobs(deps));
    return {
      ...work,
      run: (job, payload) => {
        jobs.push(job.name);
        return work.run(job, payload);
      },
    };
  });
  await world.addUser('u');
  const open = () =>
    world.syncs.open('u', {
      account: { kind: 'graph', key: 'a', name: 'A' },
      mode: 'delta',
      options: { skipContactsWithoutNumber: false },
    });
  const told = (state: string, ids: string[]): SyncBatch => ({
    folders: [{ id: 'F', name: 'Contacts' }],
    folder: { id: 'F', state },
    changes: ids.map((itemId) => ({ type: 'upsert', folderId: 'F', itemId, contact: person(itemId) })),
  });
  const first = await open();
  await world.syncs.putBatch('u', first.id, 1, told('s1', ['a', 'b']));
  await world.syncs.commit('u', first.id, { batches: 1 });
  expect(jobs).toHaveLength(1);

  // Nothing at all is told: the state that is there does.
  const second = await open();
  const unchanged = { generation: 2, result: { added: 0, changed: 0, removed: 0, unchanged: 2 } };
  expect(await world.syncs.commit('u', second.id, { batches: 0 })).toMatchObject(unchanged);
  // A new state comes with the commit, and a commit that is sent again is answered as the first one was.
  world.wait(60_000);
  const third = await open();
  const last = { n: 1, batch: { changes: [], finished: [{ id: 'F', state: 's2' }] } };
  expect(await world.syncs.commit('u', third.id, { batches: 1, last })).toMatchObject({ generation: 3 });
  expect(jobs).toHaveLength(1);
  expect(await world.syncs.commit('u', third.id, { batches: 1, last })).toMatchObject({ generation: 3 });
  const fourth = await open();
  expect(fourth).toMatchObject({ generation: 3, folders: [{ id: 'F', state: 's2' }] });
  expect((await world.syncs.list('u'))[0]).toMatchObject({ contacts: 2, lastSync: { result: { unchanged: 2 } } });
  expect(await world.history.list('u')).toMatchObject([{ times: 2 }, { added: 2 }]);
  // One contact less is no quiet sync.
  const gone: SyncBatch = {
    folder: { id: 'F', state: 's3' },
    changes: [{ type: 'remove', folderId: 'F', itemId: 'a' }],
  };
  await world.syncs.putBatch('u', fourth.id, 1, gone);
  expect(await world.syncs.commit('u', fourth.id, { batches: 1 })).toMatchObject({ result: { removed: 1 } });
  // Missing batches are asked for, however quiet the others are.
  const fifth = await open();
  await expect(world.syncs.commit('u', fifth.id, { batches: 1 })).rejects.toMatchObject({ code: 'sync-incomplete' });
});
