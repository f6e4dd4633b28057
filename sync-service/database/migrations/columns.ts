/** What differs between the databases in a migration. */
import { PostgresAdapter, sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';

/** Text compared byte by byte, as index ranges by prefix need it. SQLite compares so anyway; PostgreSQL is told. */
export function bytewiseText(database: Kysely<unknown>): RawBuilder<unknown> {
  return isPostgres(database) ? sql`text collate "C"` : sql`text`;
}

/** Bytes as they are. */
export function bytes(database: Kysely<unknown>): RawBuilder<unknown> {
  return isPostgres(database) ? sql`bytea` : sql`blob`;
}

export function isPostgres(database: Kysely<unknown>): boolean {
  return database.getExecutor().adapter instanceof PostgresAdapter;
}
