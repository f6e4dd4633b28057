/** Extensions at which something is published at the telephone system, so that nothing stays there of users who are gone. */
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('published_extensions')
    .addColumn('site_id', 'text', (c) => c.notNull().references('sites.id').onDelete('cascade'))
    .addColumn('extension', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('published_extensions_key', ['site_id', 'extension'])
    .execute();
}
