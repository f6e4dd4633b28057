/**
 * The connection, to a SQLite file or to a PostgreSQL server. libsql runs in the process and is synchronous: a statement
 * over 20 ms belongs on the worker thread. WAL lets readers go on while one writes; `synchronous=FULL` keeps what a user
 * was told is saved (DESIGN §6).
 */
import { Kysely, PostgresAdapter } from 'kysely';
import type { LogEvent } from 'kysely';
import * as z from 'zod/mini';
import { LibsqlDialect } from './libsql-dialect';
import { postgresqlAddressSchema } from './postgresql-address';
import type { PostgresqlAddress } from './postgresql-address';
import { PostgresqlDialect } from './postgresql-dialect';
import type { Tables } from './tables';
import { createWriteTurns } from './write-turns';
import type { WriteTurns } from './write-turns';

export type Database = Kysely<Tables>;
/** The database or a transaction of it: what a store's functions work on. */
export type Connection = Kysely<Tables>;

/** Connections of one process to the file: reads go on while writes wait for their turn. */
const connections = 6;
/** With SQLite's own 2 MB a search of a directory of 100,000 takes twice as long: most pages are read from the file again. */
const defaultCacheKiB = 32 * 1024;
/**
 * Milliseconds that a write waits for its turn before it is given up as `storage-unavailable`: as turns are taken in order,
 * some commits of the largest mailboxes on a busy machine.
 */
const defaultLockTimeoutMs = 10_000;

export interface OpenOptions {
  /** Milliseconds that a write waits for others. */
  readonly lockTimeoutMs?: number;
  /** Turns of the process, where more than one of it opens the file. */
  readonly turns?: WriteTurns;
  /** KiB of pages that each connection keeps in memory at most; 32 MiB where absent. */
  readonly cacheKiB?: number;
  /** Hears of each statement that failed. */
  readonly onError?: () => void;
}

/** Opens the SQLite file, made when missing, at the first query. `:memory:` for tests. */
export function openDatabase(
  file: string,
  {
    lockTimeoutMs = defaultLockTimeoutMs,
    turns = createWriteTurns({ others: file !== ':memory:' }),
    cacheKiB = defaultCacheKiB,
    onError,
  }: OpenOptions = {},
): Database {
  return new Kysely<Tables>({
    dialect: new LibsqlDialect({
      file,
      connections,
      lockTimeoutMs,
      turns,
      cacheKiB,
    }),
    ...logTo(onError),
  });
}

/** Connections of one process to the server at most. */
const serverConnections = 8;
/** Milliseconds that a statement may take there; the worker's own take longer. */
const defaultStatementTimeoutMs = 15_000;

export interface OpenPostgresqlOptions extends Pick<OpenOptions, 'lockTimeoutMs' | 'turns' | 'onError'> {
  readonly connections?: number;
  readonly statementTimeoutMs?: number;
}

/** Opens a database of a PostgreSQL server; connects at the first query. */
export function openPostgresql(address: PostgresqlAddress, options: OpenPostgresqlOptions = {}): Database {
  const { lockTimeoutMs = defaultLockTimeoutMs, turns = createWriteTurns(), onError } = options;
  return new Kysely<Tables>({
    dialect: new PostgresqlDialect({
      address,
      connections: options.connections ?? serverConnections,
      lockTimeoutMs,
      statementTimeoutMs: options.statementTimeoutMs ?? defaultStatementTimeoutMs,
      turns,
    }),
    ...logTo(onError),
  });
}

/** Where an installation keeps its rows: a PostgreSQL server where one is named, else the SQLite file. */
export const databasePlaceSchema = z.object({
  databaseFile: z.string(),
  postgresql: z.optional(postgresqlAddressSchema),
});
export type DatabasePlace = Readonly<z.infer<typeof databasePlaceSchema>>;

export function openPlace(
  { databaseFile, postgresql }: DatabasePlace,
  options: OpenOptions & OpenPostgresqlOptions = {},
): Database {
  return postgresql === undefined ? openDatabase(databaseFile, options) : openPostgresql(postgresql, options);
}

export function isPostgresql(database: Kysely<never> | Connection): boolean {
  return database.getExecutor().adapter instanceof PostgresAdapter;
}

function logTo(onError: (() => void) | undefined) {
  return {
    ...(onError && {
      log: (event: LogEvent) => {
        if (event.level === 'error') onError();
      },
    }),
  };
}

/** Reads a JSON column by its schema. */
export function readJson<S extends z.ZodMiniType>(schema: S, text: string): z.output<S> {
  return z.parse(schema, JSON.parse(text));
}

/** Bytes of a column: libsql gives an ArrayBuffer, PostgreSQL a Buffer. */
export function readBytes(value: Uint8Array | ArrayBuffer): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array(value);
}

/** Parameters that one statement may bind: SQLite's oldest limit is 999, and some are left for conditions. */
export const maxParameters = 900;

/** Splits rows into portions that fit one statement when each binds `perRow` parameters. */
export function* portions<T>(rows: readonly T[], perRow: number): Generator<readonly T[]> {
  const size = Math.max(1, Math.floor(maxParameters / perRow));
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}
