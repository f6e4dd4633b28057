/** A disk that is full or can only be read, and a damaged file: told, survived, and gone on after by itself. */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ServiceError } from '../../shared/errors';
import { checkDatabaseFile, DatabaseFileRefused } from '../../sync-service/database/check-file';
import { openDatabase } from '../../sync-service/database/database';
import { migrate } from '../../sync-service/database/migrate';
import { askDisk } from '../../sync-service/installation/ask-disk';
import { createReadiness } from '../../sync-service/installation/readiness';
import { createContactWorld, person } from '../fakes/contact-world';
import type { ContactWorld } from '../fakes/contact-world';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mycontacts-faults-'));
  file = join(folder, 'mycontacts.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function openWorld(path = file): Promise<ContactWorld> {
  const database = openDatabase(path);
  await migrate(database);
  const world = await createContactWorld(database);
  await world.addUser('u');
  return world;
}

/** What a caller is told when the call fails. */
async function faultOf(call: Promise<unknown>): Promise<unknown> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof ServiceError ? [error.code, error.details[0]?.reason] : error;
}

const names = async (world: ContactWorld) =>
  (await world.contacts.list('u', { limit: 200 })).items.map(({ displayName }) => displayName);
/** Takes a page or two. */
const large = { ...person('Large', '089 123456'), notes: 'x'.repeat(8000) };

describe('a database that cannot be written to', () => {
  it('is told to be full, keeps what it had, and takes the next change once there is room', async () => {
    const world = await openWorld();
    await world.contacts.create('u', person('Before', '089 123456'));
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(world.database);
    await sql.raw(`pragma max_page_count = ${rows[0]?.page_count ?? 0}`).execute(world.database);
    const full: unknown[] = [];
    for (let tries = 0; tries < 20; tries += 1) full.push(await faultOf(world.contacts.create('u', large)));
    expect(full).toContainEqual(['storage-unavailable', 'disk-full']);
    expect(full.filter((fault) => fault !== undefined && !Array.isArray(fault))).toEqual([]);
    const kept = await names(world);
    expect(kept).toHaveLength(1 + full.filter((fault) => fault === undefined).length);

    await sql`pragma max_page_count = 1000000`.execute(world.database);
    await world.contacts.create('u', large);
    expect(await names(world)).toHaveLength(kept.length + 1);
    await world.database.destroy();
  });

  it('is told to be read-only, and takes the next change once it may be written to', async () => {
    const world = await openWorld();
    await sql`pragma query_only = 1`.execute(world.database);
    expect(await faultOf(world.contacts.create('u', large))).toEqual(['storage-unavailable', 'disk-read-only']);
    expect(await names(world)).toEqual([]);
    await sql`pragma query_only = 0`.execute(world.database);
    await world.contacts.create('u', large);
    expect(await names(world)).toEqual(['Large']);
    await world.database.destroy();
  });
});

/** A small disk of its own; only root may mount one. */
function mount(path: string, options: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
const probe = mkdtempSync(join(tmpdir(), 'mycontacts-mount-'));
const mayMount = mount(probe, 'size=1m');
if (mayMount) execFileSync('umount', [probe]);
rmSync(probe, { recursive: true, force: true });

describe.skipIf(!mayMount)('a real disk (needs the right to mount one)', () => {
  it('that fills up is told by the service, which goes on by itself', async () => {
    expect(mount(folder, 'size=12m')).toBe(true);
    try {
      const world = await openWorld();
      const readiness = createReadiness(
        () => sql`select 1`.execute(world.database),
        pino({ level: 'silent' }),
        undefined,
        () => askDisk(folder),
      );
      await world.contacts.create('u', person('Before', '089 123456'));
      expect(await readiness.missing()).toEqual([]);

      const ballast = join(folder, 'ballast');
      const block = Buffer.alloc(64 * 1024);
      const filled = openSync(ballast, 'w');
      try {
        for (;;) writeSync(filled, block);
      } catch {
        closeSync(filled);
      }
      expect(await readiness.missing()).toEqual(['disk-full']);
      let fault: unknown;
      for (let tries = 0; tries < 200 && fault === undefined; tries += 1) {
        fault = await faultOf(world.contacts.create('u', large));
      }
      expect(fault).toEqual(['storage-unavailable', 'disk-full']);
      const kept = (await names(world)).length;

      rmSync(ballast);
      expect(await readiness.missing()).toEqual([]);
      await world.contacts.create('u', large);
      expect(await names(world)).toHaveLength(kept + 1);
      await world.database.destroy();

      const again = openDatabase(file);
      await checkDatabaseFile(again, file, folder);
      await again.destroy();
    } finally {
      execFileSync('umount', ['-l', folder]);
    }
  });
});

describe('a damaged file', () => {
  beforeEach(async () => {
    const world = await openWorld();
    for (let n = 0; n < 40; n += 1) await world.contacts.create('u', { ...large, displayName: `Contact ${n}` });
    await sql`pragma wal_checkpoint(truncate)`.execute(world.database);
    await world.database.destroy();
  });

  async function refusal(): Promise<unknown> {
    const database = openDatabase(file);
    try {
      return await checkDatabaseFile(database, file, folder).catch((error: unknown) => error);
    } finally {
      await database.destroy().catch(() => undefined);
    }
  }

  it('that is whole is let through, and one that is not there yet as well', async () => {
    expect(await refusal()).toBeUndefined();
    rmSync(file);
    expect(await refusal()).toBeUndefined();
  });

  it.each([
    ['is no database', (bytes: Buffer) => bytes.fill('not a database ', 0, 4096)],
    ['has lost a page in the middle', (bytes: Buffer) => bytes.fill(0xa5, 16 * 4096, 40 * 4096)],
  ])('that %s is found at start, left alone, and the way out is named', async (_how, damage) => {
    const bytes = readFileSync(file);
    damage(bytes);
    writeFileSync(file, bytes);
    const refused = await refusal();
    expect(refused).toBeInstanceOf(DatabaseFileRefused);
    expect(String(refused)).toMatch(/is damaged .*npm run restore -- FILE\.tar\.gz --replace/s);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it('that was cut off is found at start', async () => {
    truncateSync(file, Math.floor(statSync(file).size / 2 / 4096) * 4096);
    expect(String(await refusal())).toContain('npm run restore');
  });
});
