/** What the personal directory keeps of its owner: contacts, where they come from, and syncs that are under way. */
import { readBytes } from '../database/database';
import type { Database } from '../database/database';
import type { PersonalDataSection } from '../personal-data/personal-data';

export function contactSection(database: Database): PersonalDataSection {
  const accountsOf = (userId: string) =>
    database.selectFrom('source_accounts').select('id').where('user_id', '=', userId);
  return {
    name: 'contacts',
    async read({ userId }) {
      const accounts = await database
        .selectFrom('source_accounts')
        .select(['id', 'kind', 'key', 'name', 'options', 'last_sync_at', 'last_result'])
        .where('user_id', '=', userId)
        .orderBy('name')
        .execute();
      const folders = await database
        .selectFrom('source_folders')
        .select(['account_id', 'folder_id', 'name'])
        .where('account_id', 'in', accountsOf(userId))
        .execute();
      const removedByHand = await database
        .selectFrom('shadows')
        .selectAll()
        .where('account_id', 'in', accountsOf(userId))
        .execute();
      const waiting = await database
        .selectFrom('sync_batches')
        .innerJoin('contact_syncs', 'contact_syncs.id', 'sync_batches.sync_id')
        .select(['contact_syncs.account_id', 'contact_syncs.started_at', 'sync_batches.n', 'sync_batches.batch'])
        .where('contact_syncs.account_id', 'in', accountsOf(userId))
        .orderBy('sync_batches.n')
        .execute();
      const syncs = await database
        .selectFrom('sync_history')
        .selectAll()
        .where('account_id', 'in', accountsOf(userId))
        .orderBy('ended_at')
        .execute();
      const changes = await database
        .selectFrom('sync_changes')
        .innerJoin('sync_history', 'sync_history.id', 'sync_changes.history_id')
        .select(['history_id', 'n', 'kind', 'name', 'sync_changes.before', 'sync_changes.after'])
        .where('sync_history.account_id', 'in', accountsOf(userId))
        .orderBy('history_id')
        .orderBy('n')
        .execute();
      const importRows = await database
        .selectFrom('import_rows')
        .innerJoin('sync_history', 'sync_history.id', 'import_rows.history_id')
        .select(['history_id', 'n', 'position', 'name', 'field', 'raw', 'import_rows.reason'])
        .where('sync_history.account_id', 'in', accountsOf(userId))
        .orderBy('history_id')
        .orderBy('n')
        .execute();
      const originals = await database
        .selectFrom('detached_sources')
        .select(['account_id', 'item_id', 'fields', 'changed_at'])
        .where('account_id', 'in', accountsOf(userId))
        .execute();
      const marks = await database
        .selectFrom('source_marks')
        .select(['account_id', 'item_id', 'mark'])
        .where('account_id', 'in', accountsOf(userId))
        .execute();
      const contacts = await database
        .selectFrom('contacts')
        .select(['id', 'fields', 'numbers', 'account_id', 'item_id', 'folder_id'])
        .select(['detached_account_id', 'detached_item_id', 'updated_at'])
        .where('user_id', '=', userId)
        .orderBy('sort_key')
        .execute();
      const pictures = await database
        .selectFrom('contact_pictures')
        .select(['contact_id', 'state', 'bytes'])
        .where('user_id', '=', userId)
        .orderBy('contact_id')
        .execute();
      const replacedPictures = await database
        .selectFrom('replaced_pictures')
        .innerJoin('sync_history', 'sync_history.id', 'replaced_pictures.history_id')
        .select(['history_id', 'contact_id', 'bytes'])
        .where('sync_history.account_id', 'in', accountsOf(userId))
        .orderBy('history_id')
        .orderBy('contact_id')
        .execute();
      const jpeg = (bytes: (typeof pictures)[number]['bytes']) =>
        bytes === null ? {} : { jpegBase64: Buffer.from(readBytes(bytes)).toString('base64') };
      return {
        accounts,
        folders,
        removedByHand,
        syncs,
        importRows,
        changes: changes.map(({ before, after, ...more }) => ({
          ...more,
          before: before === null ? null : (JSON.parse(before) as unknown),
          after: after === null ? null : (JSON.parse(after) as unknown),
        })),
        originals: originals.map(({ fields, ...more }) => ({
          ...more,
          fields: fields === null ? null : (JSON.parse(fields) as unknown),
        })),
        marks,
        waiting: waiting.map(({ batch, ...more }) => ({ ...more, batch: JSON.parse(batch) as unknown })),
        contacts: contacts.map(({ fields, numbers, ...more }) => ({
          ...more,
          fields: JSON.parse(fields) as unknown,
          numbers: JSON.parse(numbers) as unknown,
        })),
        pictures: pictures.map(({ bytes, ...more }) => ({ ...more, ...jpeg(bytes) })),
        replacedPictures: replacedPictures.map(({ bytes, ...more }) => ({ ...more, ...jpeg(bytes) })),
      };
    },
  };
}
