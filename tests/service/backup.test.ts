/** A backup holds everything, and is put back onto an empty machine; a damaged or newer one touches nothing. */
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { create, extract, list } from 'tar';
import { beforeEach, describe, expect, it } from 'vitest';
import { configurationIn, restoreBackup } from '../../sync-service/backup/restore-backup';
import { writeBackup } from '../../sync-service/backup/write-backup';
import { takeDataLock } from '../../sync-service/database/data-lock';
import { openDatabase } from '../../sync-service/database/database';
import type { Database } from '../../sync-service/database/database';
import { migrate } from '../../sync-service/database/migrate';

let folder: string;
let dataDirectory: string;
let archive: string;
const now = () => new Date(Date.UTC(2026, 2, 2, 8));
const machine = (name: string) => ({
  dataDirectory: join(folder, name, 'data'),
  configuration: join(folder, name, 'mycontacts.yaml'),
  secretKeyFile: join(folder, name, 'data', 'secret.key'),
  replace: false,
  now,
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mycontacts-backup-'));
  dataDirectory = join(folder, 'data');
  archive = join(folder, 'backup.tar.gz');
  await mkdir(join(dataDirectory, 'pane-files', 'x'), { recursive: true });
  await mkdir(join(dataDirectory, 'certificates'));
  await writeFile(join(dataDirectory, 'certificates', 'kept.pem'), 'kept');
  await writeFile(join(dataDirectory, 'secret.key'), 'the key');
  await writeFile(join(folder, 'mycontacts.yaml'), 'dataDirectory: /somewhere\n');
  return () => rm(folder, { recursive: true, force: true });
});

async function withDatabase<T>(directory: string, run: (database: Database) => Promise<T>): Promise<T> {
  const database = openDatabase(join(directory, 'mycontacts.db'));
  try {
    return await run(database);
  } finally {
    await database.destroy();
  }
}
const addSite = (database: Database, name: string) =>
  sql`insert into sites (id, name, time_zone, dial_plan) values (${name}, ${name}, 'UTC', '{}')`.execute(database);
const sitesIn = (directory: string) =>
  withDatabase(directory, async (database) => {
    const { rows } = await sql<{ name: string }>`select name from sites order by name`.execute(database);
    return rows.map(({ name }) => name);
  });

/** Makes a backup of a database that is in use. */
async function backUp(more: { withKey?: boolean; target?: string } = {}): Promise<void> {
  await withDatabase(dataDirectory, async (database) => {
    await migrate(database);
    await addSite(database, 'Office');
    await writeBackup(
      {
        database,
        databaseFile: join(dataDirectory, 'mycontacts.db'),
        dataDirectory,
        configuration: join(folder, 'mycontacts.yaml'),
        secretKeyFile: more.withKey === true ? join(dataDirectory, 'secret.key') : undefined,
        version: '1.2.3',
        now,
      },
      more.target ?? archive,
    );
  });
}

async function namesIn(file: string): Promise<string[]> {
  const names: string[] = [];
  await list({ file, onReadEntry: (entry) => void names.push(entry.path) });
  return names;
}

/** The archive with one of its files changed. */
async function tamper(change: (unpacked: string) => Promise<void>): Promise<void> {
  const unpacked = join(folder, 'unpacked');
  await mkdir(unpacked);
  await extract({ file: archive, cwd: unpacked });
  await change(unpacked);
  await create({ gzip: true, file: archive, cwd: unpacked }, await readdir(unpacked));
}

describe('a backup', () => {
  it('holds database, configuration and what else is data, for its owner alone; the key only on request', async () => {
    await backUp();
    const without = [
      'manifest.json',
      'configuration/mycontacts.yaml',
      'data/certificates/kept.pem',
      'data/mycontacts.db',
    ];
    expect(await namesIn(archive)).toEqual(without);
    expect((await stat(archive)).mode & 0o777).toBe(0o600);
    await rm(join(dataDirectory, 'mycontacts.db'));
    const other = join(folder, 'with-key.tar.gz');
    await backUp({ withKey: true, target: other });
    expect(await namesIn(other)).toContain('key/secret.key');
    expect((await readdir(folder)).filter((name) => /partial|staging/.test(name))).toEqual([]);
  });

  it('overwrites nothing, and leaves no half file when it cannot be written', async () => {
    await writeFile(archive, 'mine');
    await expect(backUp()).rejects.toThrow(/is there already: name a new file/);
    expect(await readFile(archive, 'utf8')).toBe('mine');
    await rm(join(dataDirectory, 'mycontacts.db'));
    // A folder stands where the archive is written: as with a full disk, packing fails after all was copied.
    const target = join(folder, 'blocked.tar.gz');
    await mkdir(join(`${target}.partial`, 'in-the-way'), { recursive: true });
    await expect(backUp({ target })).rejects.toThrow(/could not be written.*There is no blocked\.tar\.gz/s);
    expect(await readdir(folder)).not.toContain('blocked.tar.gz');
    expect(await readdir(folder)).not.toContain('blocked.tar.gz.staging');
    await rm(join(dataDirectory, 'mycontacts.db'));
    await expect(backUp({ target: join(dataDirectory, 'b.tar.gz') })).rejects.toThrow(/inside the data directory/);
  });
});

