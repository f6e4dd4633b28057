/** A further number of a user, mobile or external (SET-1): as it is kept, or why there is none, and as it is shown. Pure. */
import type { NumberProblem } from '../../shared/contact';
import type { DialPlan } from '../../shared/dial-plan';
import type { NumberRules } from './people-model';

/** Why a number cannot be one of a user's. `after-connection`: digits to dial later would be lost on forwarding. */
export type OwnNumberProblem = NumberProblem | 'after-connection';

/** @param written as typed, in any form that the dial plan reads */
export function ownNumber(
  written: string,
  plan: DialPlan,
  rules: NumberRules,
): { readonly e164: string } | { readonly problem: OwnNumberProblem } {
  const reading = rules.read(written, plan);
  if (reading.e164 === undefined) return { problem: reading.problem ?? 'not-a-number' };
  // An extension of the own block is dialled as it is; any other comes after the number.
  if (reading.extension !== undefined && reading.extension !== reading.dialable) {
    return { problem: 'after-connection' };
  }
  return { e164: reading.e164 };
}

/** The further numbers of somebody in canonical form (NUM-1), everything else as it is. They are kept in E.164. */
export function withCanonicalNumbers<
  T extends { readonly mobileNumber?: string | undefined; readonly externalNumber?: string | undefined },
>(owner: T, plan: DialPlan, rules: NumberRules): T {
  const { mobileNumber, externalNumber } = owner;
  const canonical = (e164: string) => rules.read(e164, plan).display ?? e164;
  return {
    ...owner,
    ...(mobileNumber !== undefined && { mobileNumber: canonical(mobileNumber) }),
    ...(externalNumber !== undefined && { externalNumber: canonical(externalNumber) }),
  };
}
