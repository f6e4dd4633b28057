import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../sync-service/database/database';
import { migrate } from '../../../sync-service/database/migrate';
import { histories, holdToTheLaw } from '../../fakes/contact-history';
import { createContactWorld } from '../../fakes/contact-world';

test('after a last sync the directory is (source items − shadowed) ∪ hand-made, and the next plan is empty', async () => {
  const database = openDatabase(':memory:');
  await migrate(database);
  const world = await createContactWorld(database);
  let users = 0;
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      await holdToTheLaw(world, `user-${(users += 1)}`, history);
    }),
    { numRuns: 300 },
  );
  expect(users).toBeGreaterThanOrEqual(300);
  await database.destroy();
}, 180_000);
