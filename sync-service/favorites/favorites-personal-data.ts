/** What favourites keep of a person: his own, and him among those of colleagues. */
import type { Database } from '../database/database';
import type { DataSubject, PersonalDataSection } from '../personal-data/personal-data';

export function favoritesSection(database: Database): PersonalDataSection {
  return {
    name: 'favorites',
    async read({ userId }) {
      const groups = await database
        .selectFrom('favorite_groups')
        .select(['id', 'name'])
        .where('user_id', '=', userId)
        .orderBy('position')
        .execute();
      const favorites = await database
        .selectFrom('favorites')
        .select(['group_id', 'directory', 'entry_id', 'number', 'name'])
        .where('user_id', '=', userId)
        .orderBy('position')
        .execute();
      return groups.map(({ id, name }) => ({
        name,
        favorites: favorites
          .filter(({ group_id }) => group_id === id)
          .map(({ group_id: _group, ...favorite }) => favorite),
      }));
    },
    forget: forgetEntry,
  };
}

/** Colleagues lose the favourite that was the person; a favourite that is his number keeps the number without his name. */
async function forgetEntry(transaction: Database, { userId, siteId, extension }: DataSubject): Promise<void> {
  await transaction
    .deleteFrom('favorites')
    .where('directory', '=', 'internal')
    .where('entry_id', '=', userId)
    .execute();
  if (extension === undefined) return;
  await transaction
    .updateTable('favorites')
    .set({ name: null })
    .where('subject_key', '=', `number ${extension}`)
    .where('user_id', 'in', (eb) => eb.selectFrom('users').select('id').where('site_id', '=', siteId))
    .execute();
}
