/** What a favourite is called. */
import type { Favorite } from '../../shared/favorites';
import type { NumberText } from '../shell/use-number-text';

/** One that nobody has given a name is called by its number, which is shown as numbers are. */
export function favoriteName({ displayName, numbers }: Favorite, numberText: NumberText): string {
  return numbers.some(({ display }) => display === displayName) ? numberText(displayName) : displayName;
}
