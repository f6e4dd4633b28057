/** How a party of a call is called. */
import type { CallParty } from '../../shared/call';
import type { NumberText } from './use-number-text';

/** The number for people; undefined where it is withheld. */
export const shownNumber = ({ display, number }: CallParty, numberText: NumberText): string | undefined =>
  display === undefined ? number : numberText(display);

/** The name, else the number. */
export const nameOf = (party: CallParty, numberText: NumberText): string | undefined =>
  party.name ?? shownNumber(party, numberText);

/** The number, where the name stands elsewhere. */
export const numberBesideName = (party: CallParty, numberText: NumberText): string | undefined =>
  party.name === undefined ? undefined : shownNumber(party, numberText);
