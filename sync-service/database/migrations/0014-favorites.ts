/** Favourites in groups, and who wants to be told when a colleague is free. */
import type { Kysely } from 'kysely';
import { bytewiseText } from './columns';

export async function up(database: Kysely<unknown>): Promise<void> {
  const key = bytewiseText(database);
  await database.schema
    .createTable('favorite_groups')
    .addColumn('id', key, (c) => c.primaryKey())
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('name_key', 'text', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addUniqueConstraint('favorite_groups_name', ['user_id', 'name_key'])
    .execute();
  await database.schema
    .createTable('favorites')
    .addColumn('id', key, (c) => c.primaryKey())
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('group_id', key, (c) => c.notNull().references('favorite_groups.id').onDelete('cascade'))
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('subject_key', 'text', (c) => c.notNull())
    .addColumn('directory', 'text')
    .addColumn('entry_id', 'text')
    .addColumn('number', 'text')
    .addColumn('name', 'text')
    .addUniqueConstraint('favorites_subject', ['user_id', 'subject_key'])
    .execute();
  await database.schema.createIndex('favorites_group').on('favorites').column('group_id').execute();
  await database.schema.createIndex('favorites_entry').on('favorites').column('entry_id').execute();
  await database.schema
    .createTable('presence_watches')
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('watched_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('presence_watches_key', ['user_id', 'watched_id'])
    .execute();
  await database.schema.createIndex('presence_watches_watched').on('presence_watches').column('watched_id').execute();
}
