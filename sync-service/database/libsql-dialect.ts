/**
 * Kysely's driver for libsql. Kysely's own SQLite driver has one connection, so that a search would wait for a sync that
 * waits for the write lock. This one keeps a few, and waits for the write lock without holding up the process:
 *
 * - Every write runs between `begin immediate` and `commit`, alone or in its transaction. The lock is taken before
 *   anything is read, so a transaction that has begun cannot fail for a lock; and an interrupted autocommit write would
 *   leave libsql's statement on an old snapshot.
 * - Within the process, the worker thread included, writers take turns (`write-turns.ts`). A writer takes a connection
 *   only when its turn has come, so that those who wait leave the connections to the readers.
 * - While another process holds the lock, beginning is tried again. After `lockTimeoutMs` in all the error is
 *   `storage-unavailable`, and nothing was changed.
 */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SelectQueryNode, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type {
  CompiledQuery,
  DatabaseConnection,
  DatabaseIntrospector,
  Dialect,
  Driver,
  Kysely,
  QueryCompiler,
  QueryResult,
} from 'kysely';
import { isReadOnlyFolder } from './read-only-folder';
import { isLocked, storageUnavailable, toFileError } from './storage-error';
import type { WriteTurns } from './write-turns';

interface LibsqlStatement {
  readonly reader: boolean;
  all(parameters: readonly unknown[]): unknown[];
  run(parameters: readonly unknown[]): { changes: number | bigint };
}
export interface LibsqlConnection {
  exec(sql: string): void;
  prepare(sql: string): LibsqlStatement;
  close(): void;
}
type LibsqlConstructor = new (file: string) => LibsqlConnection;

export interface LibsqlOptions {
  /** Path of the file, or `:memory:` (one connection then, as each would see a database of its own). */
  readonly file: string;
  /** Connections at most. */
  readonly connections: number;
  /** Milliseconds to wait for the write lock. */
  readonly lockTimeoutMs: number;
  /** Who writes next, of all connections that are given the same. */
  readonly turns: WriteTurns;
  /** KiB of pages that each connection keeps in memory. */
  readonly cacheKiB?: number;
}

/** SQLite changes its schema inside transactions as well, so a failed migration leaves nothing behind. */
class LibsqlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

export class LibsqlDialect implements Dialect {
  constructor(private readonly options: LibsqlOptions) {}
  createDriver(): Driver {
    return new LibsqlDriver(this.options);
  }
  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler();
  }
  createAdapter(): SqliteAdapter {
    return new LibsqlAdapter();
  }
  createIntrospector(database: Kysely<never>): DatabaseIntrospector {
    return new SqliteIntrospector(database);
  }
}

const cachedStatements = 200;

/** One of libsql's connections. */
class Connection {
  private readonly statements = new Map<string, LibsqlStatement>();

  constructor(
    private readonly libsql: LibsqlConnection,
    private readonly file: string,
  ) {}

  /** Takes the write lock, waiting for it without blocking the process. @param deadline as `performance.now()` */
  async begin(deadline: number): Promise<void> {
    for (let pause = 1; ; pause = Math.min(pause * 2, 20)) {
      try {
        this.libsql.exec('begin immediate');
        return;
      } catch (error) {
        if (!isLocked(error) || performance.now() > deadline) throw this.told(error);
        await sleep(pause);
      }
    }
  }

  commit(): void {
    this.exec('commit');
  }

  rollback(): void {
    // SQLite has already rolled back by itself after some errors (disk full, I/O); saying so again would hide them.
    try {
      this.libsql.exec('rollback');
    } catch {
      this.statements.clear();
    }
  }

  close(): void {
    this.statements.clear();
    this.libsql.close();
  }

  private told(error: unknown): unknown {
    return toFileError(error, () => isReadOnlyFolder(dirname(this.file)));
  }

  private exec(sql: string): void {
    try {
      this.libsql.exec(sql);
    } catch (error) {
      throw this.told(error);
    }
  }

  run<R>({ sql, parameters }: CompiledQuery): QueryResult<R> {
    try {
      const statement = this.prepare(sql);
      // Kysely's caller says what the rows are; the driver cannot know it.
      if (statement.reader) return { rows: statement.all(parameters) as R[] };
      return { rows: [], numAffectedRows: BigInt(statement.run(parameters).changes) };
    } catch (error) {
      this.statements.delete(sql);
      throw this.told(error);
    }
  }

  private prepare(sql: string): LibsqlStatement {
    const known = this.statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.libsql.prepare(sql);
    if (/^\s*(create|drop|alter)\b/i.test(sql)) this.statements.clear();
    else {
      if (this.statements.size >= cachedStatements) this.statements.clear();
      this.statements.set(sql, statement);
    }
    return statement;
  }
}

