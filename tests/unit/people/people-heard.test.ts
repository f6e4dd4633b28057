import { expect, test } from 'vitest';
import { createPeople } from '../../../sync-service/accounts/people';
import { openDatabase } from '../../../sync-service/database/database';
import { migrate } from '../../../sync-service/database/migrate';
import { munich, rules } from './open-people';

test('a change of people is heard of before it is answered, and one that failed is not', async () => {
  const database = openDatabase(':memory:');
  await migrate(database);
  let [version, ids] = [0, 0];
  const people = createPeople({
    ...{ database, rules, timeZone: 'Europe/Berlin' },
    now: () => new Date('2026-03-02T08:00:00.000Z'),
    newId: () => `id-${(ids += 1)}`,
    hashPassword: (password) => Promise.resolve(password),
    endSessions: () => Promise.resolve(),
    heardVersion: () => String(version),
    committed: () => (version += 1),
  });
  await people.sites.saveSites('test', [munich], 'add');
  const { id } = await people.sites.siteNamed(munich.name);
  expect((await people.sites.dialPlanOf(id)).areaCode).toBe('89');

  const moved = { ...munich, dialPlan: { ...munich.dialPlan, areaCode: '30', numberBlocks: [] } };
  await people.sites.saveSites('test', [moved], 'change');
  expect((await people.sites.dialPlanOf(id)).areaCode).toBe('30');

  const before = version;
  await expect(people.sites.saveSites('test', [{ name: 'Nowhere', dialPlan: {} }], 'add')).rejects.toThrow();
  expect(version).toBe(before);

  // What somebody else wrote shows with the next version: until then the plan is not asked for.
  const stored = await people.sites.dialPlanOf(id);
  await database
    .updateTable('sites')
    .set({ dial_plan: JSON.stringify({ ...stored, areaCode: '40' }) })
    .execute();
  expect((await people.sites.dialPlanOf(id)).areaCode).toBe('30');
  version += 1;
  expect((await people.sites.dialPlanOf(id)).areaCode).toBe('40');
  await database.destroy();
});
