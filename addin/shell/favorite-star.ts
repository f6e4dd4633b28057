/** The star that makes somebody a favourite, for capabilities that show one person. */
import type { CallParty } from '../../shared/call';
import type { FavoriteSubject } from '../../shared/favorites';

export { useFavoriteStar } from '../favorites/favorite-button';

/** What becomes a favourite: the entry of a directory, else the number; undefined when it was withheld. */
export function favoriteSubjectOf(party: CallParty): FavoriteSubject | undefined {
  const { itemId, directory, name } = party;
  if (itemId !== undefined && directory !== undefined) return { directory, id: itemId };
  const number = party.e164 ?? party.number;
  return number === undefined ? undefined : { number, ...(name === undefined ? {} : { name }) };
}
