/** The journal with its reminders, what was deleted from it, and how far the call records were read. */
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { bytewiseText } from './columns';

export async function up(database: Kysely<unknown>): Promise<void> {
  const key = bytewiseText(database);
  await database.schema.alterTable('sites').addColumn('journal_days', 'integer').execute();
  await database.schema
    .createTable('journal_entries')
    .addColumn('id', key, (c) => c.primaryKey())
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('site_id', 'text', (c) => c.notNull())
    .addColumn('call_id', 'text', (c) => c.notNull())
    .addColumn('direction', 'text', (c) => c.notNull())
    .addColumn('record_id', 'text', (c) => c.notNull())
    .addColumn('result', 'text', (c) => c.notNull())
    .addColumn('folder', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('number', 'text')
    .addColumn('name', 'text')
    .addColumn('party_key', 'text')
    .addColumn('group_party', 'text')
    .addColumn('taken_by', 'text')
    .addColumn('redirected_from', 'text')
    .addColumn('voicemail', 'integer', (c) => c.notNull())
    .addColumn('started_at', key, (c) => c.notNull())
    .addColumn('connected_at', 'text')
    .addColumn('ended_at', key, (c) => c.notNull())
    .addColumn('reached_at', key)
    .addColumn('open', 'integer', (c) => c.notNull())
    .addColumn('unseen', 'integer', (c) => c.notNull())
    .addColumn('note', 'text')
    .addColumn('remind_at', key)
    .addColumn('reminded', 'integer', (c) => c.notNull())
    .addUniqueConstraint('journal_entries_call', ['call_id', 'user_id', 'direction'])
    .execute();
  const index = (name: string, columns: readonly string[]) =>
    database.schema
      .createIndex(name)
      .on('journal_entries')
      .columns([...columns]);
  await index('journal_all', ['user_id', 'started_at', 'id']).execute();
  await index('journal_folder', ['user_id', 'folder', 'started_at', 'id']).execute();
  await index('journal_party', ['user_id', 'party_key', 'reached_at']).execute();
  await index('journal_age', ['site_id', 'started_at']).execute();
  // Few entries are open, unseen, overdue or outgoing: indexes of these alone are small and counted at once.
  await index('journal_open', ['user_id', 'started_at', 'id'])
    .where(sql<boolean>`open = 1`)
    .execute();
  await index('journal_open_party', ['user_id', 'party_key', 'started_at'])
    .where(sql<boolean>`open = 1`)
    .execute();
  await index('journal_unseen', ['user_id', 'started_at'])
    .where(sql<boolean>`unseen = 1`)
    .execute();
  await index('journal_remind', ['user_id', 'remind_at'])
    .where(sql<boolean>`remind_at is not null`)
    .execute();
  await index('journal_due', ['remind_at'])
    .where(sql<boolean>`remind_at is not null and reminded = 0`)
    .execute();
  await index('journal_dialled', ['user_id', 'started_at', 'id'])
    .where(sql<boolean>`direction = 'outgoing'`)
    .execute();
  await database.schema
    .createTable('journal_tombstones')
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('site_id', 'text', (c) => c.notNull())
    .addColumn('call_id', 'text', (c) => c.notNull())
    .addColumn('direction', 'text', (c) => c.notNull())
    .addColumn('started_at', key, (c) => c.notNull())
    .addPrimaryKeyConstraint('journal_tombstones_key', ['call_id', 'user_id', 'direction'])
    .execute();
  await database.schema
    .createIndex('journal_tombstones_age')
    .on('journal_tombstones')
    .columns(['site_id', 'started_at'])
    .execute();
  await database.schema.createIndex('journal_tombstones_user').on('journal_tombstones').column('user_id').execute();
  await database.schema
    .createTable('journal_cursors')
    .addColumn('site_id', 'text', (c) => c.primaryKey().references('sites.id').onDelete('cascade'))
    .addColumn('cursor', 'text', (c) => c.notNull())
    .execute();
}
