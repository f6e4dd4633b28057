/** A database of every earlier version is brought to today's schema, and everything that was in it still is. On both databases. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { copyDatabase } from '../../sync-service/database/copy-database';
import { copyRows } from '../../sync-service/database/copy-rows';
import { openDatabase } from '../../sync-service/database/database';
import type { Database } from '../../sync-service/database/database';
import { appliedMigrations, migrate, migrationNames } from '../../sync-service/database/migrate';
import { openPglite } from '../fakes/contact-pglite';
import { fillTables, rowsOf } from '../fakes/fill-tables';
import type { Row } from '../fakes/fill-tables';

const pglite = openPglite();
const folder = mkdtempSync(join(tmpdir(), 'mycontacts-migrations-'));
afterAll(async () => {
  await pglite.destroy();
  rmSync(folder, { recursive: true, force: true });
});

/** A SQLite database as the version left it whose newest migration was this one. */
async function writtenAt(level: string): Promise<{ database: Database; before: Map<string, Row[]> }> {
  const database = openDatabase(':memory:');
  await migrate(database, { last: level });
  const before = new Map<string, Row[]>();
  for (const table of await fillTables(database)) before.set(table, await rowsOf(database, table));
  return { database, before };
}

async function emptyPglite(): Promise<void> {
  await sql`drop schema public cascade`.execute(pglite);
  await sql`create schema public`.execute(pglite);
}

/** Each row is there with everything that it had; what was added since has whatever the migration gave it. */
async function expectKept(database: Database, before: ReadonlyMap<string, readonly Row[]>): Promise<void> {
  for (const [table, rows] of before) {
    const now = await rowsOf(database, table);
    const columns = Object.keys(rows[0] ?? {});
    const kept = now.map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])));
    expect(kept, table).toEqual(rows);
  }
}

describe.each(migrationNames)('a database of schema %s', (level) => {
  it('keeps everything on its way to today’s schema', async () => {
    const { database, before } = await writtenAt(level);
    await emptyPglite();
    await migrate(pglite, { last: level });
    await database.transaction().execute((from) => pglite.transaction().execute((to) => copyRows(from, to)));
    for (const each of [database, pglite]) {
      await migrate(each);
      expect(await appliedMigrations(each)).toEqual(migrationNames);
      await expectKept(each, before);
    }
    await database.destroy();
  });
});

it('a copy of a PostgreSQL database is a SQLite file with everything, and goes back', async () => {
  const { database, before } = await writtenAt(migrationNames.at(-1) ?? '');
  await emptyPglite();
  await migrate(pglite);
  await pglite.transaction().execute((to) => copyRows(database, to));
  const file = join(folder, 'copy.db');
  await copyDatabase(pglite, file);
  const copy = openDatabase(file);
  await expectKept(copy, before);
  await emptyPglite();
  await migrate(pglite);
  await pglite.transaction().execute((to) => copyRows(copy, to));
  await expectKept(pglite, before);
  await Promise.all([copy.destroy(), database.destroy()]);
});
