/** PostgreSQL in the process, for tests: PGlite behind Kysely's own PostgreSQL compiler and adapter. */
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import type { Database } from '../../sync-service/database/database';
import { toStorageError } from '../../sync-service/database/storage-error';
import type { Tables } from '../../sync-service/database/tables';

/** Opens an empty PostgreSQL database in memory. */
export function openPglite(): Database {
  return new Kysely<Tables>({
    dialect: {
      createDriver: () => new PgliteDriver(),
      createAdapter: () => new PostgresAdapter(),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createIntrospector: (database) => new PostgresIntrospector(database),
    },
  });
}

/** PGlite has one connection; whoever wants it waits for his turn. */
class PgliteDriver implements Driver {
  private readonly pglite = new PGlite();
  private readonly waiting: (() => void)[] = [];
  private taken = false;

  async init(): Promise<void> {
    await this.pglite.waitReady;
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    if (this.taken) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.taken = true;
    return {
      executeQuery: <R>(query: CompiledQuery) => this.query<R>(query.sql, query.parameters),
      streamQuery: () => {
        throw new Error('Not needed');
      },
    };
  }

  releaseConnection(): Promise<void> {
    const next = this.waiting.shift();
    if (next === undefined) this.taken = false;
    else next();
    return Promise.resolve();
  }

  async beginTransaction(): Promise<void> {
    await this.query('begin');
  }
  async commitTransaction(): Promise<void> {
    await this.query('commit');
  }
  async rollbackTransaction(): Promise<void> {
    await this.query('rollback');
  }
  async destroy(): Promise<void> {
    await this.pglite.close();
  }

  private async query<R>(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult<R>> {
    try {
      const { rows, affectedRows } = await this.pglite.query<R>(sql, [...parameters]);
      return { rows, ...(affectedRows === undefined ? {} : { numAffectedRows: BigInt(affectedRows) }) };
    } catch (error) {
      throw toStorageError(error);
    }
  }
}
