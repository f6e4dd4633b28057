/** Brings a database to the newest schema, in order, in one transaction: all that is missing or nothing. */
import { Migrator, sql } from 'kysely';
import type { Migration } from 'kysely';
import type { Database } from './database';
import * as people from './migrations/0001-people';
import * as contacts from './migrations/0002-contacts';
import * as journal from './migrations/0003-journal';
import * as syncHistory from './migrations/0004-sync-history';
import * as pictures from './migrations/0005-pictures';
import * as microsoftIdentities from './migrations/0006-microsoft-identities';
import * as unattendedSync from './migrations/0007-unattended-sync';
import * as administration from './migrations/0008-administration';
import * as syncTriggers from './migrations/0009-sync-triggers';
import * as sessionAccounts from './migrations/0012-session-accounts';
import * as presence from './migrations/0013-presence';
import * as favorites from './migrations/0014-favorites';
import * as profile from './migrations/0015-profile';
import * as presenceCalendar from './migrations/0016-presence-calendar';
import * as publishedExtensions from './migrations/0017-published-extensions';
import * as importRows from './migrations/0020-import-rows';
import * as mobilityUsers from './migrations/0021-mobility-users';
import * as keysInOrder from './migrations/0022-keys-in-order';
import * as callRequests from './migrations/0025-call-requests';
import * as instanceNotices from './migrations/0026-instance-notices';
import * as replacedPictures from './migrations/0028-replaced-pictures';
import * as contactVersions from './migrations/0029-contact-versions';
import * as peopleNotices from './migrations/0030-people-notices';

/** Names are never changed once released. */
const migrations: Readonly<Record<string, Migration>> = {
  '0001-people': people,
  '0002-contacts': contacts,
  '0003-journal': journal,
  '0004-sync-history': syncHistory,
  '0005-pictures': pictures,
  '0006-microsoft-identities': microsoftIdentities,
  '0007-unattended-sync': unattendedSync,
  '0008-administration': administration,
  '0009-sync-triggers': syncTriggers,
  '0012-session-accounts': sessionAccounts,
  '0013-presence': presence,
  '0014-favorites': favorites,
  '0015-profile': profile,
  '0016-presence-calendar': presenceCalendar,
  '0017-published-extensions': publishedExtensions,
  '0020-import-rows': importRows,
  '0021-mobility-users': mobilityUsers,
  '0022-keys-in-order': keysInOrder,
  '0025-call-requests': callRequests,
  '0026-instance-notices': instanceNotices,
  '0028-replaced-pictures': replacedPictures,
  '0029-contact-versions': contactVersions,
  '0030-people-notices': peopleNotices,
};

/** All migrations that this version knows, oldest first. */
export const migrationNames: readonly string[] = Object.keys(migrations).sort();

/**
 * Applies what is missing, up to `last` where it is named. Throws with the name of the migration that failed; nothing of
 * this call stays then. With `only` a new database gets these, as another one has them. `known` is for tests.
 */
export async function migrate(
  database: Database,
  {
    last,
    only,
    known = migrations,
  }: { last?: string; only?: readonly string[]; known?: Readonly<Record<string, Migration>> } = {},
): Promise<void> {
  const chosen = Object.fromEntries(
    Object.entries(known).filter(([name]) => only === undefined || only.includes(name)),
  );
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve(chosen) },
    // Between two releases migrations come in any order; each works on tables of its own.
    allowUnorderedMigrations: true,
  });
  const { error, results } = await (last === undefined ? migrator.migrateToLatest() : migrator.migrateTo(last));
  if (error !== undefined) {
    const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'unknown';
    throw new Error(`Migration ${failed} failed`, { cause: error });
  }
}

/** Names of the migrations that a database has, oldest first; empty for a new one. */
export async function appliedMigrations(database: Database): Promise<string[]> {
  const tables = await database.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
  const rows = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(database);
  return rows.rows.map(({ name }) => name);
}
