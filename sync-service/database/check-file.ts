/** Looks at the database's file before anything is written to it: a damaged one is told at start, with the way out. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { ServiceError } from '../../shared/errors';
import type { Database } from './database';
import { driverCode } from './storage-error';
import { backupFolder } from './upgrade';

/** The file cannot be worked on; it is as it was. The text says what to do. */
export class DatabaseFileRefused extends Error {
  constructor(text: string, cause?: unknown) {
    super(text, { cause });
    this.name = 'DatabaseFileRefused';
  }
}

/**
 * Reads every page of the file and holds its structure to SQLite's rules (`quick_check`; about a second for 500 MB).
 * @throws DatabaseFileRefused
 */
export async function checkDatabaseFile(database: Database, file: string, dataDirectory: string): Promise<void> {
  if (!existsSync(file)) return;
  let reason: string | undefined;
  try {
    const { rows } = await sql<{ quick_check: string }>`pragma quick_check(1)`.execute(database);
    reason = rows[0]?.quick_check;
    if (reason === 'ok') return;
  } catch (error) {
    const cause = error instanceof ServiceError ? error.cause : error;
    reason = cause instanceof Error ? cause.message : String(cause);
    const code = driverCode(cause) ?? '';
    // libsql gives some errors no code; SQLite's texts are the same everywhere.
    const damaged = /^SQLITE_(CORRUPT|NOTADB|IOERR_SHORT_READ)/.test(code) || /malformed|not a database/.test(reason);
    if (!damaged) {
      throw new DatabaseFileRefused(
        `The database ${file} cannot be opened (${reason}). Make room on its disk and let the service's user write to it and ` +
          'to its folder; then start again. npm run doctor looks at both.',
        error,
      );
    }
  }
  throw new DatabaseFileRefused(
    `The database ${file} is damaged (${reason ?? 'no answer'}). The service does not start on it, and has changed nothing.\n` +
      'Put the newest backup in place: npm run restore -- FILE.tar.gz --replace (the damaged file is kept aside).\n' +
      `Copies made before upgrades are in ${join(dataDirectory, backupFolder)}; see docs/backup-and-upgrade.md.`,
  );
}
