/**
 * The connection. libsql runs in the process and is synchronous: a statement over 20 ms belongs on the worker thread.
 * WAL lets readers go on while one writes; `synchronous=FULL` keeps what a user was told is saved (DESIGN §6).
 */
import { createRequire } from 'node:module';
import { Kysely, SqliteDialect } from 'kysely';
import type { SqliteDatabase } from 'kysely';
import * as z from 'zod/mini';
import type { Tables } from './tables';

export type Database = Kysely<Tables>;

interface LibsqlDatabase extends SqliteDatabase {
  exec(sql: string): void;
}
type LibsqlConstructor = new (file: string) => LibsqlDatabase;

/** Opens the SQLite file, made when missing. `:memory:` for tests. */
export function openDatabase(file: string): Database {
  // libsql is CommonJS and has no types of its own; its surface is better-sqlite3's, which Kysely's dialect knows.
  const Libsql = createRequire(import.meta.url)('libsql') as LibsqlConstructor;
  const connection = new Libsql(file);
  connection.exec('PRAGMA journal_mode = WAL');
  connection.exec('PRAGMA synchronous = FULL');
  connection.exec('PRAGMA foreign_keys = ON');
  connection.exec('PRAGMA busy_timeout = 5000');
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: connection }) });
}

/** Reads a JSON column by its schema. */
export function readJson<S extends z.ZodMiniType>(schema: S, text: string): z.output<S> {
  return z.parse(schema, JSON.parse(text));
}
