/** What an import of a file left out, and the numbers in it that cannot be read: row by row. */
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('import_rows')
    .addColumn('history_id', 'text', (c) => c.notNull().references('sync_history.id').onDelete('cascade'))
    .addColumn('n', 'integer', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('name', 'text')
    .addColumn('field', 'text')
    .addColumn('raw', 'text')
    .addColumn('reason', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('import_rows_key', ['history_id', 'n'])
    .execute();
}
