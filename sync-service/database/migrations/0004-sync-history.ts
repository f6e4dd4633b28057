/** The history of syncs with what each has changed, what sources say of items that were edited by hand, and marks. */
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('sync_history')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('source_accounts.id').onDelete('cascade'))
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('started_by', 'text', (c) => c.notNull())
    .addColumn('started_at', 'text', (c) => c.notNull())
    .addColumn('ended_at', 'text', (c) => c.notNull())
    .addColumn('times', 'integer', (c) => c.notNull())
    .addColumn('added', 'integer', (c) => c.notNull())
    .addColumn('changed', 'integer', (c) => c.notNull())
    .addColumn('removed', 'integer', (c) => c.notNull())
    .addColumn('unchanged', 'integer', (c) => c.notNull())
    .addColumn('before', 'text')
    .addColumn('left_alone', 'integer')
    .addColumn('undone_at', 'text')
    .execute();
  await database.schema
    .createIndex('sync_history_account')
    .on('sync_history')
    .columns(['account_id', 'ended_at', 'id'])
    .execute();
  await database.schema
    .createTable('sync_changes')
    .addColumn('history_id', 'text', (c) => c.notNull().references('sync_history.id').onDelete('cascade'))
    .addColumn('n', 'integer', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('contact_id', 'text')
    .addColumn('item_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('folded', 'text', (c) => c.notNull())
    .addColumn('folder_before', 'text')
    .addColumn('before', 'text')
    .addColumn('after', 'text')
    .addPrimaryKeyConstraint('sync_changes_key', ['history_id', 'n'])
    .execute();
  await database.schema
    .createTable('detached_sources')
    .addColumn('account_id', 'text', (c) => c.notNull().references('source_accounts.id').onDelete('cascade'))
    .addColumn('item_id', 'text', (c) => c.notNull())
    .addColumn('folder_id', 'text')
    .addColumn('fields', 'text')
    .addColumn('fingerprint', 'text')
    .addColumn('base_fingerprint', 'text')
    .addColumn('changed_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('detached_sources_key', ['account_id', 'item_id'])
    .execute();
  await database.schema
    .createTable('source_marks')
    .addColumn('account_id', 'text', (c) => c.notNull().references('source_accounts.id').onDelete('cascade'))
    .addColumn('item_id', 'text', (c) => c.notNull())
    .addColumn('folder_id', 'text', (c) => c.notNull())
    .addColumn('mark', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('source_marks_key', ['account_id', 'item_id'])
    .execute();
  await database.schema.alterTable('source_folders').addColumn('state_at', 'text').execute();
  await database.schema.alterTable('source_accounts').addColumn('held_since', 'text').execute();
  await database.schema.alterTable('contact_syncs').addColumn('waits_for', 'text').execute();
}
