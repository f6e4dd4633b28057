/** What callers of the favourites are told, in one place. */
import { ServiceError } from '../../shared/errors';
import { favoriteLimits } from '../../shared/favorites';

export const favoriteNotFound = () =>
  new ServiceError('not-found', 'There is no such favourite of yours. Read the list again.');

export const groupNotFound = () =>
  new ServiceError('not-found', 'There is no such group among your favourites. Read the list again.');

export const entryNotFound = () =>
  new ServiceError('not-found', 'No directory of yours has this entry. Search for it again.');

export const groupExists = () =>
  new ServiceError('already-exists', 'You have a group with this name. Choose another one.', {
    details: [{ field: 'body.name', reason: 'already-exists' }],
  });

export const numberUnreadable = (reason: string) =>
  new ServiceError('number-not-dialable', 'This is not a number that can be dialled. Write it in full.', {
    details: [{ field: 'body.subject.number', reason }],
  });

export const tooManyGroups = () =>
  new ServiceError('favorites-full', 'You have as many groups as there may be. Remove one first.', {
    details: [{ reason: 'too-many-groups', value: favoriteLimits.groups }],
  });

export const tooManyFavorites = () =>
  new ServiceError('favorites-full', 'You have as many favourites as there may be. Remove some first.', {
    details: [{ reason: 'too-many-favorites', value: favoriteLimits.favorites }],
  });
