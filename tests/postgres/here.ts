/** The server that all tests of this folder share. */
import { inject } from 'vitest';
import type { Database } from '../../sync-service/database/database';
import { openDatabaseAt } from '../fakes/postgresql-server';

export function serverPort(): number {
  const port = inject('postgresqlPort');
  if (port === undefined) throw new Error('These tests are run by npm run test:postgres.');
  return port;
}

/** A database of its own. */
export const openDatabaseHere = (): Database => openDatabaseAt(serverPort());
