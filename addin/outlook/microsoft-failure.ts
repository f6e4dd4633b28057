/** What kept somebody from signing in with Microsoft, decided by stable codes of MSAL, Entra ID and Office. Pure. */

export type MicrosoftFailureReason =
  /** Nobody has allowed the application yet; an administrator can for everybody. */
  | 'consent'
  /** A rule of the organisation asks for more: a second factor, a known device, another place. */
  | 'conditional-access'
  /** The account may not use this application. */
  | 'not-assigned'
  /** The account is of another organisation. */
  | 'wrong-account'
  | 'popup-blocked'
  | 'cancelled'
  | 'unreachable'
  /** The registration in Entra ID is not as it has to be. */
  | 'registration'
  /** It takes a person: nobody is signed in. Not a failure when it was tried silently. */
  | 'sign-in-needed'
  | 'unknown';

export class MicrosoftFailure extends Error {
  constructor(
    readonly reason: MicrosoftFailureReason,
    /** Code to tell an administrator, such as `AADSTS65001`. */
    readonly code?: string,
    cause?: unknown,
  ) {
    super(`Sign-in with Microsoft: ${reason}${code === undefined ? '' : ` (${code})`}`, { cause });
    this.name = 'MicrosoftFailure';
  }
}

/** Numbers of Entra ID's codes. */
const byNumber: readonly (readonly [MicrosoftFailureReason, readonly number[]])[] = [
  ['consent', [65001, 65004, 90093, 90094, 90095]],
  ['conditional-access', [50076, 50079, 50097, 50158, 53000, 53001, 53002, 53003, 53004, 530002, 530003]],
  ['not-assigned', [50105]],
  ['wrong-account', [50020, 50034, 50194, 51004]],
  ['registration', [50011, 65005, 70001, 90002, 500011, 650052, 650057, 700016, 700054, 9002326]],
  ['sign-in-needed', [16000, 50058, 700082, 700084]],
];

/** `errorCode` and `subError` of MSAL. */
const byCode: Readonly<Record<string, MicrosoftFailureReason>> = {
  consent_required: 'consent',
  popup_window_error: 'popup-blocked',
  empty_window_error: 'popup-blocked',
  user_cancelled: 'cancelled',
  user_cancel: 'cancelled',
  access_denied: 'consent',
  no_network_connectivity: 'unreachable',
  no_network: 'unreachable',
  post_request_failed: 'unreachable',
  get_request_failed: 'unreachable',
  network_error: 'unreachable',
  endpoints_resolution_error: 'unreachable',
  transient_error: 'unreachable',
  temporarily_unavailable: 'unreachable',
  user_mismatch: 'wrong-account',
  unauthorized_client: 'registration',
  invalid_client: 'registration',
  basic_action: 'conditional-access',
  additional_action: 'conditional-access',
  message_only: 'conditional-access',
  interaction_required: 'sign-in-needed',
  login_required: 'sign-in-needed',
  no_account_error: 'sign-in-needed',
  no_account_found: 'sign-in-needed',
  no_tokens_found: 'sign-in-needed',
  native_account_unavailable: 'sign-in-needed',
  ui_not_allowed: 'sign-in-needed',
  monitor_window_timeout: 'sign-in-needed',
  timed_out: 'sign-in-needed',
};

/** Codes of `Office.context.ui.displayDialogAsync` and of its events. */
const byOfficeCode: Readonly<Record<number, MicrosoftFailureReason>> = {
  12006: 'cancelled',
  12009: 'popup-blocked',
  12011: 'popup-blocked',
};

/** Reads any failure; one that is told already stays as it is. */
export function microsoftFailureOf(error: unknown): MicrosoftFailure {
  if (error instanceof MicrosoftFailure) return error;
  const text = (key: string): string => {
    const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
    return typeof value === 'string' ? value : '';
  };
  const code = /AADSTS(\d+)/.exec(`${text('errorMessage')} ${text('message')}`);
  const number = Number(code?.[1]);
  const numbered = byNumber.find(([, numbers]) => numbers.includes(number))?.[0];
  const named = byCode[text('subError').toLowerCase()] ?? byCode[text('errorCode').toLowerCase()];
  const shown = code?.[0] ?? (text('errorCode') || undefined);
  return new MicrosoftFailure(numbered ?? named ?? 'unknown', shown, error);
}

export function officeDialogFailure(code: number): MicrosoftFailure {
  return new MicrosoftFailure(byOfficeCode[code] ?? 'unknown', `Office ${code}`);
}
