/** The personal directory, its search keys, its sources and syncs. */
import type { Kysely } from 'kysely';
import { bytewiseText } from './columns';

export async function up(database: Kysely<unknown>): Promise<void> {
  const key = bytewiseText(database);
  await database.schema
    .createTable('source_accounts')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('generation', 'integer', (c) => c.notNull())
    .addColumn('options', 'text')
    .addColumn('last_sync_at', 'text')
    .addColumn('last_result', 'text')
    .addUniqueConstraint('source_accounts_name', ['user_id', 'kind', 'key'])
    .execute();
  await database.schema
    .createTable('source_folders')
    .addColumn('account_id', 'text', (c) => c.notNull().references('source_accounts.id').onDelete('cascade'))
    .addColumn('folder_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('state', 'text')
    .addPrimaryKeyConstraint('source_folders_key', ['account_id', 'folder_id'])
    .execute();
  await database.schema
    .createTable('contacts')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('sort_key', key, (c) => c.notNull())
    .addColumn('fields', 'text', (c) => c.notNull())
    .addColumn('numbers', 'text', (c) => c.notNull())
    .addColumn('rules_version', 'text', (c) => c.notNull())
    .addColumn('fingerprint', 'text', (c) => c.notNull())
    .addColumn('account_id', 'text', (c) => c.references('source_accounts.id'))
    .addColumn('item_id', 'text')
    .addColumn('folder_id', 'text')
    .addColumn('detached_account_id', 'text')
    .addColumn('detached_item_id', 'text')
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('contacts_origin', ['account_id', 'item_id'])
    .execute();
  await database.schema.createIndex('contacts_list').on('contacts').columns(['user_id', 'sort_key', 'id']).execute();
  await database.schema
    .createIndex('contacts_detached')
    .on('contacts')
    .columns(['detached_account_id', 'detached_item_id'])
    .execute();
  await database.schema
    .createTable('contact_keys')
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('key', key, (c) => c.notNull())
    .addColumn('contact_id', 'text', (c) => c.notNull().references('contacts.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('contact_keys_key', ['user_id', 'key', 'contact_id'])
    .execute();
  await database.schema.createIndex('contact_keys_contact').on('contact_keys').columns(['contact_id', 'key']).execute();
  await database.schema
    .createTable('contact_emails')
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('email', 'text', (c) => c.notNull())
    .addColumn('contact_id', 'text', (c) => c.notNull().references('contacts.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('contact_emails_key', ['user_id', 'email', 'contact_id'])
    .execute();
  await database.schema.createIndex('contact_emails_contact').on('contact_emails').column('contact_id').execute();
  await database.schema
    .createTable('shadows')
    .addColumn('account_id', 'text', (c) => c.notNull().references('source_accounts.id').onDelete('cascade'))
    .addColumn('item_id', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('shadows_key', ['account_id', 'item_id'])
    .execute();
  await database.schema
    .createTable('contact_syncs')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('source_accounts.id').onDelete('cascade'))
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('generation', 'integer', (c) => c.notNull())
    .addColumn('mode', 'text', (c) => c.notNull())
    .addColumn('options', 'text', (c) => c.notNull())
    .addColumn('started_by', 'text', (c) => c.notNull())
    .addColumn('started_at', 'text', (c) => c.notNull())
    .addColumn('until', 'text', (c) => c.notNull())
    .addColumn('plan_hash', 'text')
    .addColumn('removed', 'integer')
    .addColumn('remaining', 'integer')
    .addColumn('result', 'text')
    .execute();
  await database.schema
    .createIndex('contact_syncs_account')
    .on('contact_syncs')
    .columns(['account_id', 'status'])
    .execute();
  await database.schema
    .createTable('sync_batches')
    .addColumn('sync_id', 'text', (c) => c.notNull().references('contact_syncs.id').onDelete('cascade'))
    .addColumn('n', 'integer', (c) => c.notNull())
    .addColumn('length', 'integer', (c) => c.notNull())
    .addColumn('batch', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('sync_batches_key', ['sync_id', 'n'])
    .execute();
}
