/** What a user says of himself: further numbers, an address, a picture. The address is apart from the administrator's. */
import type { Kysely } from 'kysely';
import { bytes } from './columns';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable('users').addColumn('mobile_number', 'text').execute();
  await database.schema.alterTable('users').addColumn('external_number', 'text').execute();
  await database.schema.alterTable('users').addColumn('profile_email', 'text').execute();
  await database.schema.alterTable('users').addColumn('picture', 'text').execute();
  await database.schema
    .createTable('user_pictures')
    .addColumn('user_id', 'text', (c) => c.primaryKey().references('users.id').onDelete('cascade'))
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('bytes', bytes(database), (c) => c.notNull())
    .execute();
  await database.schema.createIndex('user_pictures_hash').on('user_pictures').column('hash').execute();
}
