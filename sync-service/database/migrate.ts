/** Brings a database to the newest schema, in order, in one transaction: all that is missing or nothing. */
import { Migrator } from 'kysely';
import type { Database } from './database';
import * as people from './migrations/0001-people';
import * as contacts from './migrations/0002-contacts';
import * as journal from './migrations/0003-journal';
import * as syncHistory from './migrations/0004-sync-history';
import * as microsoftIdentities from './migrations/0006-microsoft-identities';
import * as unattendedSync from './migrations/0007-unattended-sync';

/** Names are never changed once released. */
const migrations = {
  '0001-people': people,
  '0002-contacts': contacts,
  '0003-journal': journal,
  '0004-sync-history': syncHistory,
  '0006-microsoft-identities': microsoftIdentities,
  '0007-unattended-sync': unattendedSync,
};

/** Applies what is missing. Throws with the name of the migration that failed; nothing of this call stays then. */
export async function migrate(database: Database): Promise<void> {
  const migrator = new Migrator({ db: database, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'unknown';
    throw new Error(`Migration ${failed} failed`, { cause: error });
  }
}
