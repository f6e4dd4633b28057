/** Pictures that an import of a file has replaced, so that its undo brings them back. */
import type { Kysely } from 'kysely';
import { bytes } from './columns';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('replaced_pictures')
    .addColumn('history_id', 'text', (c) => c.notNull().references('sync_history.id').onDelete('cascade'))
    .addColumn('contact_id', 'text', (c) => c.notNull())
    .addColumn('taken', 'text', (c) => c.notNull())
    .addColumn('source_version', 'text')
    .addColumn('state', 'text')
    .addColumn('hash', 'text')
    .addColumn('bytes', bytes(database))
    .addPrimaryKeyConstraint('replaced_pictures_key', ['history_id', 'contact_id'])
    .execute();
}
