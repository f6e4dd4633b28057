/** Secrets of sessions: drawn here, and stored by their SHA-256 only. */
import { createHash, randomBytes } from 'node:crypto';

/** A new secret of 256 random bits. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * What is stored in place of a secret. Looking a hash up needs no comparison in constant time: whoever measures it
 * learns about a hash of his own guess, and 256 random bits cannot be guessed.
 */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** The renewal cookie's value: one part for the session's life, one that is rotated at each use. */
export interface RenewalCookie {
  readonly family: string;
  readonly secret: string;
}

export function writeRenewalCookie(cookie: RenewalCookie): string {
  return `${cookie.family}.${cookie.secret}`;
}

/** Undefined when it is not of the form that {@link writeRenewalCookie} gives. */
export function readRenewalCookie(value: string): RenewalCookie | undefined {
  const match = /^([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{43})$/.exec(value);
  const [, family, secret] = match ?? [];
  return family === undefined || secret === undefined ? undefined : { family, secret };
}
