/** Favourites (FAV-1): who is in which group and in which order, shown as the directories know them now. */
import type { ContactNumber } from '../../shared/contact';
import { numbersInField } from '../../shared/numbers-in-field';
import type { DialPlan } from '../../shared/dial-plan';
import type { DirectoryItem, DirectoryName } from '../../shared/directory';
import { afterStep } from '../../shared/favorite-order';
import type { FavoriteOrder, FavoriteStep } from '../../shared/favorite-order';
import { favoriteKey, favoriteLimits } from '../../shared/favorites';
import type { Favorite, Favorites, FavoriteSubject } from '../../shared/favorites';
import type { NumberReading } from '../../shared/phone-number';
import type { Connection, Database } from '../database/database';
import type { EventBus } from '../events/event-bus';
import * as errors from './favorites.errors';
import * as store from './favorites-store';
import type { KeptFavorite, KeptFavorites } from './favorites-store';

/** Whose favourites. */
export interface FavoritesUser {
  readonly userId: string;
  readonly siteId: string;
}

export interface FavoritesServiceDeps {
  readonly database: Database;
  /** The directories, as this user sees them. */
  readonly directory: {
    entries(
      user: FavoritesUser,
      refs: readonly { readonly directory: DirectoryName; readonly id: string }[],
    ): Promise<(DirectoryItem | null)[]>;
    identifyMany(user: FavoritesUser, numbers: readonly NumberReading[]): Promise<(DirectoryItem | null)[]>;
  };
  readonly numbers: { readNumber(raw: string, plan: DialPlan): NumberReading };
  readonly dialPlanOf: (siteId: string) => Promise<DialPlan>;
  readonly newId: () => string;
  readonly events: EventBus;
}

/** A group that is there, or the name of one that is made when missing. */
export type GroupChoice = { readonly id: string } | { readonly name: string };

export interface FavoritesService {
  list(user: FavoritesUser): Promise<Favorites>;
  /** @throws ServiceError `already-exists`, `favorites-full` */
  addGroup(user: FavoritesUser, name: string): Promise<{ id: string }>;
  /** @throws ServiceError `not-found`, `already-exists` */
  changeGroup(
    user: FavoritesUser,
    id: string,
    change: { readonly name?: string | undefined; readonly position?: number | undefined },
  ): Promise<void>;
  /** With the favourites in it. @throws ServiceError `not-found` */
  removeGroup(user: FavoritesUser, id: string): Promise<void>;
  /**
   * At the end of the group; whoever is a favourite already moves there.
   * @throws ServiceError `not-found` for a group or an entry, `number-not-dialable`, `favorites-full`
   */
  add(user: FavoritesUser, subject: FavoriteSubject, group: GroupChoice): Promise<{ id: string; groupId: string }>;
  /** @throws ServiceError `not-found` */
  move(
    user: FavoritesUser,
    id: string,
    to: { readonly groupId?: string | undefined; readonly position?: number | undefined },
  ): Promise<void>;
  /** @throws ServiceError `not-found` */
  remove(user: FavoritesUser, id: string): Promise<void>;
}

