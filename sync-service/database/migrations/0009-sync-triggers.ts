/** By what a sync was started: a button, the interval, the service itself, a file. Unknown for older ones. */
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable('contact_syncs').addColumn('started_as', 'text').execute();
  await database.schema.alterTable('sync_history').addColumn('started_as', 'text').execute();
}
