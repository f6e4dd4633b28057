/** Groups and favourites of a user. Everything is by owner; what is of somebody else does not exist. */
import { portions } from '../database/database';
import type { Connection } from '../database/database';
import type { FavoritesTable } from '../database/tables/favorites';
import type { FavoriteSubject } from '../../shared/favorites';
import type { FavoriteOrder } from '../../shared/favorite-order';

export interface KeptGroup {
  readonly id: string;
  readonly name: string;
  readonly nameKey: string;
  /** Those of all groups rise; after somebody was erased there may be gaps between favourites. */
  readonly position: number;
}

export interface KeptFavorite {
  readonly id: string;
  readonly groupId: string;
  readonly subjectKey: string;
  readonly subject: FavoriteSubject;
  /** The last known name. */
  readonly name: string | undefined;
  readonly position: number;
}

export interface KeptFavorites {
  readonly groups: readonly KeptGroup[];
  /** In the order of groups, then within them. */
  readonly favorites: readonly KeptFavorite[];
}

/** All of a user, in order. */
export async function readFavorites(db: Connection, userId: string): Promise<KeptFavorites> {
  const groups = await db
    .selectFrom('favorite_groups')
    .select(['id', 'name', 'name_key', 'position'])
    .where('user_id', '=', userId)
    .orderBy('position')
    .orderBy('id')
    .execute();
  const rows = await db
    .selectFrom('favorites')
    .innerJoin('favorite_groups', 'favorite_groups.id', 'favorites.group_id')
    .selectAll('favorites')
    .where('favorites.user_id', '=', userId)
    .orderBy('favorite_groups.position')
    .orderBy('favorite_groups.id')
    .orderBy('favorites.position')
    .orderBy('favorites.id')
    .execute();
  return {
    groups: groups.map(({ id, name, name_key, position }) => ({ id, name, nameKey: name_key, position })),
    favorites: rows.map(keptFavorite),
  };
}

/**
 * Takes the user's turn: of two changes at once the second begins when the first is written. For the beginning of a
 * transaction; false when there is no such user (any more).
 */
export async function takeTurn(db: Connection, userId: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('users')
    .set((eb) => ({ settings: eb.ref('settings') }))
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows) > 0;
}

export async function insertGroup(db: Connection, userId: string, group: KeptGroup): Promise<void> {
  const { id, name, nameKey, position } = group;
  await db.insertInto('favorite_groups').values({ id, user_id: userId, name, name_key: nameKey, position }).execute();
}

export async function renameGroup(
  db: Connection,
  userId: string,
  group: Pick<KeptGroup, 'id' | 'name' | 'nameKey'>,
): Promise<void> {
  await db
    .updateTable('favorite_groups')
    .set({ name: group.name, name_key: group.nameKey })
    .where('user_id', '=', userId)
    .where('id', '=', group.id)
    .execute();
}

export async function insertFavorite(
  db: Connection,
  userId: string,
  { id, groupId, subjectKey, subject, name, position }: KeptFavorite,
): Promise<void> {
  const entry = 'id' in subject;
  await db
    .insertInto('favorites')
    .values({
      id,
      user_id: userId,
      group_id: groupId,
      position,
      subject_key: subjectKey,
      directory: entry ? subject.directory : null,
      entry_id: entry ? subject.id : null,
      number: entry ? null : subject.number,
      name: name ?? null,
    })
    .execute();
}

/** Makes an order of what is kept: writes what differs, and removes what the order has no more. */
export async function writeOrder(
  db: Connection,
  userId: string,
  { groups, favorites }: KeptFavorites,
  order: FavoriteOrder,
): Promise<void> {
  const left = new Set(order.flatMap(({ items }) => items));
  const groupsLeft = new Set(order.map(({ id }) => id));
  const gone = favorites.map(({ id }) => id).filter((id) => !left.has(id));
  for (const portion of portions(gone, 1))
    await db.deleteFrom('favorites').where('user_id', '=', userId).where('id', 'in', portion).execute();
  const goneGroups = groups.map(({ id }) => id).filter((id) => !groupsLeft.has(id));
  for (const portion of portions(goneGroups, 1))
    await db.deleteFrom('favorite_groups').where('user_id', '=', userId).where('id', 'in', portion).execute();
  const groupPlaces = new Map(groups.map(({ id, position }) => [id, position]));
  const places = new Map(favorites.map(({ id, groupId, position }) => [id, `${groupId} ${position}`]));
  for (const [index, { id, items }] of order.entries()) {
    if (groupPlaces.get(id) !== index)
      await db.updateTable('favorite_groups').set({ position: index }).where('id', '=', id).execute();
    for (const [position, favorite] of items.entries()) {
      if (places.get(favorite) === `${id} ${position}`) continue;
      await db
        .updateTable('favorites')
        .set({ group_id: id, position })
        .where('user_id', '=', userId)
        .where('id', '=', favorite)
        .execute();
    }
  }
}

/** Keeps names as they are today, for the day on which their entries are gone. */
export async function keepNames(db: Connection, userId: string, names: ReadonlyMap<string, string>): Promise<void> {
  for (const [id, name] of names)
    await db.updateTable('favorites').set({ name }).where('user_id', '=', userId).where('id', '=', id).execute();
}

function keptFavorite(row: FavoritesTable): KeptFavorite {
  const { id, group_id, subject_key, directory, entry_id, number, name, position } = row;
  const subject: FavoriteSubject =
    directory !== null && entry_id !== null
      ? { directory, id: entry_id }
      : { number: number ?? '', ...(name === null ? {} : { name }) };
  return { id, groupId: group_id, subjectKey: subject_key, subject, name: name ?? undefined, position };
}
