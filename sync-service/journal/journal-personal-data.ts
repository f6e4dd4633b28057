/** What the journal keeps of a person: his own entries, and his name in the entries of colleagues. */
import type { Database } from '../database/database';
import type { DataSubject, PersonalDataSection } from '../personal-data/personal-data';

const partyColumns = ['group_party', 'taken_by', 'redirected_from'] as const;

export function journalSection(database: Database): PersonalDataSection {
  return {
    name: 'journal',
    async read({ userId }) {
      const entries = database.selectFrom('journal_entries').selectAll().where('user_id', '=', userId);
      return (await entries.orderBy('started_at').orderBy('id').execute()).map(({ user_id: _own, ...entry }) => entry);
    },
    forget: forgetNames,
  };
}

/**
 * Colleagues keep their calls with the person, under his extension, which another one may have tomorrow; his name is
 * taken out. What they wrote into notes is their own.
 */
async function forgetNames(transaction: Database, { siteId, extension }: DataSubject): Promise<void> {
  if (extension === undefined) return;
  await transaction
    .updateTable('journal_entries')
    .set({ name: null })
    .where('site_id', '=', siteId)
    .where('number', '=', extension)
    .execute();
  for (const column of partyColumns) {
    await transaction
      .updateTable('journal_entries')
      .set({ [column]: JSON.stringify({ number: extension }) })
      .where('site_id', '=', siteId)
      .where(column, 'like', `%"number":${JSON.stringify(extension)}%`)
      .execute();
  }
}
