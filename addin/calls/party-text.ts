/** How a party of a call is written. */
import { useCallback } from 'react';
import type { CallParty } from '../../shared/call';
import { nameOf } from '../shell/party-words';
import { useNumberText, type NumberText } from '../shell/use-number-text';

/** The name, else the number, else the words for somebody unknown. */
export function partyName(party: CallParty, unknown: string, numberText: NumberText): string {
  return nameOf(party, numberText) ?? unknown;
}

/** {@link partyName} in the pane's language; the same function as long as the language is. */
export function usePartyName(): (party: CallParty, unknown: string) => string {
  const numberText = useNumberText();
  return useCallback((party: CallParty, unknown: string) => partyName(party, unknown, numberText), [numberText]);
}
