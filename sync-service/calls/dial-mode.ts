/**
 * Whether a call begins at the user's telephone or at his mobile (CAL-6). Pure: what must be looked up is handed in.
 *
 * - An emergency call is refused with the mobile: the office's line would tell the wrong place, and a mobile reaches help
 *   by itself.
 * - Codes with * and # are no numbers and are dialled at telephones only, in every mode. A voice box that is called by a
 *   number is a call like any other.
 * - Without a mobile number nothing rings: not the telephone either, for nobody may be there.
 */
import type { DialPlan } from '../../shared/dial-plan';
import type { NumberReading } from '../../shared/phone-number';
import type { DialWay, NumberRulesForCalls } from './caller-directory';
import { internationalForm, isEmergency, reachedExtension } from './dial-permission';

/** Why a call cannot begin at the mobile: stable words of `number-not-allowed`. */
export const dialModeRefusals = ['emergency-by-mobile', 'own-mobile', 'mobile-missing', 'mobile-not-outside'] as const;
export type DialModeRefusal = (typeof dialModeRefusals)[number];

export interface DialModeQuestion {
  readonly way: DialWay;
  /** The telephone system can call a mobile back. */
  readonly callsBack: boolean;
  /** What is dialled, and how it is read. */
  readonly dialString: string;
  readonly reading: NumberReading;
  readonly plan: DialPlan;
  readonly numbers: Pick<NumberRulesForCalls, 'toDialString' | 'readDialled'>;
  readonly isPremiumRate: (international: string) => boolean;
}

/** What to call first in place of the telephone; nothing where the telephone it is. */
export function dialMode(
  question: DialModeQuestion,
): { readonly callBackTo?: string } | { readonly refusal: DialModeRefusal } {
  const { way, callsBack, dialString, reading, plan } = question;
  if (way.mode !== 'call-back' || !way.mobility || !callsBack) return {};
  if (isEmergency(dialString, plan)) return { refusal: 'emergency-by-mobile' };
  if (way.mobileNumber === undefined) return { refusal: 'mobile-missing' };
  const callBackTo = outsideDialString(way.mobileNumber, question);
  if (callBackTo === undefined) return { refusal: 'mobile-not-outside' };
  if (reading.e164 === way.mobileNumber || dialString === callBackTo) return { refusal: 'own-mobile' };
  return { callBackTo };
}

/** How the number is dialled at the user's telephone, where it leads out of the office to nothing that costs extra. */
function outsideDialString(number: string, { numbers, plan, isPremiumRate }: DialModeQuestion): string | undefined {
  const dialled = numbers.toDialString(number, plan);
  if ('problem' in dialled || !/^\d{1,40}$/.test(dialled.dialString)) return undefined;
  const { dialString } = dialled;
  const reading = numbers.readDialled(dialString, plan);
  if (reading.e164 === undefined || isEmergency(dialString, plan)) return undefined;
  if (reachedExtension(dialString, reading, plan) !== undefined) return undefined;
  return isPremiumRate(internationalForm(dialString, plan) ?? reading.e164) ? undefined : dialString;
}
