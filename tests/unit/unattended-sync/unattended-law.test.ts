import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../sync-service/database/database';
import { migrate } from '../../../sync-service/database/migrate';
import { createContactWorld } from '../../fakes/contact-world';
import { holdUnattendedToTheLaw, unattendedHistories } from '../../fakes/unattended-history';

test('whatever fails on the way, a mailbox read by the service is followed in the end, and nothing made by hand is lost', async () => {
  const database = openDatabase(':memory:');
  await migrate(database);
  const world = await createContactWorld(database);
  let users = 0;
  await fc.assert(
    fc.asyncProperty(unattendedHistories, async (history) => {
      await holdUnattendedToTheLaw(world, `user-${(users += 1)}`, history);
    }),
    { numRuns: 30 },
  );
  expect(users).toBeGreaterThanOrEqual(30);
  await database.destroy();
}, 180_000);
