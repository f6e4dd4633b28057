/** Databases of earlier versions are brought to today's schema with a way back; those of later ones are left alone. */
import { mkdtemp, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../sync-service/database/database';
import type { Database } from '../../sync-service/database/database';
import { takeDataLock } from '../../sync-service/database/data-lock';
import { appliedMigrations, migrate, migrationNames } from '../../sync-service/database/migrate';
import { upgradeDatabase } from '../../sync-service/database/upgrade';

let dataDirectory: string;
let file: string;
let minute = 0;
/** A moment later at each call. */
const now = () => new Date(Date.UTC(2026, 2, 2, 8, (minute += 1)));
const backups = () => join(dataDirectory, 'backups');
const upgrade = (database: Database, more = {}) =>
  upgradeDatabase(database, { dataDirectory, version: '9.9.9', now, ...more });

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'mycontacts-upgrade-'));
  file = join(dataDirectory, 'mycontacts.db');
  return () => rm(dataDirectory, { recursive: true, force: true });
});

async function withDatabase<T>(path: string, run: (database: Database) => Promise<T>): Promise<T> {
  const database = openDatabase(path);
  try {
    return await run(database);
  } finally {
    await database.destroy();
  }
}

/** A database as an earlier version left it, with somebody in it. */
async function writtenBefore(schema: string): Promise<void> {
  await withDatabase(file, async (database) => {
    await migrate(database, { last: schema });
    await sql`insert into sites (id, name, time_zone, dial_plan) values ('s', 'Before', 'UTC', '{}')`.execute(database);
  });
}
const sitesIn = (path: string) =>
  withDatabase(path, async (database) => {
    const { rows } = await sql<{ name: string }>`select name from sites`.execute(database);
    return rows.map(({ name }) => name);
  });

describe('the database of an earlier version', () => {
  it.each(migrationNames.slice(0, -1))(
    'with schema %s is copied and then upgraded, with all that is in it',
    async (schema) => {
      await writtenBefore(schema);
      const report = await withDatabase(file, upgrade);
      expect(report.applied).toEqual(migrationNames.slice(migrationNames.indexOf(schema) + 1));
      expect(await sitesIn(file)).toEqual(['Before']);
      expect(await withDatabase(file, appliedMigrations)).toEqual(migrationNames);

      const copy = report.backup ?? '';
      expect((await stat(copy)).mode & 0o777).toBe(0o600);
      expect((await stat(backups())).mode & 0o777).toBe(0o700);
      expect(await sitesIn(copy)).toEqual(['Before']);
      expect((await withDatabase(copy, appliedMigrations)).at(-1)).toBe(schema);
      // Nothing is to be done, and no copy is made, at the next start.
      expect(await withDatabase(file, upgrade)).toEqual({ applied: [] });
    },
  );

  it('is told to be upgraded before it is, with how much is in it, and afterwards how long it took', async () => {
    await writtenBefore('0021-mobility-users');
    const told: unknown[] = [];
    const onBegin = (about: unknown) => told.push(about);
    const report = await withDatabase(file, (database) => upgrade(database, { onBegin }));
    expect(told).toEqual([{ migrations: report.applied, contacts: 0 }]);
    expect(report.ms).toBeGreaterThanOrEqual(0);
    await withDatabase(file, (database) => upgrade(database, { onBegin }));
    expect(told).toHaveLength(1);
  });

  it('is as it was when a migration fails, and the copy is named', async () => {
    await writtenBefore('0002-contacts');
    const before = await withDatabase(file, tablesOf);
    const known = {
      '0001-people': { up: () => Promise.resolve() },
      '0002-contacts': { up: () => Promise.resolve() },
      '0003-broken': {
        up: async (database: Database) => {
          await sql`create table half (id text)`.execute(database);
          await sql`alter table nowhere add column x`.execute(database);
        },
      },
    };
    await expect(withDatabase(file, (database) => upgrade(database, { known }))).rejects.toThrow(
      /Migration 0003-broken failed.*It is as it was.*backups.*schema-0002-contacts\.db/s,
    );
    expect(await withDatabase(file, tablesOf)).toEqual(before);
    expect(await sitesIn(file)).toEqual(['Before']);
    expect(await readdir(backups())).toHaveLength(1);
  });

  it('is not touched when no copy can be made', async () => {
    await writtenBefore('0001-people');
    // A file where the folder should be: it cannot be made, whoever runs this.
    await writeFile(backups(), '');
    await expect(withDatabase(file, upgrade)).rejects.toThrow(/was not upgraded, because no copy/);
    expect(await withDatabase(file, appliedMigrations)).toEqual(['0001-people']);
  });

  it('leaves the newest five copies, and other files alone', async () => {
    await mkdir(backups());
    const older = [1, 2, 3, 4, 5, 6].map((day) => `2020-01-0${day}T08-00-00-000Z-schema-0001-people.db`);
    for (const name of [...older, 'mine.db']) await writeFile(join(backups(), name), '');
    await writtenBefore('0001-people');
    const { backup } = await withDatabase(file, upgrade);
    const left = await readdir(backups());
    expect(left).toHaveLength(6);
    expect(left).toContain('mine.db');
    expect(left.map((name) => join(backups(), name))).toContain(backup);
    expect(left).not.toContain(older[0]);
  });
});

describe('the database of a later version', () => {
  it('is refused with the version that wrote it and what to do, and nothing is changed', async () => {
    await withDatabase(file, async (database) => {
      await upgrade(database);
      await sql`insert into kysely_migration (name, timestamp) values ('0999-later', '')`.execute(database);
    });
    await expect(withDatabase(file, (database) => upgrade(database, { version: '1.0.0' }))).rejects.toThrow(
      /written by myContacts 9\.9\.9 \(schema 0999-later\); this is 1\.0\.0.*Nothing was changed.*Start that version/s,
    );
    expect(await withDatabase(file, appliedMigrations)).toContain('0999-later');
  });
});

describe('a new database', () => {
  it('gets the schema without a copy', async () => {
    expect(await withDatabase(file, upgrade)).toEqual({ applied: migrationNames });
    expect(await readdir(dataDirectory)).not.toContain('backups');
  });
});

describe('the lock on a data directory', () => {
  it('is held by one, and free again when he is gone', () => {
    const lock = takeDataLock(dataDirectory, 'Stop it.');
    expect(() => takeDataLock(dataDirectory, 'Stop it.')).toThrow(/A service is running on the data in .*Stop it\./);
    lock.release();
    takeDataLock(dataDirectory, 'Stop it.').release();
  });
});

async function tablesOf(database: Database): Promise<string[]> {
  const { rows } = await sql<{ sql: string }>`select sql from sqlite_master where sql is not null order by sql`.execute(
    database,
  );
  return rows.map((row) => row.sql);
}
