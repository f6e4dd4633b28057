/** Favourites (FAV-1 to FAV-4): groups of people and numbers. */
import * as z from 'zod/mini';
import { favoriteGroupNameSchema, favoriteLimits, favoritesSchema, favoriteSubjectSchema } from '../favorites';
import { idParams } from './common';
import { route } from './route';

/** A place in a list, from 0; beyond the end: the end. */
const position = z.int().check(z.gte(0), z.lte(favoriteLimits.favorites));
const groupId = z.string().check(z.minLength(1), z.maxLength(64));

export const listFavorites = route({
  name: 'listFavorites',
  method: 'GET',
  path: '/favorites',
  access: 'user',
  summary: 'All groups with their favourites, in order, as the directories know them now.',
  status: 200,
  response: favoritesSchema,
  errors: [],
});

export const addFavoriteGroup = route({
  name: 'addFavoriteGroup',
  method: 'POST',
  path: '/favorites/groups',
  access: 'user',
  summary: 'Add a group behind the others.',
  body: z.object({ name: favoriteGroupNameSchema }),
  status: 201,
  response: z.object({ id: z.string() }),
  errors: ['already-exists', 'favorites-full'],
});

export const changeFavoriteGroup = route({
  name: 'changeFavoriteGroup',
  method: 'PATCH',
  path: '/favorites/groups/{id}',
  access: 'user',
  summary: 'Rename a group or put it at another place. What is not named stays.',
  params: idParams,
  body: z.object({ name: z.optional(favoriteGroupNameSchema), position: z.optional(position) }),
  status: 204,
  errors: ['not-found', 'already-exists'],
});

export const removeFavoriteGroup = route({
  name: 'removeFavoriteGroup',
  method: 'DELETE',
  path: '/favorites/groups/{id}',
  access: 'user',
  summary: 'Remove a group with the favourites in it. Contacts stay.',
  params: idParams,
  status: 204,
  errors: ['not-found'],
});

export const addFavorite = route({
  name: 'addFavorite',
  method: 'POST',
  path: '/favorites',
  access: 'user',
  summary:
    'Make somebody a favourite, at the end of a group: of one that is there, or of one with this name, made when missing. Who is a favourite already moves there.',
  body: z.object({
    subject: favoriteSubjectSchema,
    group: z.union([z.object({ id: groupId }), z.object({ name: favoriteGroupNameSchema })]),
  }),
  status: 201,
  response: z.object({ id: z.string(), groupId: z.string() }),
  errors: ['not-found', 'number-not-dialable', 'favorites-full'],
});

export const moveFavorite = route({
  name: 'moveFavorite',
  method: 'PATCH',
  path: '/favorites/{id}',
  access: 'user',
  summary: 'Put a favourite at another place of its group or of another one; without a place at the end.',
  params: idParams,
  body: z.object({ groupId: z.optional(groupId), position: z.optional(position) }),
  status: 204,
  errors: ['not-found'],
});

export const removeFavorite = route({
  name: 'removeFavorite',
  method: 'DELETE',
  path: '/favorites/{id}',
  access: 'user',
  summary: 'Take somebody out of the favourites. The contact stays.',
  params: idParams,
  status: 204,
  errors: ['not-found'],
});
