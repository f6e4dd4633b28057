/** What a call to the service can fail with, as one type for everything above. */
import type { ErrorCode, Problem } from '../../shared/errors';

/** Why a call failed although the service said nothing, or nothing that is understood. */
export const localErrorCodes = [
  /** No answer: no network, no service, or the service is restarting. */
  'unreachable',
  /** No answer in time. */
  'timeout',
  /** The answer is not of the route's schema: pane and service are of different versions. */
  'answer-not-understood',
] as const;
export type LocalErrorCode = (typeof localErrorCodes)[number];

/** Every code that the pane has words for. */
export type ApiErrorCode = ErrorCode | LocalErrorCode;

/** A call to the service failed. `code` decides the words that the user reads. */
export class ApiError extends Error {
  constructor(
    readonly code: ApiErrorCode,
    /** The problem document where the service sent one. */
    readonly problem?: Problem,
    cause?: unknown,
    sentAs?: string,
  ) {
    super(problem?.detail ?? code, cause === undefined ? undefined : { cause });
    this.name = 'ApiError';
    this.correlationId = problem?.correlationId ?? sentAs;
  }

  /** Ties the failed request to the service's log; undefined where none was sent. */
  readonly correlationId: string | undefined;
}

/** The error's code; anything that is not an {@link ApiError} counts as an internal error. */
export function errorCodeOf(error: unknown): ApiErrorCode {
  return error instanceof ApiError ? error.code : 'internal-error';
}

/** True when nothing is known of the service's state: trying again later may help. */
export function isConnectionError(error: unknown): boolean {
  return error instanceof ApiError && (error.code === 'unreachable' || error.code === 'timeout');
}
