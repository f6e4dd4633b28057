/**
 * A user's contacts have a version, so that what is kept of them in memory is known to be of today. A file counts it up with
 * each change of a row, whoever makes it. A server does not: two writers of one user would wait for each other at the count;
 * there, instances hear of changes (migration 0026).
 */
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { isPostgres } from './columns';

export async function up(database: Kysely<unknown>): Promise<void> {
  if (isPostgres(database)) return;
  await database.schema
    .createTable('contact_versions')
    .addColumn('user_id', 'text', (c) => c.primaryKey().references('users.id').onDelete('cascade'))
    .addColumn('version', 'integer', (c) => c.notNull())
    .execute();
  const count = (row: 'new' | 'old') => sql`
    insert into contact_versions (user_id, version) select id, 1 from users where id = ${sql.raw(row)}.user_id
    on conflict (user_id) do update set version = version + 1;`;
  await sql`create trigger contact_version_insert after insert on contacts begin ${count('new')} end`.execute(database);
  await sql`create trigger contact_version_update after update on contacts begin ${count('new')} end`.execute(database);
  // Also while the user is deleted with his contacts: then there is nobody to count for.
  await sql`create trigger contact_version_delete after delete on contacts begin ${count('old')} end`.execute(database);
}
