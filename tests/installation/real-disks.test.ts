/**
 * The service as it is delivered on a disk that is really full, and on one that can really only be read: what it told to be
 * saved is there, what it refuses is told why, and it goes on by itself. Needs root, as it mounts small disks of its own.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { apiBase } from '../../shared/api';
import { manageInstallation, startInstallation } from '../browser/start-installation';
import type { InstallationProcess } from '../browser/start-installation';

const password = 'Quiet-Place-330!';
const folder = mkdtempSync(join(tmpdir(), 'mycontacts-disks-'));
const disk = join(folder, 'disk');
const image = join(folder, 'image');
const installed = join(folder, 'installed');
mkdirSync(disk);

function runs(command: string, ...args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
function run(command: string, ...args: readonly string[]): string {
  return execFileSync(command, args, { encoding: 'utf8' }).trim();
}
const unmount = () => runs('umount', disk);

/** A disk in memory. */
const mountMemory = () => runs('mount', '-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', disk);
/** A disk that a fault of its own lets only be read, as Linux does it while programs have files of it open. */
function mountImage(): boolean {
  writeFileSync(image, '');
  truncateSync(image, 64 * 1024 ** 2);
  return runs('mkfs.ext4', '-q', image) && remountImage();
}
const remountImage = (rights: 'rw' | 'ro' = 'rw') =>
  runs('mount', '-o', `loop,${rights},errors=remount-ro`, image, disk);

/** Whether this machine lets a test do so at all. */
function isAllowed(mount: () => boolean): boolean {
  if (process.getuid?.() !== 0) return false;
  return mount() && unmount();
}
const memory = isAllowed(mountMemory);
const images = isAllowed(mountImage);

let service: InstallationProcess | undefined;
let token = '';

interface Answer {
  readonly status: number;
  readonly code?: string | undefined;
  readonly reason?: string | undefined;
  readonly body: unknown;
}
const problemSchema = z.looseObject({
  code: z.optional(z.string()),
  details: z.optional(z.array(z.looseObject({ reason: z.optional(z.string()) }))),
});

