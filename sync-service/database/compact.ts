/** Deleted rows stay in the pages of a database's files until they are written over; here they go at once. */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { ServiceError } from '../../shared/errors';
import { isPostgresql } from './database';
import type { Database } from './database';

/** So long others are waited for, in milliseconds, and so long between two tries. */
const patienceMs = 10_000;
const pauseMs = 50;

/**
 * Writes the file anew without what was deleted. Takes about a second per 100 MB, during which writes wait. Throws
 * `storage-unavailable` when others do not let go of the file in time: nothing is lost, and it can be repeated.
 */
export async function compactDatabase(database: Database): Promise<void> {
  if (isPostgresql(database)) {
    await compactServer(database);
    return;
  }
  await patiently(async () => {
    await sql`VACUUM`.execute(database);
    return true;
  });
  // The pages of before are in the log until it is emptied, which it can be while nobody reads.
  await patiently(async () => {
    const { rows } = await sql<{ busy: number }>`PRAGMA wal_checkpoint(TRUNCATE)`.execute(database);
    return rows[0]?.busy === 0;
  });
}

/** Table by table, each of which nobody can use meanwhile. The server's log holds what was deleted until it is recycled. */
async function compactServer(database: Database): Promise<void> {
  const tables = await database.introspection.getTables();
  for (const { name, isView } of tables) {
    if (isView) continue;
    await patiently(async () => {
      await sql`vacuum full ${sql.table(name)}`.execute(database);
      return true;
    });
  }
}

async function patiently(attempt: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + patienceMs;
  let cause: unknown;
  for (;;) {
    try {
      if (await attempt()) return;
    } catch (error) {
      cause = error;
    }
    if (performance.now() > end) {
      throw new ServiceError(
        'storage-unavailable',
        'What was deleted is still in the bytes of the database file, because it is in use all the time. ' +
          'Stop the service and run: manage compact',
        { cause },
      );
    }
    await sleep(pauseMs);
  }
}
