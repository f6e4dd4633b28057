/** Presence and forwarding of users, and what a telephone is that decides on them. */
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('presence')
    .addColumn('user_id', 'text', (c) => c.primaryKey().references('users.id').onDelete('cascade'))
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('return_at', 'text')
    .addColumn('return_wall_time', 'text')
    .addColumn('return_time_zone', 'text')
    .addColumn('information', 'text')
    .addColumn('visibility', 'text', (c) => c.notNull())
    .addColumn('sick_visible', 'integer', (c) => c.notNull())
    .addColumn('changed_at', 'text', (c) => c.notNull())
    .addColumn('changed_by', 'text', (c) => c.notNull())
    .addColumn('in_force', 'integer', (c) => c.notNull())
    .execute();
  await database.schema
    .createTable('forwarding')
    .addColumn('user_id', 'text', (c) => c.primaryKey().references('users.id').onDelete('cascade'))
    .addColumn('rules', 'text', (c) => c.notNull())
    .addColumn('changed_at', 'text', (c) => c.notNull())
    .addColumn('changed_by', 'text', (c) => c.notNull())
    .addColumn('in_force', 'integer', (c) => c.notNull())
    .execute();
  await database.schema
    .alterTable('devices')
    .addColumn('mulap', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await database.schema
    .alterTable('devices')
    .addColumn('intercept', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
}
