/** The audit trail is listed, newest first; what happens often is one entry with a count. */
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable('audit_trail').addColumn('times', 'integer').execute();
  await database.schema.createIndex('audit_trail_time').on('audit_trail').columns(['at', 'id']).execute();
}
