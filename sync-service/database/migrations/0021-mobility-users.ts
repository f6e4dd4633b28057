/** Mobility users: their calls may begin at their mobile (CAL-6). */
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .alterTable('users')
    .addColumn('mobility', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
}