async function ask(method: string, path: string, body?: unknown, contentType = 'application/json'): Promise<Answer> {
  const response = await fetch(`${service?.url}${apiBase}${path}`, {
    method,
    headers: { 'content-type': contentType, ...(token === '' ? {} : { authorization: `Bearer ${token}` }) },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const read: unknown = text === '' ? undefined : JSON.parse(text);
  const { code, details } = z.safeParse(problemSchema, read).data ?? {};
  return { status: response.status, code, reason: details?.[0]?.reason, body: read };
}

async function signIn(word: string): Promise<void> {
  token = '';
  const { status, body } = await ask('POST', '/sessions', { userName: 'anna', password: word });
  expect(status).toBe(200);
  token = z.parse(z.looseObject({ token: z.string() }), body).token;
}

async function start(directory = disk): Promise<void> {
  service = await startInstallation({ DATA_DIR: directory });
}

/** An installation with one user, once for all disks. */
async function install(): Promise<void> {
  await manageInstallation(installed, 'site', 'add', 'Office', '--country', '49', '--area', '89');
  const added = await manageInstallation(
    installed,
    'user',
    'add',
    'anna',
    '--display-name',
    'Anna',
    '--extension',
    '330',
  );
  const initial = /first sign-in: (\S+)/.exec(added)?.[1] ?? '';
  await start(installed);
  await signIn(initial);
  await ask('PUT', '/me/password', { oldPassword: initial, newPassword: password });
  await service?.terminate();
}

/** The installation on the disk, with the user signed in. */
async function startOnDisk(): Promise<void> {
  cpSync(installed, disk, { recursive: true });
  await start();
  await signIn(password);
}

const create = (displayName: string, notes = '') =>
  ask('POST', '/contacts', {
    ...{ displayName, numbers: [{ kind: 'business', raw: '089 123456' }], emails: [] },
    ...(notes === '' ? {} : { notes }),
  });

/** A file of contacts that takes several portions. */
const imported = Array.from({ length: 1500 }, (_, n) => `file ${String(n).padStart(4, '0')}`);
const bring = () =>
  ask(
    'POST',
    '/contacts/imports?format=csv',
    ['Full Name,Business Phone', ...imported.map((name, n) => `${name},089 ${100_000 + n}`)].join('\r\n'),
    'text/csv',
  );

const pageSchema = z.looseObject({
  items: z.array(z.looseObject({ displayName: z.string() })),
  nextCursor: z.optional(z.string()),
});
/** All names of the directory, those that are there twice twice. */
async function names(): Promise<string[]> {
  const found: string[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const { body } = await ask('GET', `/contacts?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`);
    const page = z.parse(pageSchema, body);
    found.push(...page.items.map(({ displayName }) => displayName));
    cursor = page.nextCursor;
  }
  return found.sort();
}

beforeAll(async () => {
  if (memory || images) await install();
});
afterEach(async () => {
  await service?.remove();
  service = undefined;
  unmount();
});
afterAll(() => {
  unmount();
  rmSync(folder, { recursive: true, force: true });
});

const refused = (reason: string) => ({ status: 503, code: 'storage-unavailable', reason });

describe(`a full disk${memory ? '' : ' (left out: it needs root and the right to mount)'}`, () => {
  it.skipIf(!memory)('is told; what was saved is there; once there is room the service goes on by itself', async () => {
    expect(mountMemory()).toBe(true);
    await startOnDisk();
    const saved = ['before'];
    expect(await create('before')).toMatchObject({ status: 201 });
    const ballast = join(disk, 'ballast');
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(ballast, Buffer.alloc(bavail * bsize - 256 * 1024));

    const others: Answer[] = [];
    for (let n = 0; n < 500 && others.length < 5; n += 1) {
      const name = `full ${n}`;
      const answer = await create(name, 'x'.repeat(8000));
      if (answer.status === 201) saved.push(name);
      else others.push(answer);
    }
    expect(others).toHaveLength(5);
    for (const answer of others) expect(answer).toMatchObject(refused('disk-full'));
    expect(await bring()).toMatchObject(refused('disk-full'));
    expect(await names()).toEqual(expect.arrayContaining(saved));
    expect(await ask('GET', '/ready')).toMatchObject({ status: 503, code: 'not-ready', reason: 'disk-full' });
    expect(await ask('GET', '/health')).toMatchObject({ status: 200 });

    rmSync(ballast);
    expect(await ask('GET', '/ready')).toMatchObject({ status: 200 });
    expect(await create('after')).toMatchObject({ status: 201 });
    // At once: what could not be taken back while there was no room is taken back now.
    expect(await bring()).toMatchObject({ status: 200, body: { added: imported.length } });
    saved.push('after', ...imported);
    expect(await names()).toEqual([...saved].sort());

    await service?.kill();
    await start();
    await signIn(password);
    expect(await names()).toEqual([...saved].sort());
  });
});

describe(`a disk that can only be read${images ? '' : ' (left out: it needs root and the right to mount an image)'}`, () => {
  it.skipIf(!images)('is told; what was saved is read; once it is writable again everything is there', async () => {
    expect(mountImage()).toBe(true);
    await startOnDisk();
    expect(await create('before')).toMatchObject({ status: 201 });
    // What Linux does when it finds the file system damaged; nothing but a new mounting ends it.
    writeFileSync(`/sys/fs/ext4/${basename(run('findmnt', '-no', 'SOURCE', disk))}/trigger_fs_error`, '1');
    for (let n = 0; n < 3; n += 1) expect(await create(`refused ${n}`)).toMatchObject(refused('disk-read-only'));
    expect(await bring()).toMatchObject(refused('disk-read-only'));
    expect(await ask('GET', '/ready')).toMatchObject({ status: 503, code: 'not-ready', reason: 'disk-read-only' });
    expect(await ask('GET', '/health')).toMatchObject({ status: 200 });
    expect(await names()).toEqual(['before']);

    await service?.terminate();
    unmount();
    // 1: faults were found and put right.
    expect([0, 1]).toContain(spawnSync('e2fsck', ['-p', image], { stdio: 'ignore' }).status);
    expect(remountImage('ro')).toBe(true);
    await expect(start()).rejects.toThrow(`${disk} can only be read`);
    unmount();
    expect(remountImage()).toBe(true);
    await start();
    await signIn(password);
    expect(await names()).toEqual(['before']);
    expect(await bring()).toMatchObject({ status: 200, body: { added: imported.length } });
    expect(await names()).toEqual(['before', ...imported]);
  });
});
