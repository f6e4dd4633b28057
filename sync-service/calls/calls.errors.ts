/** What a caller is told when a telephone command cannot be done. */
import { ServiceError } from '../../shared/errors';
import type { ErrorCode } from '../../shared/errors';
import type { NumberProblem } from '../../shared/contact';
import { TelephoneSystemError } from '../telephone-system/telephone-system';
import type { TelephoneSystemFailure } from '../telephone-system/telephone-system';

const codes = {
  unavailable: 'telephone-system-unavailable',
  'not-supported': 'not-supported-by-device',
  'unknown-connection': 'call-unknown',
  'unknown-device': 'device-unknown',
  refused: 'not-supported-by-device',
} as const satisfies Record<TelephoneSystemFailure, ErrorCode>;

/** Turns what the port throws into an error of the contract; anything else stays what it is. */
export function asServiceError(error: unknown): unknown {
  if (!(error instanceof TelephoneSystemError)) return error;
  return new ServiceError(codes[error.reason], error.message, {
    cause: error,
    ...(error.reason === 'unavailable' ? { retryAfterMs: 2000 } : {}),
  });
}

/** The number cannot be dialled; the reason is one of the stable words of `numberProblems`. */
export const notDialable = (problem: NumberProblem): ServiceError =>
  new ServiceError(
    'number-not-dialable',
    'This cannot be dialled. Write a number with + and country code, or as at the desk phone.',
    {
      details: [{ field: 'body.number', reason: problem }],
    },
  );

export const callUnknown = (): ServiceError => new ServiceError('call-unknown', 'This call is over or is not yours.');

export const deviceUnknown = (): ServiceError =>
  new ServiceError('device-unknown', 'You have no such telephone. Ask the administrator to assign one to you.', {
    details: [{ field: 'body.device', reason: 'unknown' }],
  });

export const unavailable = (): ServiceError =>
  new ServiceError('telephone-system-unavailable', 'The telephone system cannot be reached. Try again in a moment.', {
    retryAfterMs: 2000,
  });

export const notAble = (command: string): ServiceError =>
  new ServiceError('not-supported-by-device', 'This telephone cannot do that with this call now.', {
    details: [{ reason: 'ability-missing', value: command }],
  });
