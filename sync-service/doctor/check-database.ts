/** Looks at the PostgreSQL server, where the installation has one. Changes nothing. */
import { sql } from 'kysely';
import { ServiceError } from '../../shared/errors';
import { openPostgresql } from '../database/database';
import { cannotConnect, checkServer, ServerRefused } from '../database/join-server';
import { describeAddress } from '../database/postgresql-address';
import type { PostgresqlAddress } from '../database/postgresql-address';
import { fail, ok, warn } from './finding';
import type { Finding } from './finding';

/** Connections that one instance may have at once: the service's, its worker's, and the one that stays. */
const connectionsOfOneInstance = 11;

export async function checkDatabase(address: PostgresqlAddress): Promise<Finding[]> {
  const name = describeAddress(address);
  const database = openPostgresql(address, { connections: 1 });
  try {
    await checkServer(database, address);
    const { rows } = await sql<{ most: number }>`
      select current_setting('max_connections')::int as most`.execute(database);
    const most = rows[0]?.most ?? 0;
    return [
      ok(`Database: ${name}`),
      ...(address.sslMode === 'require'
        ? [warn("Database: the server's certificate is not checked", 'Use sslmode=verify-full in DATABASE_URL.')]
        : []),
      ...(most < connectionsOfOneInstance * 2
        ? [
            warn(
              `Database: the server takes ${most} connections; an instance has up to ${connectionsOfOneInstance}`,
              'Raise max_connections.',
            ),
          ]
        : []),
    ];
  } catch (error) {
    const { message } =
      error instanceof ServerRefused
        ? error
        : cannotConnect(address, error instanceof ServiceError ? error.cause : error);
    return [fail(`Database: ${message}`, 'Then run the doctor again.')];
  } finally {
    await database.destroy();
  }
}
