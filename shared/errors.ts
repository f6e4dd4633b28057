/**
 * The stable error codes of the service. The pane turns a code into words of its own language; everybody else reads
 * `detail` of the problem document (RFC 9457), which says what to do. A code, once published, keeps its meaning.
 */
import * as z from 'zod/mini';

/** Every code with the HTTP status it is answered with. One place maps errors to HTTP: this table. */
export const errorStatus = {
  /** The request does not match the route's schema; `details` names each field. */
  'request-invalid': 400,
  /** The body is larger than the route allows. */
  'body-too-large': 413,
  /** The content type is not one the route takes. */
  'content-type-unsupported': 415,
  /** Nobody is signed in, or the access token has run out. Renew the session or sign in again. */
  'not-signed-in': 401,
  /** User name or password is wrong (the same answer for unknown users). */
  'credentials-wrong': 401,
  /** Too many failed sign-ins; `retryAfterMs` says when to try again. */
  'sign-in-locked': 429,
  /** Microsoft's token is not one for this service: expired, for somebody else, of another organisation, or made up. Get a new one. */
  'microsoft-token-refused': 401,
  /** The Microsoft account belongs to no user here yet. Link it once with user name and password. */
  'microsoft-account-unknown': 403,
  /** The Microsoft account may not be used here: its user is disabled. */
  'microsoft-account-refused': 403,
  /** Microsoft's signing keys cannot be fetched just now. Try again, or use user name and password. */
  'microsoft-unavailable': 503,
  /** The session cannot be renewed: unknown, used twice, revoked or run out. Sign in again. */
  'session-ended': 401,
  /** The initial password must be changed first (SET-3). */
  'password-change-required': 403,
  /** The new password breaks the policy of SET-3; `details` names the rules that are not met. */
  'password-too-weak': 422,
  /** The caller may not use this route or this object. */
  forbidden: 403,
  /** The request comes from another origin than the service's own. */
  'origin-refused': 403,
  'not-found': 404,
  /** The user has not agreed that his calendar is kept for presence. */
  'calendar-not-agreed': 409,
  /** Something with this name, extension or address exists already; `details` names the field. */
  'already-exists': 409,
  /** The site has users, so it cannot be removed; `details` says how many. Move or erase them first. */
  'site-not-empty': 409,
  /** It would leave the installation without an administrator who can sign in. Make another one first. */
  'last-administrator': 409,
  /** The one-time code for the first administrator is wrong, used up or locked. */
  'one-time-code-refused': 403,
  'method-not-allowed': 405,
  /** The object changed since the caller read it (If-Match). Read it again. */
  'version-conflict': 412,
  /** An edit came without If-Match. */
  'version-required': 428,
  /** Too many requests; `retryAfterMs`. */
  'rate-limited': 429,
  'caller-unknown': 404,
  /** What was typed is not a number that can be dialled; `details` says why. */
  'number-not-dialable': 422,
  /** The number can be dialled but may not be; `details` says why: `premium-rate`, `own-number`, `unknown-extension`, `emergency-in-demo`; where calls begin at the mobile also `emergency-by-mobile`, `own-mobile`, `mobile-missing`, `mobile-not-outside`. */
  'number-not-allowed': 422,
  /** Calls of this user cannot begin at his mobile: he is no mobility user, or his telephone system cannot do it. */
  'dial-mode-refused': 409,
  /** The user has no device, or the named one is not his. */
  'device-unknown': 422,
  /** The device or the call cannot do this now; what cannot be done is not offered. */
  'not-supported-by-device': 409,
  /** The call is over or not the caller's. */
  'call-unknown': 404,
  /** Somebody else has taken the call a moment before. */
  'call-taken': 409,
  /** The link to the telephone system is down; it is taken up again by itself. */
  'telephone-system-unavailable': 503,
  /** Another sync of this account is under way; `details` says whose and since when. */
  'sync-running': 409,
  /** The sync began from a generation that is not the newest any more. Begin again. */
  'sync-outdated': 409,
  /** The planned return cannot be; `details` says why: `past`, `too-far`, `with-office`, `invalid`. */
  'return-time-refused': 422,
  /** The information text cannot be taken; `details` says why: `too-long`, `control-character`, `direction-character`. */
  'presence-text-refused': 422,
  /** Calls cannot be sent there; `details` names each status and why, in words of shared/forwarding.ts. */
  'forwarding-refused': 422,
  /** The status cannot be set with this telephone; `details` says why: `mulap`, `intercept`. */
  'status-unavailable': 409,
  /** The sync is unknown, ended or its lease has run out. Begin again. */
  'sync-unknown': 404,
  /** A batch is missing between the first and the last; send it, then commit again. */
  'sync-incomplete': 409,
  /** The plan removes suspiciously much; confirm `details.planHash` or cancel. */
  'removal-needs-confirmation': 409,
  /** The plan is not any more the one that was confirmed; look at it again. */
  'confirmation-outdated': 409,
  /** This installation reads no mailboxes by itself. */
  'unattended-sync-unavailable': 409,
  /** No e-mail address is known for the user, so his own mailbox is not known. The administrator enters it. */
  'own-mailbox-unknown': 409,
  /** The sync is not the last one with news, is older than a day, or was undone already. */
  'undo-not-possible': 409,
  /** The file is not what its name or format says; nothing was changed. */
  'file-unreadable': 422,
  /** There are as many favourites or groups of them as one user may have; `details` says how many. Remove some first. */
  'favorites-full': 409,
  /** The user waits for as many colleagues as one may. Stop waiting for some first. */
  'watches-full': 409,
  /** The bytes are no picture that is taken; `details` says why. */
  'picture-refused': 422,
  /** The database cannot be used just now; nothing was changed. */
  'storage-unavailable': 503,
  /** The installation cannot do its work just now; `details` names what is missing. */
  'not-ready': 503,
  'internal-error': 500,
} as const satisfies Record<string, number>;

/** A stable error code. */
export type ErrorCode = keyof typeof errorStatus;

/** All codes, for schemas and tests. */
// Object.keys forgets the literal type of a const object's keys.
export const errorCodes = Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]];

/** One reason inside a problem: which field, and what is wrong with it. */
export const problemDetailSchema = z.object({
  /** Path of the field, such as `body.numbers.0.raw`. Absent when the reason concerns the whole request. */
  field: z.optional(z.string()),
  /** A stable word for the reason, such as `too-short`. */
  reason: z.string(),
  /** A value that helps: a limit, a name, a hash. Never a secret. */
  value: z.optional(z.union([z.string(), z.number(), z.boolean()])),
});
export type ProblemDetail = z.infer<typeof problemDetailSchema>;

/** A problem document as in RFC 9457, `application/problem+json`. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  /** What happened and what to do, in English, for people who read the answer without the pane. */
  detail: z.string(),
  code: z.enum(errorCodes),
  details: z.optional(z.array(problemDetailSchema)),
  /** Milliseconds after which the same request may succeed. */
  retryAfterMs: z.optional(z.number()),
  /** Ties the answer to the service's log. */
  correlationId: z.optional(z.string()),
});
export type Problem = z.infer<typeof problemSchema>;

/** An error that a caller is told about: code, text that says what to do, reasons, cause. */
export class ServiceError extends Error {
  readonly code: ErrorCode;
  readonly details: readonly ProblemDetail[];
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ErrorCode,
    detail: string,
    more: { details?: readonly ProblemDetail[]; retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(detail, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'ServiceError';
    this.code = code;
    this.details = more.details ?? [];
    this.retryAfterMs = more.retryAfterMs;
  }
}
