/** Errors in the shape of Entra ID: an OAuth error, a number of its own and a text that begins with `AADSTS` and that number. */
import { randomUUID } from 'node:crypto';

interface EntraErrorKind {
  /** The `error` of OAuth. */
  readonly error: string;
  readonly suberror?: string;
  readonly status?: number;
  readonly text: string;
}

/** The codes that this server knows, as Microsoft documents them. */
export const entraErrors = {
  AADSTS16000: {
    error: 'interaction_required',
    text: 'Either multiple user identities are available for the current request or selected account is not supported for the scenario.',
  },
  AADSTS28000: {
    error: 'invalid_request',
    text: "Provided value for the input parameter scope isn't valid because it contains more than one resource.",
  },
  AADSTS50011: {
    error: 'invalid_request',
    text: 'The redirect URI specified in the request does not match the redirect URIs configured for the application.',
  },
  AADSTS50020: {
    error: 'access_denied',
    text: 'User account from identity provider does not exist in tenant and cannot access the application in that tenant.',
  },
  AADSTS50057: { error: 'invalid_grant', text: 'The user account is disabled.' },
  AADSTS50058: { error: 'login_required', text: 'A silent sign-in request was sent but no user is signed in.' },
  AADSTS50076: {
    error: 'interaction_required',
    suberror: 'basic_action',
    text: 'Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource.',
  },
  AADSTS50105: {
    error: 'interaction_required',
    text: 'Your administrator has configured the application to block users unless they are specifically granted access to the application.',
  },
  AADSTS50126: { error: 'invalid_grant', text: 'Error validating credentials due to invalid username or password.' },
  AADSTS50194: {
    error: 'invalid_request',
    text: 'Application is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps.',
  },
  AADSTS53000: {
    error: 'interaction_required',
    suberror: 'message_only',
    text: 'Device is not in required device state. Conditional Access policy requires a compliant device, and the device is not compliant.',
  },
  AADSTS53003: {
    error: 'interaction_required',
    suberror: 'message_only',
    text: 'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
  },
  AADSTS54005: {
    error: 'invalid_grant',
    text: 'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
  },
  AADSTS65001: {
    error: 'invalid_grant',
    suberror: 'consent_required',
    text: 'The user or administrator has not consented to use the application. Send an interactive authorization request for this user and resource.',
  },
  AADSTS65004: { error: 'access_denied', text: 'User declined to consent to access the app.' },
  AADSTS65005: {
    error: 'invalid_client',
    text: 'The application asked for scope that does not exist on the resource.',
  },
  AADSTS70000: { error: 'invalid_grant', text: 'The provided value for the code or refresh token is not valid.' },
  AADSTS70003: { error: 'unsupported_grant_type', text: 'The app returned an unsupported grant type.' },
  AADSTS70008: {
    error: 'invalid_grant',
    text: 'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
  },
  AADSTS70011: {
    error: 'invalid_scope',
    text: 'The provided request must include a scope input parameter, and it must be valid.',
  },
  AADSTS700016: {
    error: 'unauthorized_client',
    text: 'Application was not found in the directory. This can happen if the application has not been installed by the administrator of the tenant.',
  },
  AADSTS700082: {
    error: 'invalid_grant',
    text: 'The refresh token has expired due to inactivity. The token was issued earlier and was inactive for 90.00:00:00.',
  },
  AADSTS700084: {
    error: 'invalid_grant',
    text: 'The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which cannot be extended.',
  },
  AADSTS7000215: {
    error: 'invalid_client',
    status: 401,
    text: 'Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID.',
  },
  AADSTS7000218: {
    error: 'invalid_client',
    status: 401,
    text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  },
  AADSTS7000222: { error: 'invalid_client', status: 401, text: 'The provided client secret keys are expired.' },
  AADSTS90002: {
    error: 'invalid_tenant',
    text: 'Tenant not found. Check to make sure you have the correct tenant ID.',
  },
  AADSTS90014: { error: 'invalid_request', text: 'The required field is missing from the credential.' },
  AADSTS90094: {
    error: 'access_denied',
    text: 'Admin consent is required: the administrator of the tenant has to grant the permissions.',
  },
  AADSTS9002325: {
    error: 'invalid_request',
    text: 'Proof Key for Code Exchange is required for cross-origin authorization code redemption.',
  },
  AADSTS9002326: {
    error: 'invalid_request',
    text: "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type.",
  },
  AADSTS9002327: {
    error: 'invalid_request',
    text: "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
  },
  AADSTS90033: {
    error: 'temporarily_unavailable',
    status: 503,
    text: 'A transient error has occurred. Please try again.',
  },
  AADSTS501481: {
    error: 'invalid_grant',
    text: 'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
  },
} as const satisfies Record<string, EntraErrorKind>;

export type EntraCode = keyof typeof entraErrors;

/** One answer of refusal. */
export class EntraError extends Error {
  readonly kind: EntraErrorKind;

  constructor(readonly code: EntraCode) {
    super(`${code}: ${entraErrors[code].text}`);
    this.kind = entraErrors[code];
  }

  get status(): number {
    return this.kind.status ?? 400;
  }

  /** The body of the token endpoint's answer. */
  body(now: number) {
    const number = Number(this.code.replace('AADSTS', ''));
    const traceId = randomUUID();
    return {
      error: this.kind.error,
      error_description: `${this.message} Trace ID: ${traceId} Timestamp: ${new Date(now).toISOString()}`,
      error_codes: [number],
      timestamp: new Date(now)
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z/, 'Z'),
      trace_id: traceId,
      correlation_id: randomUUID(),
      ...(this.kind.suberror !== undefined && { suberror: this.kind.suberror }),
    };
  }
}
