/** How a party of a call is written. */
import type { CallParty } from '../../shared/call';

/** The name, else the number, else the words for somebody unknown. */
export function partyName({ name, display, number }: CallParty, unknown: string): string {
  return name ?? display ?? number ?? unknown;
}

/** The number that stands below a name; undefined where there is no name, because the number stands in its place. */
export function partyNumber({ name, display, number }: CallParty): string | undefined {
  return name === undefined ? undefined : (display ?? number);
}
