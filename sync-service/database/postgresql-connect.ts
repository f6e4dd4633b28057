/** Settings of every connection to PostgreSQL. */
import type { ClientConfig } from 'pg';
import type { PostgresqlAddress } from './postgresql-address';

export interface PostgresqlTimes {
  /** Milliseconds that a statement may wait for a lock. */
  readonly lockTimeoutMs: number;
  /** Milliseconds that a statement may take. */
  readonly statementTimeoutMs: number;
}

/** Milliseconds within which the server has to take a connection. */
const connectTimeoutMs = 3000;
/** A process that stands still in the middle of a transaction would keep everybody from writing: it is ended after so many. */
const idleInTransactionMs = 30_000;

/** By this name the server knows whose connection it is; what is told of a change names it (migration 0026). */
export function applicationName(instance: string | undefined): string {
  return instance === undefined ? 'myContacts' : `myContacts ${instance}`;
}

export function connectionSettings(
  { host, port, database, user, password, sslMode, ca, instance }: PostgresqlAddress,
  { lockTimeoutMs, statementTimeoutMs }: PostgresqlTimes,
): ClientConfig {
  return {
    host,
    port,
    database,
    user,
    // A function, so that nobody who prints the settings prints it; and no other source is asked.
    password: () => password ?? '',
    ssl:
      sslMode === 'disable'
        ? false
        : {
            rejectUnauthorized: sslMode !== 'require' || ca !== undefined,
            ...(ca !== undefined && { ca }),
            // Only verify-full asks for the name in the certificate.
            ...(sslMode !== 'verify-full' && { checkServerIdentity: () => undefined }),
          },
    application_name: applicationName(instance),
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5000,
    lock_timeout: lockTimeoutMs,
    statement_timeout: statementTimeoutMs,
    // A server that has vanished says nothing: the client gives up by itself a little later.
    query_timeout: statementTimeoutMs + 2000,
    idle_in_transaction_session_timeout: idleInTransactionMs,
  };
}
