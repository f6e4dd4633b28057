/** Handlers of `shared/api/favorites.ts`. */
import {
  addFavorite,
  addFavoriteGroup,
  changeFavoriteGroup,
  listFavorites,
  moveFavorite,
  removeFavorite,
  removeFavoriteGroup,
} from '../../shared/api/favorites';
import { bind } from '../http/binding';
import type { BoundRoute, Caller } from '../http/binding';
import type { FavoritesService, FavoritesUser } from './favorites.service';

const userOf = (caller: Caller): FavoritesUser => ({ userId: caller.user.id, siteId: caller.siteId });

export function favoritesRoutes(favorites: FavoritesService): BoundRoute[] {
  return [
    bind(listFavorites, (_input, { caller }) => favorites.list(userOf(caller))),
    bind(addFavoriteGroup, ({ body }, { caller }) => favorites.addGroup(userOf(caller), body.name)),
    bind(changeFavoriteGroup, async ({ params, body }, { caller }) => {
      await favorites.changeGroup(userOf(caller), params.id, body);
      return undefined;
    }),
    bind(removeFavoriteGroup, async ({ params }, { caller }) => {
      await favorites.removeGroup(userOf(caller), params.id);
      return undefined;
    }),
    bind(addFavorite, ({ body }, { caller }) => favorites.add(userOf(caller), body.subject, body.group)),
    bind(moveFavorite, async ({ params, body }, { caller }) => {
      await favorites.move(userOf(caller), params.id, body);
      return undefined;
    }),
    bind(removeFavorite, async ({ params }, { caller }) => {
      await favorites.remove(userOf(caller), params.id);
      return undefined;
    }),
  ];
}
