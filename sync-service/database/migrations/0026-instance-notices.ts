/**
 * Whoever commits a change tells it to all instances on the database in the same moment: PostgreSQL sends what a trigger
 * notifies with the commit, or not at all. So nothing is lost when a process is killed right behind its commit, and a change
 * by the command line is told as well. A database in a file has one instance and needs none of it.
 */
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { isPostgres } from './columns';

/** Kind of notice by table. */
const byUser = {
  contacts: 'contacts',
  favorites: 'favorites',
  favorite_groups: 'favorites',
  journal_entries: 'journal',
  presence: 'presence',
  forwarding: 'forwarding',
  presence_watches: 'presence-watches',
};
const byAccount = { detached_sources: 'contacts' };

const events = { insert: 'new', update: 'new', delete: 'old' };

export async function up(database: Kysely<unknown>): Promise<void> {
  if (!isPostgres(database)) return;
  await makeFunction(database, 'tell_by_user', 'select distinct user_id from changed');
  await makeFunction(
    database,
    'tell_by_account',
    'select distinct user_id from source_accounts where id in (select account_id from changed)',
  );
  for (const [tables, name] of [[byUser, 'tell_by_user'] as const, [byAccount, 'tell_by_account'] as const]) {
    for (const [table, kind] of Object.entries(tables)) {
      for (const [event, rows] of Object.entries(events)) {
        await sql`create trigger ${sql.id(`tell_${table}_${event}`)} after ${sql.raw(event)} on ${sql.table(table)}
          referencing ${sql.raw(rows)} table as changed for each statement
          execute function ${sql.id(name)}(${sql.lit(kind)})`.execute(database);
      }
    }
  }
}

/** The channel, and what a notice looks like, are what `database/instances.ts` reads. */
async function makeFunction(database: Kysely<unknown>, name: string, users: string): Promise<void> {
  await sql`create function ${sql.id(name)}() returns trigger language plpgsql as $$
    declare who text;
    begin
      for who in ${sql.raw(users)} loop
        perform pg_notify('mycontacts', json_build_object(
          'from', current_setting('application_name'),
          'notices', json_build_array(json_build_object('kind', tg_argv[0], 'user', who)))::text);
      end loop;
      return null;
    end $$`.execute(database);
}
