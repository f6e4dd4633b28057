/** A consistent copy of a database that may be in use: what is written while it is made is not in it. */
import { chmod, rename, rm, writeFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { copyRows } from './copy-rows';
import { isPostgresql, openDatabase } from './database';
import type { Database } from './database';
import { appliedMigrations, migrate } from './migrate';

/**
 * Writes the copy as a SQLite file, whatever the database is kept in, for its owner alone. There is no file of this name
 * until the copy is complete; a copy that could not be completed leaves nothing behind.
 */
export async function copyDatabase(database: Database, file: string): Promise<void> {
  const partial = `${file}.partial`;
  await rm(partial, { force: true });
  try {
    // SQLite takes an empty file that is there, and it keeps its rights.
    await writeFile(partial, '', { flag: 'wx', mode: 0o600 });
    if (isPostgresql(database)) await copyServer(database, partial);
    else await sql`VACUUM INTO ${partial}`.execute(database);
    await chmod(partial, 0o600);
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function copyServer(database: Database, file: string): Promise<void> {
  const copy = openDatabase(file);
  try {
    const present = await appliedMigrations(database);
    await migrate(copy, { only: present });
    await database
      .transaction()
      .setAccessMode('read only')
      .execute((rows) => copy.transaction().execute((to) => copyRows(rows, to)));
    // One file and no log beside it.
    await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(copy);
    await sql`PRAGMA journal_mode = DELETE`.execute(copy);
  } finally {
    await copy.destroy();
    await Promise.all([rm(`${file}-wal`, { force: true }), rm(`${file}-shm`, { force: true })]);
  }
}
