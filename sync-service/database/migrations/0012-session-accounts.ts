/** A session that was begun with Microsoft knows by which account. */
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable('sessions').addColumn('microsoft_tenant_id', 'text').execute();
  await database.schema.alterTable('sessions').addColumn('microsoft_object_id', 'text').execute();
}
