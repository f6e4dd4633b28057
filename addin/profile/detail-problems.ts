/** Which fields of the own profile the service refuses, and the word for why. Pure. */
import { ApiError } from '../api/api-error';
import type { WrittenDetails } from './use-own-profile';

export type DetailProblems = Partial<Record<keyof WrittenDetails, string>>;

const fields = ['mobileNumber', 'externalNumber', 'email'] as const;

/** Empty where it refuses something else, or nothing was heard of it. */
export function detailProblems(error: unknown): DetailProblems {
  if (!(error instanceof ApiError)) return {};
  const problems: DetailProblems = {};
  for (const { field, reason } of error.problem?.details ?? []) {
    const name = fields.find((known) => field === `body.${known}`);
    if (name !== undefined) problems[name] ??= reason;
  }
  return problems;
}

/** Why a picture was refused; undefined where it was something else. */
export function pictureProblem(error: unknown): string | undefined {
  if (!(error instanceof ApiError) || error.code !== 'picture-refused') return undefined;
  return error.problem?.details?.[0]?.reason;
}
