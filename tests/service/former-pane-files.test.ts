/** A pane that was opened before an upgrade finds the parts that it loads later. */
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { keepPaneFiles } from '../../sync-service/http/former-pane-files';
import { startService } from './start-service';

let folder: string;
let dataDirectory: string;
let clock: number;
const now = () => new Date(clock);
const day = 24 * 60 * 60_000;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mycontacts-pane-'));
  dataDirectory = join(folder, 'data');
  clock = Date.UTC(2026, 2, 2, 8);
  return () => rm(folder, { recursive: true, force: true });
});

/** A build of the pane with one lazily loaded part. */
async function build(version: string): Promise<string> {
  const pane = join(folder, `pane-${version}`);
  await mkdir(pane);
  await writeFile(join(pane, 'taskpane.html'), `page ${version}`);
  await writeFile(join(pane, `journal.${version}.js`), `part ${version}`);
  await writeFile(join(pane, `journal.${version}.js.map`), 'map');
  await writeFile(join(pane, 'window.webmanifest'), version);
  return pane;
}

/** Starts a service on a build, as an upgrade does, and asks for a path. */
async function upgradeTo(version: string, ask: (get: (path: string) => Promise<Response>) => Promise<void>) {
  const directory = await build(version);
  const formerDirectories = await keepPaneFiles(directory, dataDirectory, now);
  const service = await startService({ pane: { directory, formerDirectories, officeJsUrl: '/office.js' } });
  try {
    await ask((path) => fetch(service.url + path));
  } finally {
    await service.stop();
  }
}

it('is served the parts of its own version, never an old page', async () => {
  await upgradeTo('aaaaaaaaaa', async (get) => {
    expect(await (await get('/journal.aaaaaaaaaa.js')).text()).toBe('part aaaaaaaaaa');
  });
  await upgradeTo('bbbbbbbbbb', async (get) => {
    const part = await get('/journal.aaaaaaaaaa.js');
    expect(await part.text()).toBe('part aaaaaaaaaa');
    expect(part.headers.get('cache-control')).toContain('immutable');
    expect(await (await get('/journal.bbbbbbbbbb.js')).text()).toBe('part bbbbbbbbbb');
    expect(await (await get('/taskpane.html')).text()).toBe('page bbbbbbbbbb');
    expect((await get('/journal.cccccccccc.js')).status).toBe(404);
    expect((await get('/journal.aaaaaaaaaa.js.map')).status).toBe(404);
    expect((await get('/..%2fsecret.aaaaaaaaaa.js')).status).not.toBe(200);
  });
});

it('finds those of the last three versions, and none that is older than a month', async () => {
  const kept = join(dataDirectory, 'pane-files');
  const served: number[] = [];
  for (const version of ['1111111111', '2222222222', '3333333333', '4444444444', '5555555555']) {
    served.push((await keepPaneFiles(await build(version), dataDirectory, now)).length);
    clock += day;
  }
  expect(served).toEqual([0, 1, 2, 3, 3]);
  expect(await readdir(kept)).toHaveLength(4);
  // The same version again is no upgrade.
  const pane = join(folder, 'pane-5555555555');
  expect(await keepPaneFiles(pane, dataDirectory, now)).toHaveLength(3);
  clock += 40 * day;
  expect(await keepPaneFiles(pane, dataDirectory, now)).toEqual([]);
  expect(await readdir(kept)).toHaveLength(1);
});

it('does not take an interrupted copy for a version', async () => {
  const partial = join(dataDirectory, 'pane-files', 'partial-x');
  await mkdir(partial, { recursive: true });
  await utimes(partial, now(), now());
  expect(await keepPaneFiles(await build('aaaaaaaaaa'), dataDirectory, now)).toEqual([]);
  expect(await readdir(join(dataDirectory, 'pane-files'))).not.toContain('partial-x');
});
