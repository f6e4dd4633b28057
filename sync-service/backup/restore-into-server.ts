/** Puts the database of a backup, which is a SQLite file wherever it was made, onto a PostgreSQL server. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sql } from 'kysely';
import { copyDatabase } from '../database/copy-database';
import { copyRows } from '../database/copy-rows';
import { openDatabase, openPostgresql } from '../database/database';
import { aloneOnServer } from '../database/join-server';
import { appliedMigrations, migrate, migrationNames } from '../database/migrate';
import { describeAddress } from '../database/postgresql-address';
import type { PostgresqlAddress } from '../database/postgresql-address';
import { BackupRefused } from './backup-manifest';

/** A statement may take so long: tables are read and written whole. */
const longStatementMs = 60 * 60_000;

export interface RestoreIntoServer {
  readonly address: PostgresqlAddress;
  /** The database of the backup. It is brought to this version's schema where it lies. */
  readonly file: string;
  /** What is there is kept as `aside`, a SQLite file, and replaced. */
  readonly replace: boolean;
  readonly aside: string;
  /** What else has to succeed: when it throws, the server's database is as it was. */
  readonly beside: () => Promise<void>;
}

/** @returns whether there was something, which is kept aside. @throws BackupRefused, ServerRefused; nothing was changed then */
export async function restoreIntoServer(restore: RestoreIntoServer): Promise<{ keptAside: boolean }> {
  const { address, file, replace, aside, beside } = restore;
  return aloneOnServer(address, 'Stop all instances, then restore.', async () => {
    const backup = openDatabase(file);
    const database = openPostgresql(address, { connections: 2, statementTimeoutMs: longStatementMs });
    try {
      await migrate(backup);
      const present = await appliedMigrations(database);
      const newer = present.find((name) => !migrationNames.includes(name));
      if (newer !== undefined) {
        throw new BackupRefused(
          `The ${describeAddress(address)} was written by a newer version (schema ${newer}). Nothing was changed. Install that version or a newer one.`,
        );
      }
      const used = present.length > 0 && (await hasRows(database));
      if (used && !replace) {
        throw new BackupRefused(
          `There is something already in the ${describeAddress(address)}. Nothing was changed. With --replace it is kept aside and replaced.`,
        );
      }
      if (used) {
        await mkdir(dirname(aside), { recursive: true, mode: 0o700 });
        await copyDatabase(database, aside);
      }
      await migrate(database);
      await database.transaction().execute(async (to) => {
        await copyRows(backup, to);
        await beside();
      });
      return { keptAside: used };
    } finally {
      await Promise.all([backup.destroy(), database.destroy()]);
    }
  });
}

async function hasRows(database: ReturnType<typeof openPostgresql>): Promise<boolean> {
  const { rows } = await sql`select 1 from sites limit 1`.execute(database);
  return rows.length > 0;
}
