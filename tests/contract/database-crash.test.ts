import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../sync-service/database/database';
import { migrate } from '../../sync-service/database/migrate';
import { crashBatches, crashOpen } from '../fakes/contact-crash-story';
import { createContactWorld } from '../fakes/contact-world';
import type { ContactWorld } from '../fakes/contact-world';

// Inside the project, so that the built file finds the packages that are not bundled.
const folder = mkdtempSync(resolve('node_modules/.cache-crash-'));
const child = join(folder, 'child.mjs');
beforeAll(async () => {
  await build({
    entryPoints: [resolve('tests/fakes/contact-crash-child.ts')],
    outfile: child,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'silent',
  });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function sync(world: ContactWorld, which: 'first' | 'second', generation: number) {
  const { id, folders } = await world.syncs.open('u', crashOpen(which, generation));
  for (const [index, batch] of crashBatches(which).entries()) await world.syncs.putBatch('u', id, index + 1, batch);
  await world.syncs.commit('u', id, {});
  return folders;
}
async function names(world: ContactWorld): Promise<string[]> {
  const { items } = await world.contacts.list('u', { limit: 200 });
  return items.map(({ displayName }) => displayName).sort();
}
const after = (which: string, from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => `${which} ${from + n}`).sort();
const old = after('first', 0, 60);
const renewed = after('second', 10, 120);

describe('a process that is killed', () => {
  test.each([
    ['between two batches', 'batch:2', old],
    ['before the commit', 'batch:3', old],
    ['at the first contact of the commit', 'id:1', old],
    ['in the middle of the commit', 'id:40', old],
    ['right behind the commit', 'committed', renewed],
  ])('%s leaves the old state or the new one, whole, and the next sync goes on', async (_when, place, expected) => {
    const file = join(folder, `${place.replace(':', '-')}.db`);
    const before = openDatabase(file);
    await migrate(before);
    const first = await createContactWorld(before);
    await first.addUser('u');
    await sync(first, 'first', 0);
    await before.destroy();

    const killed = spawnSync(process.execPath, [child, file, place], { encoding: 'utf8', timeout: 30_000 });
    expect([killed.signal, killed.stderr]).toEqual(['SIGKILL', '']);

    const database = openDatabase(file);
    const world = await createContactWorld(database);
    expect(await names(world)).toEqual(expected);
    const keys = await database.selectFrom('contact_keys').select('contact_id').distinct().execute();
    expect(keys).toHaveLength(expected.length);
    const [account] = await world.syncs.list('u');
    const generation = expected === old ? 1 : 2;
    expect(account).toMatchObject({ generation, contacts: expected.length });

    world.wait(121_000);
    const folders = await sync(world, 'second', generation);
    expect(folders).toEqual([{ id: 'F', state: expected === old ? 'after first' : 'after second' }]);
    expect(await names(world)).toEqual(renewed);
    await database.destroy();
  });
});
