/** Pictures of contacts, and at which state of its source each was read. */
import type { Kysely } from 'kysely';
import { bytes } from './columns';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable('contacts').addColumn('source_version', 'text').execute();
  await database.schema.alterTable('contacts').addColumn('picture', 'text').execute();
  await database.schema
    .createTable('contact_pictures')
    .addColumn('contact_id', 'text', (c) => c.primaryKey().references('contacts.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('source_version', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('hash', 'text')
    .addColumn('bytes', bytes(database))
    .execute();
  await database.schema
    .createIndex('contact_pictures_hash')
    .on('contact_pictures')
    .columns(['user_id', 'hash'])
    .execute();
}
