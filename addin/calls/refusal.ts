/** Why a command did nothing: the service's code and, where it gives one, its first reason. */
import { ApiError, errorCodeOf, type ApiErrorCode } from '../api/api-error';

/** Why a number may not be dialled although it can be: `details` of `number-not-allowed`. */
export const forbiddenNumberReasons = [
  'premium-rate',
  'own-number',
  'unknown-extension',
  'emergency-in-demo',
  'emergency-by-mobile',
  'own-mobile',
  'mobile-missing',
  'mobile-not-outside',
] as const;
export type ForbiddenNumberReason = (typeof forbiddenNumberReasons)[number];

export interface Refusal {
  readonly code: ApiErrorCode;
  /** Why the number may not be dialled; with `number-not-allowed` only. */
  readonly reason?: ForbiddenNumberReason;
}

/** What the user is told of an error. */
export function refusalOf(error: unknown): Refusal {
  const code = errorCodeOf(error);
  if (code !== 'number-not-allowed' || !(error instanceof ApiError)) return { code };
  const told = error.problem?.details?.map((detail) => detail.reason) ?? [];
  const reason = forbiddenNumberReasons.find((known) => told.includes(known));
  return reason === undefined ? { code } : { code, reason };
}

/** The sentence for a refusal: the generic one of its code, unless the reason has one of its own. */
export function refusalText(
  { code, reason }: Refusal,
  errors: { readonly [C in ApiErrorCode]: string },
  forbidden: { readonly [R in ForbiddenNumberReason]: string },
): string {
  return reason === undefined ? errors[code] : forbidden[reason];
}
