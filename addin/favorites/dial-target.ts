/** What a double click on a favourite dials. */
import type { Favorite } from '../../shared/favorites';
import { dialTargetOf, type DialTarget } from '../shell/dialler';

/** The first number that can be dialled; undefined where there is none. */
export function firstTargetOf({ numbers, displayName }: Favorite): DialTarget | undefined {
  for (const number of numbers) {
    const target = dialTargetOf(number, displayName);
    if (target) return target;
  }
  return undefined;
}
