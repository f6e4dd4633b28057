/** Mailboxes that the service reads by itself, and sign-ins for them that are under way. */
import type { Kysely } from 'kysely';
import { bytewiseText } from './columns';

export async function up(database: Kysely<unknown>): Promise<void> {
  const key = bytewiseText(database);
  await database.schema
    .createTable('unattended_mailboxes')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('mode', 'text', (c) => c.notNull())
    .addColumn('address', key, (c) => c.notNull())
    .addColumn('secret', 'text')
    .addColumn('key_id', 'text')
    .addColumn('interval_minutes', 'integer', (c) => c.notNull())
    .addColumn('next_run_at', key)
    .addColumn('requested', 'integer', (c) => c.notNull())
    .addColumn('last_run_at', 'text')
    .addColumn('last_success_at', 'text')
    .addColumn('last_problem', 'text')
    .addColumn('failures', 'integer', (c) => c.notNull())
    .addColumn('paused_reason', 'text')
    .addColumn('paused_at', 'text')
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until', key)
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('unattended_mailboxes_user', ['user_id', 'address'])
    .execute();
  await database.schema
    .createIndex('unattended_mailboxes_due')
    .on('unattended_mailboxes')
    .columns(['next_run_at', 'id'])
    .execute();
  await database.schema
    .createIndex('unattended_mailboxes_address')
    .on('unattended_mailboxes')
    .columns(['address', 'id'])
    .execute();
  await database.schema
    .createTable('unattended_sign_ins')
    .addColumn('state_hash', 'text', (c) => c.primaryKey())
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('verifier', 'text', (c) => c.notNull())
    .addColumn('key_id', 'text', (c) => c.notNull())
    .addColumn('until', key, (c) => c.notNull())
    .execute();
}
