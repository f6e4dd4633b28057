/** The law of the sync over many more histories: `RUNS` of them (5,000 where it is not set). */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDatabase } from '../../sync-service/database/database';
import { migrate } from '../../sync-service/database/migrate';
import { histories, holdToTheLaw } from '../fakes/contact-history';
import { createContactWorld } from '../fakes/contact-world';

test('the law of the sync holds over thousands of histories', async () => {
  const numRuns = Number(process.env['RUNS'] ?? 5000);
  const database = openDatabase(':memory:');
  await migrate(database);
  const world = await createContactWorld(database);
  let users = 0;
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      await holdToTheLaw(world, `user-${(users += 1)}`, history);
    }),
    { numRuns },
  );
  expect(users).toBeGreaterThanOrEqual(numRuns);
  await database.destroy();
});
