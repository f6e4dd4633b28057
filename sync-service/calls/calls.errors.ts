/** What a caller is told when a telephone command cannot be done. */
import { ServiceError } from '../../shared/errors';
import type { ErrorCode } from '../../shared/errors';
import type { NumberProblem } from '../../shared/contact';
import { TelephoneSystemError } from '../telephone-system/telephone-system';
import type { TelephoneSystemFailure } from '../telephone-system/telephone-system';
import type { DialModeRefusal } from './dial-mode';
import type { DialRefusal } from './dial-permission';

const codes = {
  unavailable: 'telephone-system-unavailable',
  'not-supported': 'not-supported-by-device',
  'unknown-connection': 'call-unknown',
  'unknown-device': 'device-unknown',
  refused: 'not-supported-by-device',
  taken: 'call-taken',
} as const satisfies Record<TelephoneSystemFailure, ErrorCode>;

/** Turns what the port throws into an error of the contract; anything else stays what it is. */
export function asServiceError(error: unknown): unknown {
  if (!(error instanceof TelephoneSystemError)) return error;
  return new ServiceError(codes[error.reason], error.message, {
    cause: error,
    ...(error.reason === 'refused' ? { details: [{ reason: 'wrong-state' }] } : {}),
    ...(error.reason === 'unavailable' ? { retryAfterMs: 2000 } : {}),
  });
}

/** The number cannot be dialled; the reason is one of the stable words of `numberProblems`. */
export const notDialable = (problem: NumberProblem, field = 'body.number'): ServiceError =>
  new ServiceError(
    'number-not-dialable',
    'This cannot be dialled. Write a number with + and country code, or as at the desk phone.',
    { details: [{ field, reason: problem }] },
  );

const refusals: Readonly<Record<DialRefusal | DialModeRefusal, string>> = {
  'premium-rate': 'This is a premium-rate number; it is not dialled from here.',
  'own-number': 'This is your own number. Choose somebody else.',
  'unknown-extension': 'Nobody has this extension. Look the person up in the directory.',
  'emergency-by-mobile':
    'Your calls begin at your mobile. Dial an emergency number at it directly: then you are found.',
  'own-mobile': 'Your calls begin at your mobile, and this is its number. Choose somebody else.',
  'mobile-missing': 'Your calls begin at your mobile. Write its number into your profile, or dial with your telephone.',
  'mobile-not-outside':
    'Your mobile number does not lead out of the office. Write another one into your profile, or dial with your telephone.',
  'emergency-in-demo': 'The demo reaches nobody. In an emergency use a real telephone.',
};

/** The number may not be dialled. */
export const notAllowed = (refusal: DialRefusal | DialModeRefusal, field = 'body.number'): ServiceError =>
  new ServiceError('number-not-allowed', refusals[refusal], { details: [{ field, reason: refusal }] });

export const callUnknown = (): ServiceError => new ServiceError('call-unknown', 'This call is over or is not yours.');

/** The call to transfer to. */
export const targetUnknown = (): ServiceError =>
  new ServiceError('call-unknown', 'The call to connect with is over or is not yours.', {
    details: [{ field: 'body.to.callId', reason: 'unknown' }],
  });

/** A call cannot be connected with itself. */
export const sameCall = (): ServiceError =>
  new ServiceError('not-supported-by-device', 'A call cannot be connected with itself. Choose the other one.', {
    details: [{ field: 'body.to.callId', reason: 'same-call' }],
  });

/** Nothing rings at that user's telephones that the caller may fetch. */
export const nothingRings = (): ServiceError =>
  new ServiceError('call-unknown', 'Nothing rings there any more, or it is not a colleague of yours.', {
    details: [{ field: 'body.user', reason: 'nothing-rings' }],
  });

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
