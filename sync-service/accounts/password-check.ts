/** Checking a password so that the time it takes tells nothing about the user. */
import { newSecret } from './session-secrets';

/** How passwords are hashed; `people-password.ts` in the service, something cheaper in tests. */
export interface PasswordHashing {
  hash(password: string): Promise<string>;
  verify(stored: string, password: string): Promise<boolean>;
}

/**
 * Returns a check that works as long when there is no hash (nobody of that name, no password set), and then says
 * false: it verifies against the hash of a password that nobody has.
 */
export function createPasswordCheck(
  hashing: PasswordHashing,
): (stored: string | null | undefined, password: string) => Promise<boolean> {
  let nobody: Promise<string> | undefined;
  return async (stored, password) => {
    nobody ??= hashing.hash(newSecret());
    // Awaited in every case, so that the first sign-in after a start is no exception either.
    const hashOfNobody = await nobody;
    const matches = await hashing.verify(stored ?? hashOfNobody, password);
    return matches && typeof stored === 'string';
  };
}