/** What Kysely holds as a connection: takes one of libsql's when it needs it, and keeps it until Kysely gives it back. */
class Session implements DatabaseConnection {
  private connection: Connection | undefined;
  /** Ends the turn; there while a transaction is under way. */
  private endTurn: (() => void) | undefined;

  constructor(
    private readonly pool: Pool,
    private readonly options: Pick<LibsqlOptions, 'turns' | 'lockTimeoutMs'>,
  ) {}

  async executeQuery<R>(compiled: CompiledQuery): Promise<QueryResult<R>> {
    if (this.endTurn !== undefined || isRead(compiled)) return (await this.bound()).run(compiled);
    await this.begin();
    try {
      const result = (await this.bound()).run<R>(compiled);
      await this.commit();
      return result;
    } catch (error) {
      await this.rollback();
      throw error;
    }
  }

  async *streamQuery<R>(compiled: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(compiled);
  }

  async begin(): Promise<void> {
    const { turns, lockTimeoutMs } = this.options;
    const deadline = performance.now() + lockTimeoutMs;
    const endTurn = await turns.take(lockTimeoutMs);
    try {
      await (await this.bound()).begin(deadline);
      this.endTurn = endTurn;
    } catch (error) {
      endTurn();
      throw error;
    }
  }

  async commit(): Promise<void> {
    (await this.bound()).commit();
    this.leaveTurn();
  }

  async rollback(): Promise<void> {
    (await this.bound()).rollback();
    this.leaveTurn();
  }

  release(): void {
    if (this.connection !== undefined) this.pool.release(this.connection);
    this.connection = undefined;
  }

  private async bound(): Promise<Connection> {
    return (this.connection ??= await this.pool.acquire());
  }

  private leaveTurn(): void {
    this.endTurn?.();
    this.endTurn = undefined;
  }
}

/** Reads go on while another connection writes; only they may run outside a transaction, and `VACUUM` has to. */
function isRead({ query, sql }: CompiledQuery): boolean {
  return SelectQueryNode.is(query) || /^\s*(select|pragma|explain|vacuum)\b/i.test(sql);
}

/** A bare connection to a file, made when missing. */
export function openLibsql(file: string): LibsqlConnection {
  // libsql is CommonJS and has no types of its own; its surface is better-sqlite3's.
  const Libsql = createRequire(import.meta.url)('libsql') as LibsqlConstructor;
  return new Libsql(file);
}

/** The connections of one opened database. */
class Pool {
  private readonly open = new Set<Connection>();
  private readonly idle: Connection[] = [];
  private readonly waiting: ((connection: Connection) => void)[] = [];

  constructor(
    private readonly file: string,
    private readonly limit: number,
    private readonly cacheKiB: number | undefined,
  ) {}

  async acquire(): Promise<Connection> {
    const idle = this.idle.pop();
    if (idle !== undefined) return idle;
    if (this.open.size < this.limit) return this.connect();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  release(connection: Connection): void {
    const next = this.waiting.shift();
    if (next !== undefined) next(connection);
    else this.idle.push(connection);
  }

  close(): void {
    for (const connection of this.open) connection.close();
    this.open.clear();
    this.idle.length = 0;
  }

  private connect(): Connection {
    try {
      const libsql = openLibsql(this.file);
      // While a file is new, two openers may meet at the switch to WAL; later waiting is done in begin().
      libsql.exec('PRAGMA busy_timeout = 5000');
      libsql.exec('PRAGMA journal_mode = WAL');
      libsql.exec('PRAGMA synchronous = FULL');
      libsql.exec('PRAGMA foreign_keys = ON');
      libsql.exec('PRAGMA busy_timeout = 0');
      if (this.cacheKiB !== undefined) libsql.exec(`PRAGMA cache_size = -${this.cacheKiB}`);
      const connection = new Connection(libsql, this.file);
      this.open.add(connection);
      return connection;
    } catch (error) {
      // libsql gives no code when it cannot open a file.
      throw storageUnavailable(error);
    }
  }
}

class LibsqlDriver implements Driver {
  private readonly pool: Pool;

  constructor(private readonly options: LibsqlOptions) {
    this.pool = new Pool(options.file, options.file === ':memory:' ? 1 : options.connections, options.cacheKiB);
  }

  async init(): Promise<void> {
    this.pool.release(await this.pool.acquire());
  }

  acquireConnection(): Promise<Session> {
    return Promise.resolve(new Session(this.pool, this.options));
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    ours(connection).release();
    return Promise.resolve();
  }

  beginTransaction(connection: DatabaseConnection): Promise<void> {
    return ours(connection).begin();
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return ours(connection).commit();
  }

  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    return ours(connection).rollback();
  }

  destroy(): Promise<void> {
    this.pool.close();
    return Promise.resolve();
  }
}

function ours(connection: DatabaseConnection): Session {
  if (!(connection instanceof Session)) throw new TypeError('A connection of another driver');
  return connection;
}
