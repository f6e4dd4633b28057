/** Sites, users, devices, groups, speed dials, sessions. */
import type { Kysely } from 'kysely';
import { bytewiseText } from './columns';

export async function up(database: Kysely<unknown>): Promise<void> {
  const key = bytewiseText(database);
  await database.schema
    .createTable('sites')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull().unique())
    .addColumn('time_zone', 'text', (c) => c.notNull())
    .addColumn('dial_plan', 'text', (c) => c.notNull())
    .addColumn('telephone_system', 'text')
    .execute();
  await database.schema
    .createTable('users')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('site_id', 'text', (c) => c.notNull().references('sites.id'))
    .addColumn('user_name', 'text', (c) => c.notNull())
    .addColumn('user_name_key', 'text', (c) => c.notNull().unique())
    .addColumn('display_name', 'text', (c) => c.notNull())
    .addColumn('given_name', 'text')
    .addColumn('surname', 'text')
    .addColumn('extension', 'text')
    .addColumn('email', 'text')
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('password_hash', 'text')
    .addColumn('must_change_password', 'integer', (c) => c.notNull())
    .addColumn('in_directory', 'integer', (c) => c.notNull())
    .addColumn('disabled_at', 'text')
    .addColumn('settings', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('users_extension', ['site_id', 'extension'])
    .execute();
  await database.schema
    .createTable('devices')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('site_id', 'text', (c) => c.notNull().references('sites.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('is_mine', 'integer', (c) => c.notNull())
    .addUniqueConstraint('devices_address', ['site_id', 'address'])
    .execute();
  await database.schema.createIndex('devices_user').on('devices').column('user_id').execute();
  await database.schema
    .createTable('groups')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('site_id', 'text', (c) => c.notNull().references('sites.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('extension', 'text', (c) => c.notNull())
    .addColumn('in_directory', 'integer', (c) => c.notNull())
    .addUniqueConstraint('groups_extension', ['site_id', 'extension'])
    .execute();
  await database.schema
    .createTable('group_members')
    .addColumn('group_id', 'text', (c) => c.notNull().references('groups.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('group_members_key', ['group_id', 'user_id'])
    .execute();
  await database.schema
    .createTable('speed_dials')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('site_id', 'text', (c) => c.notNull().references('sites.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('raw', 'text', (c) => c.notNull())
    .addUniqueConstraint('speed_dials_name', ['site_id', 'name'])
    .execute();
  await database.schema
    .createTable('directory_entries')
    .addColumn('entry_id', 'text', (c) => c.primaryKey())
    .addColumn('site_id', 'text', (c) => c.notNull().references('sites.id'))
    .addColumn('directory', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('sort_key', key, (c) => c.notNull())
    .execute();
  await database.schema
    .createIndex('directory_entries_list')
    .on('directory_entries')
    .columns(['site_id', 'directory', 'sort_key', 'entry_id'])
    .execute();
  await database.schema
    .createTable('directory_keys')
    .addColumn('site_id', 'text', (c) => c.notNull())
    .addColumn('directory', 'text', (c) => c.notNull())
    .addColumn('key', key, (c) => c.notNull())
    .addColumn('entry_id', 'text', (c) => c.notNull().references('directory_entries.entry_id').onDelete('cascade'))
    .addPrimaryKeyConstraint('directory_keys_key', ['site_id', 'directory', 'key', 'entry_id'])
    .execute();
  await database.schema.createIndex('directory_keys_entry').on('directory_keys').columns(['entry_id', 'key']).execute();
  await database.schema
    .createTable('sessions')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('family_hash', 'text', (c) => c.notNull().unique())
    .addColumn('renewal_hash', 'text', (c) => c.notNull())
    .addColumn('previous_renewal_hash', 'text')
    .addColumn('renewal_confirmed', 'integer', (c) => c.notNull())
    .addColumn('recent_renewals', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('renewed_at', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .addColumn('revoked_at', 'text')
    .execute();
  await database.schema.createIndex('sessions_user').on('sessions').column('user_id').execute();
  await database.schema
    .createTable('access_tokens')
    .addColumn('token_hash', 'text', (c) => c.primaryKey())
    .addColumn('session_id', 'text', (c) => c.notNull().references('sessions.id').onDelete('cascade'))
    .addColumn('renewal_hash', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .execute();
  await database.schema
    .createIndex('access_tokens_session')
    .on('access_tokens')
    .columns(['session_id', 'expires_at'])
    .execute();
  await database.schema
    .createTable('sign_in_failures')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('failures', 'integer', (c) => c.notNull())
    .addColumn('last_at', 'text', (c) => c.notNull())
    .execute();
  await database.schema
    .createTable('installation')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute();
  await database.schema
    .createTable('audit_trail')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .execute();
}
