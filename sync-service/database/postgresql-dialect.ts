/**
 * Kysely's driver for a PostgreSQL server. Kysely's own one would do for reading; this one gives the stores what they have
 * on SQLite:
 *
 * - Writers take turns, of all instances on one database: a transaction begins with the writers' lock, which the server
 *   keeps, so that what it reads is what it changes, and no transaction fails because another was quicker. Within one
 *   process they queue first (`write-turns.ts`), so that those who wait leave the connections to the readers.
 * - A write alone is a transaction of its own, under the same lock. A transaction that says it only reads sees one state
 *   of the database all along and keeps nobody waiting.
 * - A write that says so ({@link withoutTurn}) waits for nobody: what it does to its one row depends on no other.
 * - A connection that was lost, or that the server ends, is `storage-unavailable` and is not used again. The next
 *   statement connects anew, so the service recovers by itself.
 * - Statements are prepared by name, once for each connection.
 */
import { PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, SelectQueryNode, sql as text } from 'kysely';
import type {
  CompiledQuery,
  DatabaseConnection,
  DatabaseIntrospector,
  Dialect,
  Driver,
  Kysely,
  QueryCompiler,
  QueryResult,
  TransactionSettings,
} from 'kysely';
import pg from 'pg';
import type { PostgresqlAddress } from './postgresql-address';
import { connectionSettings } from './postgresql-connect';
import { writersLock } from './postgresql-locks';
import { storageUnavailable, toStorageError } from './storage-error';
import type { WriteTurns } from './write-turns';

const withoutTurnMark = '/* without turn */';

/**
 * At the end of a write: it takes no turn among the writers. For a statement alone that changes rows by their key, such as
 * one that somebody waits for at a telephone while a large import is written. On SQLite it changes nothing.
 */
export const withoutTurn = text.raw(withoutTurnMark);

export interface PostgresqlOptions {
  readonly address: PostgresqlAddress;
  /** Connections at most. */
  readonly connections: number;
  /** Milliseconds that a write waits for others. */
  readonly lockTimeoutMs: number;
  /** Milliseconds that a statement may take. */
  readonly statementTimeoutMs: number;
  /** Who writes next, of this process. */
  readonly turns: WriteTurns;
}

export class PostgresqlDialect implements Dialect {
  constructor(private readonly options: PostgresqlOptions) {}
  createDriver(): Driver {
    return new PostgresqlDriver(this.options);
  }
  createQueryCompiler(): QueryCompiler {
    return new PostgresQueryCompiler();
  }
  createAdapter(): PostgresAdapter {
    return new PostgresAdapter();
  }
  createIntrospector(database: Kysely<never>): DatabaseIntrospector {
    return new PostgresIntrospector(database);
  }
}

/** Object ids of PostgreSQL's types that count: int8 and numeric come as text, and every number of ours fits a double. */
const countingTypes: ReadonlySet<number> = new Set([20, 1700]);
const textTypes = new pg.TypeOverrides();
for (const type of countingTypes) textTypes.setTypeParser(type, Number);

/** So many statements have names; what is asked with ever other texts would fill the server's memory. */
const namedStatements = 300;
const longestNamed = 8000;

/** Names of statements, the same on every connection. */
class StatementNames {
  private readonly names = new Map<string, string>();

  nameOf(sql: string): string | undefined {
    const known = this.names.get(sql);
    if (known !== undefined) return known;
    if (
      this.names.size >= namedStatements ||
      sql.length > longestNamed ||
      !/^\s*(select|insert|update|delete)\b/i.test(sql)
    ) {
      return undefined;
    }
    const name = `s${this.names.size + 1}`;
    this.names.set(sql, name);
    return name;
  }
}

/** What Kysely holds as a connection: takes one of the pool's when it needs it, and keeps it until Kysely gives it back. */
class Session implements DatabaseConnection {
  private client: pg.PoolClient | undefined;
  /** The client cannot be used any more. */
  private broken = false;
  /** Ends the turn; there while a transaction is under way. */
  private endTurn: (() => void) | undefined;

