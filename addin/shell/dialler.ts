/** How every place dials, whatever carries it out. */
import type { ContactNumber } from '../../shared/contact';
import type { ReadableStore } from '../api/store';

/** What is dialled: the number as it is sent, and what the pane shows until the service knows better. */
export interface DialTarget {
  readonly number: string;
  readonly display?: string;
  readonly name?: string;
}

export interface Dialler {
  /** Dials at the user's phone. Shows at once and never throws: a refusal stands on the call's card. */
  dial(target: DialTarget): void;
  /** The last {@link redialLength} numbers of this pane, newest first (CAL-1). Kept in memory only. */
  readonly redial: ReadableStore<readonly DialTarget[]>;
}

/** Length of the redial list (CAL-1). */
export const redialLength = 10;

/**
 * What to dial for a number of a directory; undefined when nobody knows how. A canonical number gets the access code
 * from the service; one without is dialled as a desk phone would (NUM-2). A favourite that nobody has named is called by
 * its number, which is no name.
 */
export function dialTargetOf(number: ContactNumber, name: string): DialTarget | undefined {
  const digits = number.dialable ?? number.e164;
  if (digits === undefined) return undefined;
  const display = number.display ?? number.raw;
  return { number: digits, display, ...(name === display ? {} : { name }) };
}
