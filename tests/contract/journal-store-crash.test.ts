import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../sync-service/database/database';
import { migrate } from '../../sync-service/database/migrate';
import {
  addJournalUsers,
  createJournalWorld,
  createStandingClock,
  journalCrashRecords,
  settle,
} from '../fakes/journal-world';

// Inside the project, so that the built file finds the packages that are not bundled.
const folder = mkdtempSync(resolve('node_modules/.cache-journal-crash-'));
const child = join(folder, 'child.mjs');
beforeAll(async () => {
  await build({
    entryPoints: [resolve('tests/fakes/journal-crash-child.ts')],
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

describe('a process that is killed while it reads call records', () => {
  test.each([1, 30, 51, 119])(
    'at entry %i leaves a journal that the next start completes, each call once',
    async (n) => {
      const file = join(folder, `${n}.db`);
      const before = openDatabase(file);
      await migrate(before);
      await addJournalUsers(before, 'munich', ['anna']);
      await before.destroy();

      const killed = spawnSync(process.execPath, [child, file, String(n)], { encoding: 'utf8', timeout: 30_000 });
      expect([killed.signal, killed.stderr]).toEqual(['SIGKILL', '']);

      const database = openDatabase(file);
      const clock = createStandingClock();
      const options = { siteId: 'munich', userIds: ['anna'], clock, records: journalCrashRecords() };
      const world = createJournalWorld(database, options);
      world.service.start();
      await settle();
      await settle();
      const { items, counts } = await world.service.list(
        { userId: 'anna', siteId: 'munich' },
        { folder: 'all', limit: 200 },
      );
      expect(counts).toMatchObject({ all: 120, answered: 120, open: 0, unseen: 0 });
      expect(items).toHaveLength(120);
      await world.service.stop();
      await database.destroy();
    },
  );
});