describe('a restore', () => {
  it('puts everything onto an empty machine', async () => {
    await backUp({ withKey: true });
    expect(await configurationIn(archive)).toBe('dataDirectory: /somewhere\n');
    const target = machine('empty');
    const report = await restoreBackup(archive, target);
    expect(report).toMatchObject({ keptAside: [], withKey: true, manifest: { version: '1.2.3' } });
    expect(await sitesIn(target.dataDirectory)).toEqual(['Office']);
    expect(await readFile(join(target.dataDirectory, 'certificates', 'kept.pem'), 'utf8')).toBe('kept');
    expect(await readFile(target.secretKeyFile, 'utf8')).toBe('the key');
    expect(await readFile(target.configuration, 'utf8')).toContain('/somewhere');
    expect((await readdir(target.dataDirectory)).filter((name) => name.startsWith('restoring-'))).toEqual([]);
  });

  it('overwrites only with --replace, keeps what was there, and leaves the key where the backup has none', async () => {
    await backUp();
    await withDatabase(dataDirectory, (database) => addSite(database, 'Added later'));
    const target = { ...machine('x'), dataDirectory, secretKeyFile: join(dataDirectory, 'secret.key') };
    await expect(restoreBackup(archive, target)).rejects.toThrow(/something already.*With --replace/s);
    expect(await sitesIn(dataDirectory)).toEqual(['Added later', 'Office']);

    const { keptAside, withKey } = await restoreBackup(archive, { ...target, replace: true });
    expect(withKey).toBe(false);
    expect(await sitesIn(dataDirectory)).toEqual(['Office']);
    expect(await readFile(target.secretKeyFile, 'utf8')).toBe('the key');
    const [aside] = (await readdir(dataDirectory)).filter((name) => name.startsWith('before-restore-'));
    expect(await sitesIn(join(dataDirectory, aside ?? ''))).toEqual(['Added later', 'Office']);
    expect(keptAside.length).toBeGreaterThan(0);
  });

  it.each<[string, RegExp, (unpacked: string) => Promise<void>]>([
    [
      'a file is damaged',
      /damaged: data\/certificates\/kept\.pem is not/,
      (u) => writeFile(join(u, 'data/certificates/kept.pem'), 'KEPT'),
    ],
    ['a file is missing', /damaged: data\/mycontacts\.db is missing/, (u) => rm(join(u, 'data/mycontacts.db'))],
    ['a file was added', /holds data\/evil, which/, (u) => writeFile(join(u, 'data/evil'), '')],
    ['it has no manifest', /has no manifest/, (u) => rm(join(u, 'manifest.json'))],
    [
      'its schema is newer',
      /made by myContacts 1\.2\.3 \(schema 0999-later\), which is newer/,
      async (u) => {
        const path = join(u, 'manifest.json');
        const text = await readFile(path, 'utf8');
        await writeFile(path, text.replace('"0001-people"', '"0999-later"'));
      },
    ],
  ])('touches nothing when %s', async (_what, why, change) => {
    await backUp();
    await tamper(change);
    const target = machine('other');
    await expect(restoreBackup(archive, { ...target, replace: true })).rejects.toThrow(why);
    expect((await readdir(target.dataDirectory)).filter((name) => !name.startsWith('service.lock'))).toEqual([]);
  });

  it('touches nothing when the archive is cut short or is none', async () => {
    await backUp();
    const bytes = await readFile(archive);
    await writeFile(archive, bytes.subarray(0, bytes.length / 2));
    await expect(restoreBackup(archive, machine('other'))).rejects.toThrow(/Nothing was changed/);
    await expect(restoreBackup(join(folder, 'nowhere.tar.gz'), machine('other'))).rejects.toThrow(/cannot be read/);
  });

  it('refuses while the service runs on that data', async () => {
    await backUp();
    const target = machine('running');
    await mkdir(target.dataDirectory, { recursive: true });
    const service = takeDataLock(target.dataDirectory, '');
    await expect(restoreBackup(archive, target)).rejects.toThrow(/A service is running.*Stop it, then restore/);
    service.release();
    expect((await restoreBackup(archive, target)).manifest.version).toBe('1.2.3');
  });
});
