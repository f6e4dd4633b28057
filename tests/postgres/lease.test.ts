/** Work of an instance that vanished or stands still is taken over, and it does nothing any more when it goes on. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import pg from 'pg';
import { expect, it } from 'vitest';
import { createInstances } from '../../sync-service/database/instances';
import { readPostgresqlAddress } from '../../sync-service/database/postgresql-address';
import { openServerLink } from '../../sync-service/database/server-link';
import { createLogger } from '../../sync-service/logger';
import { leaseTimes } from '../fakes/lease-times';
import { createDatabaseAt } from '../fakes/postgresql-server';
import { serverPort } from './here';

it('an owner that is frozen longer than its lease is replaced, and has nothing when it wakes', async () => {
  const url = await createDatabaseAt(serverPort());
  const address = readPostgresqlAddress(url);
  if ('problem' in address) throw new Error(address.problem);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('create table acts (who text)');
  const acts = async () => (await client.query<{ who: string }>('select who from acts order by ctid')).rows;

  const folder = mkdtempSync(resolve('node_modules/.cache-lease-'));
  await build({
    ...{ entryPoints: [resolve('tests/fakes/lease-child.ts')], outdir: folder, bundle: true, platform: 'node' },
    ...{ format: 'esm', target: 'node20', packages: 'external', logLevel: 'silent' },
  });
  const child = spawn(process.execPath, [join(folder, 'lease-child.js'), url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => said.push(line));
  const until = async (there: () => boolean | Promise<boolean>) => {
    for (let turn = 0; turn < 1000 && !(await there()); turn += 1) await sleep(10);
    expect(await there()).toBe(true);
  };

  const instances = createInstances(createLogger('silent'), 'this');
  const link = await openServerLink({
    ...{ address, times: leaseTimes },
    onLost: () => instances.lost(),
    onRegained: () => instances.regained(),
    onNotice: (text) => instances.heard(text),
  });
  try {
    await until(() => said.includes('taken'));
    await until(async () => (await acts()).length > 0);
    instances.attach(link);
    await instances.start(['work']);
    expect(instances.owns('work')).toBe(false);

    // As a machine that is gone: its connections stand, and nothing is said on them any more.
    child.kill('SIGSTOP');
    await until(() => instances.owns('work'));
    await client.query("insert into acts values ('this')");
    child.kill('SIGCONT');
    await until(() => said.includes('lost'));
    await sleep(300);
    // What it had begun when it was frozen finds out by itself that it is too late.
    expect((await acts()).at(-1)?.who).toBe('this');
    expect(instances.owns('work')).toBe(true);

    // It is there again, and has the work when this one is gone.
    instances.stop();
    await link.stop();
    await until(() => said.filter((line) => line === 'taken').length === 2);
  } finally {
    child.kill('SIGKILL');
    await link.stop();
    await client.end();
    rmSync(folder, { recursive: true, force: true });
  }
}, 30_000);
