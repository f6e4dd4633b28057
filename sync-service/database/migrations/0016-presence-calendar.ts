/** What was read of the calendars of users who want their presence from it. */
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('presence_calendars')
    .addColumn('user_id', 'text', (c) => c.primaryKey().references('users.id').onDelete('cascade'))
    .addColumn('calendar', 'text', (c) => c.notNull())
    .addColumn('read_at', 'text', (c) => c.notNull())
    .addColumn('read_by', 'text', (c) => c.notNull())
    .addColumn('next_at', 'text')
    .execute();
  await database.schema.createIndex('presence_calendars_next').on('presence_calendars').column('next_at').execute();
}
