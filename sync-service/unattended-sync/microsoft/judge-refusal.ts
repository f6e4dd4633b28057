/** What Entra ID's refusals mean for a mailbox. Nothing of the library's texts goes on: they may name people. */
import { AuthError, InteractionRequiredAuthError, ServerError } from '@azure/msal-node';
import type { UnattendedProblem } from '../../../shared/unattended-sync';
import { CredentialError } from '../mailbox-credentials';

/** AADSTS codes: consent is missing or was taken back; an administrator has to give it. */
const consent = /AADSTS(65001|65004|90094|90095|500131)\b/;
/** The application itself: secret wrong or run out, unknown, disabled, not allowed this way. */
const application = /AADSTS(7000215|7000222|700016|700027|7000112|50194|90002|7000218)\b/;
const unreachable = new Set([
  'network_error',
  'endpoints_resolution_error',
  'openid_config_error',
  'temporarily_unavailable',
  'server_error',
  'post_request_failed',
  'get_request_failed',
  'no_network_connectivity',
]);

/** @returns the error to throw: what it means, in place of what was said */
export function judgeRefusal(error: unknown): CredentialError {
  if (error instanceof CredentialError) return error;
  if (!(error instanceof AuthError))
    return new CredentialError('unreachable', 'Microsoft cannot be reached for a token.');
  const said = `${error.errorCode} ${error.errorMessage} ${error.subError}`;
  const retryAfterMs = retryAfterOf(error);
  if (retryAfterMs !== undefined) {
    return new CredentialError('throttled', 'Microsoft limits the requests for tokens.', retryAfterMs);
  }
  return new CredentialError(problemOf(error, said), `Microsoft gives no token (${error.errorCode.slice(0, 60)}).`);
}

function problemOf(error: AuthError, said: string): UnattendedProblem {
  if (consent.test(said) || error.subError === 'consent_required' || error.errorCode === 'consent_required') {
    return 'consent-needed';
  }
  if (application.test(said) || /^(invalid_client|unauthorized_client)$/.test(error.errorCode)) {
    return 'application-refused';
  }
  if (unreachable.has(error.errorCode)) return 'unreachable';
  if (error instanceof InteractionRequiredAuthError || error.errorCode === 'invalid_grant') return 'sign-in-needed';
  if (/no_account|no_tokens|no_cached|token_refresh_required/.test(error.errorCode)) return 'sign-in-needed';
  if (error instanceof ServerError && (error.status ?? 0) >= 500) return 'unreachable';
  return 'not-understood';
}

/** Milliseconds; undefined unless it throttles. */
function retryAfterOf(error: AuthError): number | undefined {
  if (error instanceof ServerError && error.status === 429) return 60_000;
  return undefined;
}
