/** Accounts of Microsoft Entra ID with their users; a session knows by what it was begun. */
import type { Kysely } from 'kysely';
import { bytewiseText } from './columns';

export async function up(database: Kysely<unknown>): Promise<void> {
  const key = bytewiseText(database);
  await database.schema
    .createTable('microsoft_identities')
    .addColumn('tenant_id', key, (c) => c.notNull())
    .addColumn('object_id', key, (c) => c.notNull())
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('account_name', 'text', (c) => c.notNull())
    .addColumn('linked_by', 'text', (c) => c.notNull())
    .addColumn('linked_at', 'text', (c) => c.notNull())
    .addColumn('unlinked_at', 'text')
    .addPrimaryKeyConstraint('microsoft_identities_key', ['tenant_id', 'object_id'])
    .execute();
  await database.schema.createIndex('microsoft_identities_user').on('microsoft_identities').column('user_id').execute();
  await database.schema.alterTable('sessions').addColumn('signed_in_by', 'text').execute();
}
