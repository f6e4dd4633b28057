/** What a failure of Microsoft's sign-in means for the user: one of the reasons of a source. Decided by stable codes. */
import { SourceError } from '../../shared/mailbox/contact-source';
import { MicrosoftFailure } from './microsoft-failure';

const consentCodes = new Set(['consent_required', 'interaction_required_consent', 'admin_consent_required']);
const signInCodes = new Set([
  'interaction_required',
  'login_required',
  'no_account_error',
  'no_tokens_found',
  'native_account_unavailable',
  'bad_token',
  'invalid_grant',
  'ui_not_allowed',
  'user_cancelled',
  'user_cancel',
  'refresh_token_expired',
  'no_account_found',
]);
const networkCodes = new Set([
  'no_network_connectivity',
  'no_network',
  'post_request_failed',
  'get_request_failed',
  'endpoints_resolution_error',
  'network_error',
  'transient_error',
]);
const refusedCodes = new Set(['access_denied', 'unauthorized_client', 'invalid_client', 'disabled']);

/** Turns any failure into a {@link SourceError}; one that is already told stays as it is. */
export function sourceErrorOf(error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  // The only one that comes from here: the library itself could not be fetched.
  if (error instanceof MicrosoftFailure) {
    return new SourceError('unreachable', 'The sign-in library could not be loaded. Check the connection.', error);
  }
  const codes = codesOf(error);
  if (codes.some((code) => consentCodes.has(code)))
    return new SourceError('consent-needed', 'Reading contacts has not been allowed yet.', error);
  if (codes.some((code) => refusedCodes.has(code)))
    return new SourceError('forbidden', 'The organisation does not allow this application to read contacts.', error);
  if (codes.some((code) => signInCodes.has(code)))
    return new SourceError('sign-in-needed', 'Sign in to the mailbox.', error);
  if (codes.some((code) => networkCodes.has(code)))
    return new SourceError('unreachable', 'The sign-in service cannot be reached.', error);
  return new SourceError('not-understood', 'The sign-in answered something unexpected.', error);
}

/** `errorCode` and `subError` of an MSAL error; `errorMessage` may start with an Entra code such as AADSTS65001. */
function codesOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return [];
  const codes = ['errorCode', 'subError'].flatMap((key) => {
    const value: unknown = Reflect.get(error, key);
    return typeof value === 'string' ? [value.toLowerCase()] : [];
  });
  const text: unknown = Reflect.get(error, 'errorMessage');
  if (typeof text === 'string' && /AADSTS(65001|65004|90094)\b/.test(text)) codes.push('consent_required');
  return codes;
}
