/** Which buttons a card has, and in which order. */
import type { CallAbility } from '../../shared/call';
import type { CallCard } from './call-cards';

/**
 * The order is always this one. What excludes each other, such as hold and resume, stands in the same place, so that
 * a hand finds its button without reading. Answering comes first.
 */
export const buttonOrder: readonly CallAbility[] = [
  'answer',
  'hang-up',
  'hold',
  'resume',
  'consult',
  'alternate',
  'transfer',
  'conference',
  'deflect-to-voicemail',
  'deflect',
];

export interface CallButton {
  readonly ability: CallAbility;
  /** Its command is under way. */
  readonly busy: boolean;
  /** Nothing can be done now. A call whose command hangs can still be hung up. */
  readonly disabled: boolean;
  /** Asks for a number first. */
  readonly asksForTarget: boolean;
}

/** Exactly one button for each ability (CAL-8). */
export function buttonsOf({ abilities, busy, joins }: CallCard): CallButton[] {
  return buttonOrder
    .filter((ability) => abilities.includes(ability))
    .map((ability) => ({
      ability,
      busy: busy === ability,
      disabled: busy !== undefined && (ability !== 'hang-up' || busy === 'hang-up'),
      asksForTarget: ability === 'consult' || ability === 'deflect' || (ability === 'transfer' && joins === undefined),
    }));
}
