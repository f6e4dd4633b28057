/** What callers of presence and forwarding are told, in one place. */
import { ServiceError } from '../../shared/errors';
import type { ForwardedStatus, ForwardingProblem } from '../../shared/forwarding';
import type { UnavailableReason } from '../../shared/presence';
import { presenceTextLimit } from '../../shared/presence';

export const userUnknown = () => new ServiceError('not-found', 'This user is not there any more.');

const returnTexts = {
  past: 'The planned return is in the past. Choose a later time, or none.',
  'too-far': 'The planned return is more than five years ahead. Choose an earlier time, or none.',
  'with-office': 'Whoever is in the office has returned: send no returnAt with this status.',
  invalid: 'The planned return is no date and time of the calendar, or its time zone is not known here (IANA name).',
};

export const returnTimeRefused = (reason: keyof typeof returnTexts) =>
  new ServiceError('return-time-refused', returnTexts[reason], { details: [{ field: 'body.returnAt', reason }] });

const textTexts = {
  'too-long': `The information text is longer than ${presenceTextLimit} signs. Shorten it.`,
  'control-character': 'The information text has line breaks or control characters in it. Write it in one line.',
  'direction-character':
    'The information text has invisible characters in it that turn the reading direction. Type it anew.',
};

export const presenceTextRefused = (reason: keyof typeof textTexts) =>
  new ServiceError('presence-text-refused', textTexts[reason], { details: [{ field: 'body.text', reason }] });

const unavailableTexts: Record<UnavailableReason, string> = {
  mulap: 'Do not disturb is not available: your telephone belongs to a MULAP (multiple line appearance).',
  intercept: 'Do not disturb is not available: your telephone is the intercept position.',
};

export const statusUnavailable = (reason: UnavailableReason) =>
  new ServiceError('status-unavailable', unavailableTexts[reason], { details: [{ field: 'body.status', reason }] });

const targetTexts: Record<ForwardingProblem, string> = {
  'no-number': 'your profile has no such number',
  'not-a-number': 'it is no number that can be dialled; write it in canonical form, such as +49 89 7007-98765',
  'feature-code': 'calls cannot be sent to a feature code',
  emergency: 'calls cannot be sent to an emergency number',
  'premium-rate': 'calls are not sent to premium-rate numbers',
  'unknown-extension': 'nobody is known by this extension',
  self: 'it is your own extension',
  ring: 'calls would come back to you over the forwarding of others',
};

export const forwardingRefused = (
  refused: readonly { readonly status: ForwardedStatus; readonly problem: ForwardingProblem }[],
) =>
  new ServiceError(
    'forwarding-refused',
    `Nothing was changed. ${refused.map(({ status, problem }) => `${status}: ${targetTexts[problem]}`).join('; ')}.`,
    { details: refused.map(({ status, problem }) => ({ field: `body.rules.${status}`, reason: problem })) },
  );
