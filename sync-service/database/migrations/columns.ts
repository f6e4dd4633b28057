/** What differs between the databases in a migration. */
import { PostgresAdapter, sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';

/** Text compared byte by byte, as index ranges by prefix need it. SQLite compares so anyway; PostgreSQL is told. */
export function bytewiseText(database: Kysely<unknown>): RawBuilder<unknown> {
  const isPostgres = database.getExecutor().adapter instanceof PostgresAdapter;
  return isPostgres ? sql`text collate "C"` : sql`text`;
}
