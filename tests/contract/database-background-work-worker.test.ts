import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { defineJob } from '../../sync-service/database/background-work';
import { createWorkerThreadWork } from '../../sync-service/database/worker';
import { createWriteTurns } from '../../sync-service/database/write-turns';
import { codeOf } from '../fakes/contact-world';
import { backgroundWorkContract } from './database-background-work';

// Inside the project, so that the built file finds the packages that are not bundled.
const folder = mkdtempSync(resolve('node_modules/.cache-worker-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Builds an entry as the product's build does. */
async function built(entry: string): Promise<string> {
  const outfile = join(folder, 'worker.mjs');
  await build({
    entryPoints: [resolve(entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'silent',
  });
  return outfile;
}

backgroundWorkContract('on a worker thread', async ({ databaseFile, turns }) =>
  createWorkerThreadWork({
    file: await built('sync-service/worker.ts'),
    workerData: { place: { databaseFile } },
    turns,
  }),
);

test('a worker that breaks down fails its jobs as storage-unavailable, and the next job gets another one', async () => {
  const file = await built('sync-service/worker.ts');
  const work = createWorkerThreadWork({ file, workerData: { databaseFile: 7 }, turns: createWriteTurns() });
  const job = defineJob(
    'contacts.remove-imported',
    z.object({ userId: z.string() }),
    z.object({ removed: z.number() }),
  );
  expect(await codeOf(work.run(job, { userId: 'u' }))).toBe('storage-unavailable');
  expect(await codeOf(work.run(job, { userId: 'u' }))).toBe('storage-unavailable');
  await work.close();
});
