/**
 * Instances on one database hear in the moment of the commit that people have changed, as they hear of contacts (migration
 * 0026): what they keep of directories and sites in memory needs no question to the server at each search. Each change of
 * people sets a fact of the installation anew.
 */
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { isPostgres } from './columns';

export async function up(database: Kysely<unknown>): Promise<void> {
  if (!isPostgres(database)) return;
  await sql`create function tell_people() returns trigger language plpgsql as $$
    begin
      if exists (select 1 from changed where key in ('people-version', 'directory-version')) then
        perform pg_notify('mycontacts', json_build_object(
          'from', current_setting('application_name'),
          'notices', json_build_array(json_build_object('kind', 'people', 'user', '')))::text);
      end if;
      return null;
    end $$`.execute(database);
  for (const event of ['insert', 'update']) {
    await sql`create trigger ${sql.id(`tell_people_${event}`)} after ${sql.raw(event)} on installation
      referencing new table as changed for each statement execute function tell_people()`.execute(database);
  }
}
