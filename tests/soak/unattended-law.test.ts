/** The law of sync that nobody watches over many more histories: `RUNS` of them (2,000 where it is not set). */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDatabase } from '../../sync-service/database/database';
import { migrate } from '../../sync-service/database/migrate';
import { createContactWorld } from '../fakes/contact-world';
import { holdUnattendedToTheLaw, unattendedHistories } from '../fakes/unattended-history';

test('a mailbox read by the service is followed in the end, over thousands of histories', async () => {
  const numRuns = Number(process.env['RUNS'] ?? 2000);
  const database = openDatabase(':memory:');
  await migrate(database);
  const world = await createContactWorld(database);
  let users = 0;
  await fc.assert(
    fc.asyncProperty(unattendedHistories, async (history) => {
      await holdUnattendedToTheLaw(world, `user-${(users += 1)}`, history);
    }),
    { numRuns },
  );
  expect(users).toBeGreaterThanOrEqual(numRuns);
  await database.destroy();
});
