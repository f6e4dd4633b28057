/**
 * Gives the service access to a mailbox whose owner is not there.
 *
 * Contract: `tokenFor` gives a function that gives an access token for Microsoft Graph, as the contact source asks for
 * it: another one after one was refused. Whatever stands in the way is thrown as {@link CredentialError} with the
 * problem that people are told. What the identity provider gives in exchange for the secret is kept by `saveSecret`
 * before the token is given out. No token and no secret is ever part of an error.
 */
import type { GraphToken } from '../../shared/mailbox/graph-request';
import type { UnattendedProblem } from '../../shared/unattended-sync';

export interface MailboxAccess {
  readonly address: string;
  /** What the owner's sign-in left, opened; undefined where the application's own rights are used. */
  readonly secret: string | undefined;
  /** Keeps a new secret in place of the old one. */
  saveSecret(secret: string): Promise<void>;
}

/** What is read: the contacts, or busy times and automatic replies where the owner wants his presence from them. */
export type MailboxUse = 'contacts' | 'calendar';

export interface MailboxCredentials {
  /** For the contacts where no use is named. */
  tokenFor(access: MailboxAccess, use?: MailboxUse): GraphToken;
}

/** There is no token. */
export class CredentialError extends Error {
  constructor(
    readonly problem: UnattendedProblem,
    message: string,
    /** Milliseconds after which it may be tried again, where the provider says it. */
    readonly retryAfterMs?: number,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'CredentialError';
  }
}
