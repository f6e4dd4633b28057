/** By what calls of one party are recognised, in whatever form its number was dialled or signalled. Pure. */
import type { DialPlan } from '../../shared/dial-plan';
import type { NumberReading } from '../../shared/phone-number';
import type { CallDirection, NumberRulesForJournal, Party } from './call-records';

/** Reads the other party's number: what the user dialled, or what was signalled to him. Undefined: withheld. */
export function readParty(
  rules: NumberRulesForJournal,
  plan: DialPlan,
  direction: CallDirection,
  { number }: Party,
): NumberReading | undefined {
  if (number === undefined) return undefined;
  const reading = direction === 'outgoing' ? rules.readDialled(number, plan) : rules.readSignalled(number, plan);
  // A word in place of the number, such as "anonymous".
  return reading.problem === 'empty' ? undefined : reading;
}

/**
 * Extension of the site (also behind one of its number blocks), else E.164, else the digits to dial, else what was said.
 * Digits that are dialled after the connection name a person behind the same number.
 */
export function partyKeyOf(reading: NumberReading | undefined, plan: DialPlan): string | undefined {
  if (reading === undefined) return undefined;
  const { e164, extension, dialable, raw } = reading;
  if (
    extension !== undefined &&
    (e164 === undefined || plan.numberBlocks.some((block) => block + extension === e164))
  ) {
    return `x:${extension}`;
  }
  if (e164 !== undefined) return extension === undefined ? `n:${e164}` : `n:${e164}#${extension}`;
  return `d:${(dialable ?? raw.replace(/[\s()/.-]/g, '').toLowerCase()).slice(0, 128)}`;
}
