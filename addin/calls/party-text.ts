/** How a party of a call is written. */
import { useCallback } from 'react';
import type { CallParty } from '../../shared/call';
import { useNumberText, type NumberText } from '../shell/use-number-text';

/** The name, else the number, else the words for somebody unknown. */
export function partyName({ name, display, number }: CallParty, unknown: string, numberText: NumberText): string {
  const shown = display ?? number;
  return name ?? (shown === undefined ? unknown : numberText(shown));
}

/** The number that stands below a name; undefined where there is no name, because the number stands in its place. */
export function partyNumber({ name, display, number }: CallParty, numberText: NumberText): string | undefined {
  const shown = display ?? number;
  return name === undefined || shown === undefined ? undefined : numberText(shown);
}

/** {@link partyName} in the pane's language; the same function as long as the language is. */
export function usePartyName(): (party: CallParty, unknown: string) => string {
  const numberText = useNumberText();
  return useCallback((party: CallParty, unknown: string) => partyName(party, unknown, numberText), [numberText]);
}
