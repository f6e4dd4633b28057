/** Commands that make a call, so that one which is repeated at another instance acts once. */
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('call_requests')
    .addColumn('request', 'text', (c) => c.primaryKey())
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('answer', 'text')
    .addColumn('until', 'text', (c) => c.notNull())
    .execute();
  await database.schema.createIndex('call_requests_until').on('call_requests').column('until').execute();
  await database.schema.createIndex('call_requests_user').on('call_requests').column('user_id').execute();
}