export function createFavoritesService(deps: FavoritesServiceDeps): FavoritesService {
  const { database, directory, numbers, newId, events } = deps;

  /** One change after the other of each user; told when it is written. */
  async function change<T>(
    { userId }: FavoritesUser,
    act: (db: Connection, kept: KeptFavorites) => Promise<T>,
  ): Promise<T> {
    const result = await database.transaction().execute(async (db) => {
      if (!(await store.takeTurn(db, userId))) throw errors.favoriteNotFound();
      return act(db, await store.readFavorites(db, userId));
    });
    events.publish({ user: userId }, { type: 'favorites' });
    return result;
  }

  async function step(db: Connection, { userId }: FavoritesUser, kept: KeptFavorites, by: FavoriteStep): Promise<void> {
    await store.writeOrder(db, userId, kept, afterStep(orderOf(kept), by));
  }

  async function makeGroup(db: Connection, userId: string, kept: KeptFavorites, name: string): Promise<string> {
    if (kept.groups.length >= favoriteLimits.groups) throw errors.tooManyGroups();
    const id = newId();
    await store.insertGroup(db, userId, { id, name, nameKey: nameKeyOf(name), position: behind(kept.groups) });
    return id;
  }

  const groupNamed = (kept: KeptFavorites, name: string) =>
    kept.groups.find(({ nameKey }) => nameKey === nameKeyOf(name));

  return {
    async list(user) {
      const kept = await store.readFavorites(database, user.userId);
      const shown = await describe(user, kept.favorites);
      const renamed = new Map<string, string>();
      for (const [index, { id, name }] of kept.favorites.entries()) {
        const current = shown[index]?.item?.displayName;
        if (current !== undefined && current !== name) renamed.set(id, current);
      }
      if (renamed.size > 0) await store.keepNames(database, user.userId, renamed);
      return {
        groups: kept.groups.map(({ id, name }) => ({
          id,
          name,
          items: shown.filter((_, index) => kept.favorites[index]?.groupId === id),
        })),
      };
    },

    addGroup: (user, name) =>
      change(user, async (db, kept) => {
        if (groupNamed(kept, name) !== undefined) throw errors.groupExists();
        return { id: await makeGroup(db, user.userId, kept, name) };
      }),

    changeGroup: (user, id, { name, position }) =>
      change(user, async (db, kept) => {
        if (!kept.groups.some((group) => group.id === id)) throw errors.groupNotFound();
        if (name !== undefined) {
          const other = groupNamed(kept, name);
          if (other !== undefined && other.id !== id) throw errors.groupExists();
          await store.renameGroup(db, user.userId, { id, name, nameKey: nameKeyOf(name) });
        }
        if (position !== undefined) await step(db, user, kept, { type: 'move-group', id, position });
      }),

    removeGroup: (user, id) =>
      change(user, async (db, kept) => {
        if (!kept.groups.some((group) => group.id === id)) throw errors.groupNotFound();
        await step(db, user, kept, { type: 'remove-group', id });
      }),

    async add(user, subject, choice) {
      const plan = await deps.dialPlanOf(user.siteId);
      const { name, subject: checked } = await check(user, subject, plan);
      const subjectKey = favoriteKey(checked, (number) => numberKeyOf(numbers.readNumber(number, plan), plan));
      return change(user, async (db, kept) => {
        const known = kept.favorites.find((favorite) => favorite.subjectKey === subjectKey);
        if (known === undefined && kept.favorites.length >= favoriteLimits.favorites) throw errors.tooManyFavorites();
        const groupId =
          'id' in choice
            ? kept.groups.find(({ id }) => id === choice.id)?.id
            : (groupNamed(kept, choice.name)?.id ?? (await makeGroup(db, user.userId, kept, choice.name)));
        if (groupId === undefined) throw errors.groupNotFound();
        if (known === undefined) {
          const id = newId();
          const position = behind(kept.favorites.filter((favorite) => favorite.groupId === groupId));
          await store.insertFavorite(db, user.userId, { id, groupId, subjectKey, subject: checked, name, position });
          return { id, groupId };
        }
        if (known.groupId !== groupId) {
          const now = await store.readFavorites(db, user.userId);
          const position = favoriteLimits.favorites;
          await step(db, user, now, { type: 'move', id: known.id, groupId, position });
        }
        return { id: known.id, groupId };
      });
    },

    move: (user, id, { groupId, position = favoriteLimits.favorites }) =>
      change(user, async (db, kept) => {
        const favorite = kept.favorites.find((one) => one.id === id);
        if (favorite === undefined) throw errors.favoriteNotFound();
        const to = groupId ?? favorite.groupId;
        if (!kept.groups.some((group) => group.id === to)) throw errors.groupNotFound();
        await step(db, user, kept, { type: 'move', id, groupId: to, position });
      }),

    remove: (user, id) =>
      change(user, async (db, kept) => {
        if (!kept.favorites.some((favorite) => favorite.id === id)) throw errors.favoriteNotFound();
        await step(db, user, kept, { type: 'remove', id });
      }),
  };

  /** The subject as it is kept, with its name of today. */
  async function check(user: FavoritesUser, subject: FavoriteSubject, plan: DialPlan) {
    if ('id' in subject) {
      const [item] = await directory.entries(user, [subject]);
      if (item === null || item === undefined) throw errors.entryNotFound();
      return { subject, name: item.displayName };
    }
    const reading = numbers.readNumber(subject.number, plan);
    if (!canDial(reading)) throw errors.numberUnreadable(reading.problem ?? 'not-a-number');
    const name = subject.name?.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '').trim();
    return { subject: { number: subject.number }, name: name === '' ? undefined : name };
  }

  async function describe(user: FavoritesUser, favorites: readonly KeptFavorite[]): Promise<Favorite[]> {
    if (favorites.length === 0) return [];
    const plan = await deps.dialPlanOf(user.siteId);
    const refs = favorites.flatMap(({ subject }) => ('id' in subject ? [subject] : []));
    const readings = favorites.flatMap(({ subject }) =>
      'id' in subject ? [] : [numbers.readNumber(subject.number, plan)],
    );
    const entries = await directory.entries(user, refs);
    const holders = readings.length === 0 ? [] : await directory.identifyMany(user, readings);
    let entry = 0;
    let number = 0;
    return favorites.map(({ id, subject, name }) => {
      if ('id' in subject) {
        const item = entries[entry] ?? undefined;
        entry += 1;
        const shown = item?.displayName ?? name ?? '';
        return { id, subject, displayName: shown, numbers: item?.numbers ?? [], ...(item && { item }) };
      }
      const item = holders[number] ?? undefined;
      const reading = readings[number];
      number += 1;
      const shown = item?.displayName ?? name ?? reading?.display ?? subject.number;
      return {
        id,
        subject,
        displayName: shown,
        numbers: reading ? [writtenAs(reading, item)] : [],
        ...(item && { item }),
      };
    });
  }
}