  constructor(
    private readonly pool: pg.Pool,
    private readonly names: StatementNames,
    private readonly options: Pick<PostgresqlOptions, 'turns' | 'lockTimeoutMs'>,
  ) {}

  async executeQuery<R>(compiled: CompiledQuery): Promise<QueryResult<R>> {
    if (this.endTurn !== undefined || isRead(compiled) || compiled.sql.endsWith(withoutTurnMark))
      return this.run<R>(compiled);
    await this.begin();
    try {
      const result = await this.run<R>(compiled);
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

  async begin(accessMode?: TransactionSettings['accessMode']): Promise<void> {
    if (accessMode === 'read only') {
      await this.told('begin isolation level repeatable read read only');
      this.endTurn = () => undefined;
      return;
    }
    const endTurn = await this.options.turns.take(this.options.lockTimeoutMs);
    try {
      await this.told(`begin; select pg_advisory_xact_lock(${writersLock})`);
      this.endTurn = endTurn;
    } catch (error) {
      await this.told('rollback').catch(() => undefined);
      endTurn();
      throw error;
    }
  }

  async commit(): Promise<void> {
    await this.told('commit');
    this.leaveTurn();
  }

  async rollback(): Promise<void> {
    // Where the connection is gone the server has rolled back by itself.
    if (!this.broken) await this.told('rollback').catch(() => undefined);
    this.leaveTurn();
  }

  release(): void {
    this.client?.release(this.broken);
    this.client = undefined;
    this.broken = false;
  }

  private async run<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const name = this.names.nameOf(sql);
    const { rows, rowCount, command } = await this.ask(async (client) =>
      // Kysely's caller says what the rows are; the driver cannot know it.
      client.query<R & pg.QueryResultRow>({
        text: sql,
        values: parameters.map(storable),
        types: textTypes,
        ...(name !== undefined && { name }),
      }),
    );
    const writes = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE';
    return { rows, ...(writes && rowCount !== null && { numAffectedRows: BigInt(rowCount) }) };
  }

  private async told(sql: string): Promise<void> {
    await this.ask((client) => client.query(sql));
  }

  private async ask<T>(question: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    try {
      this.client ??= await this.pool.connect();
      return await question(this.client);
    } catch (error) {
      // What the server itself says concerns the statement, unless it ends the connection; all else concerns the connection.
      if (!(error instanceof pg.DatabaseError)) {
        this.broken = true;
        throw storageUnavailable(error);
      }
      if (error.severity === 'FATAL') this.broken = true;
      throw toStorageError(error);
    }
  }

  private leaveTurn(): void {
    this.endTurn?.();
    this.endTurn = undefined;
  }
}

/** Reads go on while another connection writes; only they may run outside a transaction, and `VACUUM` has to. */
function isRead({ query, sql }: CompiledQuery): boolean {
  return SelectQueryNode.is(query) || /^\s*(select|show|explain|vacuum)\b/i.test(sql);
}

/** PostgreSQL's texts hold every sign but NUL; it is shown as one that is missing. */
function storable(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
}

class PostgresqlDriver implements Driver {
  private readonly pool: pg.Pool;
  private readonly names = new StatementNames();

  constructor(private readonly options: PostgresqlOptions) {
    this.pool = new pg.Pool({
      ...connectionSettings(options.address, options),
      max: options.connections,
      idleTimeoutMillis: 60_000,
    });
    // The server ended a connection: one that was idle is forgotten by the pool, one in use tells its statement.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => void client.on('error', () => undefined));
  }

  init(): Promise<void> {
    return Promise.resolve();
  }

  acquireConnection(): Promise<Session> {
    return Promise.resolve(new Session(this.pool, this.names, this.options));
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    ours(connection).release();
    return Promise.resolve();
  }

  beginTransaction(connection: DatabaseConnection, { accessMode }: TransactionSettings): Promise<void> {
    return ours(connection).begin(accessMode);
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return ours(connection).commit();
  }

  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    return ours(connection).rollback();
  }

  destroy(): Promise<void> {
    return this.pool.end();
  }
}

function ours(connection: DatabaseConnection): Session {
  if (!(connection instanceof Session)) throw new TypeError('A connection of another driver');
  return connection;
}
