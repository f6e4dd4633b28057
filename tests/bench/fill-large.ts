/**
 * Fills an empty database with a large installation: personal directories, and an internal one of 100,000 users. What a
 * contact is found by is made by the service's own code, for the pool; the database copies it to those who have it.
 */
import { sql } from 'kysely';
import type { Insertable } from 'kysely';
import type { NumberRules } from '../../sync-service/contacts/contact-record';
import { entryOfUser } from '../../sync-service/accounts/people-directory-entries';
import { createDirectoryEntryStore } from '../../sync-service/accounts/people-directory-store';
import type { UserRow } from '../../sync-service/accounts/people-store';
import { isPostgresql, portions } from '../../sync-service/database/database';
import type { Connection, Database } from '../../sync-service/database/database';
import { migrate } from '../../sync-service/database/migrate';
import type { UsersTable } from '../../sync-service/database/tables/people';
import { munich } from '../fixtures/dial-plans';
import { largeOwners, largePool, nameOf, poolSize, userIdOf } from './large-people';

/** Owners whose contacts are copied in one transaction. */
const ownersAtOnce = 100;
const usersAtOnce = 5000;
const largest = 3000;

export interface LargeInstallation {
  readonly owners: number;
  readonly users: number;
  /** Of every user. */
  readonly passwordHash: string;
  readonly rules: NumberRules;
}

export async function fillLarge(database: Database, installation: LargeInstallation): Promise<void> {
  await migrate(database);
  await database
    .insertInto('sites')
    .values({
      ...{ id: 'site', name: 'Office', time_zone: 'Europe/Berlin', dial_plan: JSON.stringify(munich) },
      telephone_system: null,
    })
    .execute();
  await addUsers(database, installation);
  await addPool(database, installation);
  for (let from = 0; from < installation.owners; from += ownersAtOnce) {
    await database.transaction().execute(async (db) => {
      // The rows refer to what was written just before: looking each up again would take most of the time.
      if (isPostgresql(db)) await sql`set local session_replication_role = replica`.execute(db);
      await addContacts(db, from);
    });
  }
  for (const table of ['pool', 'pool_keys', 'pool_emails', 'pool_owners', 'pool_slots']) {
    await database.schema.dropTable(`bench_${table}`).execute();
  }
  // What PostgreSQL does by itself in time; the service's SQLite file has no statistics.
  await (isPostgresql(database) ? sql`vacuum analyze` : sql`pragma wal_checkpoint(truncate)`).execute(database);
}

async function addUsers(database: Database, { users, passwordHash, rules }: LargeInstallation): Promise<void> {
  for (let from = 0; from < users; from += usersAtOnce) {
    await database.transaction().execute(async (db) => {
      const rows = Array.from({ length: Math.min(usersAtOnce, users - from) }, (_, n) =>
        userRow(from + n, passwordHash),
      );
      for (const portion of portions(rows, 22)) await db.insertInto('users').values(portion).execute();
      const entries = rows.flatMap((row) => entryOfUser(row, munich, rules) ?? []);
      await createDirectoryEntryStore(db).replace([], entries);
    });
  }
}

function userRow(n: number, passwordHash: string): UserRow & Insertable<UsersTable> {
  const { given, surname } = nameOf(1_000_000 + n);
  return {
    ...{ id: userIdOf(n), site_id: 'site', user_name: `user${n}`, user_name_key: `user${n}`, role: 'user' },
    ...{ display_name: `${given} ${surname}`, given_name: given, surname, extension: String(100_000 + n) },
    ...{ email: `user${n}@example.com`, password_hash: passwordHash, must_change_password: 0, in_directory: 1 },
    ...{ disabled_at: null, settings: '{}', created_at: '2026-01-01T00:00:00.000Z', mobility: 0, picture: null },
    ...{ mobile_number: null, external_number: null, profile_email: null },
  };
}

async function addPool(database: Database, { owners, rules }: LargeInstallation): Promise<void> {
  const text = isPostgresql(database) ? sql`text collate "C"` : sql`text`;
  await sql`create table bench_pool (n integer primary key, sort_key ${text}, fields text, numbers text,
    rules_version text, fingerprint text)`.execute(database);
  await sql`create table bench_pool_keys (n integer, key ${text}, primary key (n, key))`.execute(database);
  await sql`create table bench_pool_emails (n integer, email text, primary key (n, email))`.execute(database);
  await sql`create table bench_pool_owners (n integer primary key, id text, size integer, start integer,
    stride integer)`.execute(database);
  await sql`create table bench_pool_slots (n integer primary key)`.execute(database);
  const pool = largePool(rules);
  const insert = async (db: Connection, table: string, rows: readonly (readonly unknown[])[]): Promise<void> => {
    for (const portion of portions(rows, rows[0]?.length ?? 1)) {
      const values = portion.map((row) => sql`(${sql.join(row)})`);
      await sql`insert into ${sql.table(table)} values ${sql.join(values)}`.execute(db);
    }
  };
  await database.transaction().execute(async (db) => {
    await insert(
      db,
      'bench_pool',
      pool.map((content, n) => [
        ...[n, content.sortKey, JSON.stringify(content.fields), JSON.stringify(content.numbers)],
        ...[content.rulesVersion, content.fingerprint],
      ]),
    );
    const flat = (of: 'keys' | 'emails') => pool.flatMap((content, n) => content[of].map((value) => [n, value]));
    await insert(db, 'bench_pool_keys', flat('keys'));
    await insert(db, 'bench_pool_emails', flat('emails'));
    await insert(
      db,
      'bench_pool_owners',
      largeOwners(owners).map(({ id, size, start, stride }, n) => [n, id, size, start, stride]),
    );
    await insert(
      db,
      'bench_pool_slots',
      Array.from({ length: largest }, (_, n) => [n]),
    );
  });
  if (isPostgresql(database)) await sql`analyze`.execute(database);
}

async function addContacts(db: Connection, from: number): Promise<void> {
  // As long as an id of the service, and in the order of making as those are.
  const contactId = sql`'01890000-0000-7000-8000-' || (100000 + o.n) || (100000 + s.n)`;
  const place = sql`cast((cast(o.start as bigint) + cast(s.n as bigint) * o.stride) % ${sql.lit(poolSize)} as integer)`;
  const had = sql`bench_pool_owners o join bench_pool_slots s on s.n < o.size join bench_pool p on p.n = ${place}`;
  const these = sql`o.n >= ${from} and o.n < ${from + ownersAtOnce}`;
  await sql`insert into contacts (id, user_id, version, sort_key, fields, numbers, rules_version, fingerprint, updated_at)
    select ${contactId}, o.id, 1, p.sort_key, p.fields, p.numbers, p.rules_version, p.fingerprint,
      '2026-01-01T00:00:00.000Z' from ${had} where ${these} order by o.n, s.n`.execute(db);
  await sql`insert into contact_keys (user_id, key, sort_key, contact_id)
    select o.id, k.key, p.sort_key, ${contactId} from ${had} join bench_pool_keys k on k.n = p.n
    where ${these} order by 1, 2, 3, 4`.execute(db);
  await sql`insert into contact_emails (user_id, email, contact_id)
    select o.id, e.email, ${contactId} from ${had} join bench_pool_emails e on e.n = p.n
    where ${these} order by 1, 2, 3`.execute(db);
}