/** The number with its kind, where its holder says of what kind it is. */
function writtenAs(reading: NumberReading, item: DirectoryItem | undefined): ContactNumber {
  const same = item?.numbers
    .flatMap(numbersInField)
    .find((number) => number.e164 !== undefined && number.e164 === reading.e164);
  const inside = reading.extension !== undefined && reading.e164 === undefined;
  return { kind: same?.kind ?? (inside ? 'internal' : 'business'), ...reading };
}

const canDial = ({ e164, extension, dialable }: NumberReading): boolean =>
  e164 !== undefined || extension !== undefined || dialable !== undefined;

/** Equal for all forms of a number: an own extension, else E.164 with what is dialled behind, else the digits. */
function numberKeyOf({ e164, extension, dialable, raw }: NumberReading, plan: DialPlan): string {
  const own = (digits: string) => e164 === undefined || plan.numberBlocks.some((block) => block + digits === e164);
  if (extension !== undefined && own(extension)) return extension;
  if (e164 !== undefined) return extension === undefined ? e164 : `${e164}#${extension}`;
  return dialable ?? raw;
}

const nameKeyOf = (name: string): string => name.normalize('NFKC').toLowerCase();

/** The place behind all of them. */
const behind = (kept: readonly { readonly position: number }[]): number => (kept.at(-1)?.position ?? -1) + 1;

function orderOf({ groups, favorites }: KeptFavorites): FavoriteOrder {
  return groups.map(({ id }) => ({
    id,
    items: favorites.filter(({ groupId }) => groupId === id).map((favorite) => favorite.id),
  }));
}
