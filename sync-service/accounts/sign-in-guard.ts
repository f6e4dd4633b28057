/** Counts failed sign-ins and refuses attempts while a user name or an address is locked (`sign-in-lockout.ts`). */
import { ServiceError } from '../../shared/errors';
import { userNameKey } from './people-model';
import { hashOfSecret } from './session-secrets';
import type { SignInFailureStore } from './sign-in-failure-store';
import {
  afterFailure,
  failuresForgottenAfterMs,
  lockedForMs,
  lockoutByAddress,
  lockoutByUserName,
} from './sign-in-lockout';
import type { LockoutRule } from './sign-in-lockout';

export interface SignInGuard {
  /**
   * To be called before a password is checked; throws `sign-in-locked` with `retryAfterMs`. The attempt counts as
   * failed until `succeeded` is called, so that many attempts at once are counted like many after another.
   */
  attempt(userName: string, address: string): Promise<{ succeeded(): Promise<void> }>;
  /** Removes counts that no longer matter. */
  forgetOld(): Promise<void>;
}

export function createSignInGuard(store: SignInFailureStore, now: () => Date): SignInGuard {
  /** Counts a failure in advance; throws when locked. */
  async function reserve(key: string, rule: LockoutRule): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) {
      const time = now().getTime();
      const seen = await store.read(key);
      const wait = lockedForMs(rule, seen, time);
      if (wait > 0) throw locked(wait);
      if (await store.replace(key, seen, afterFailure(seen, time))) return;
    }
    throw locked(rule.firstDelayMs);
  }

  return {
    async attempt(userName, address) {
      // Hashed: people type their password into the wrong field, and it must not be found here.
      const byName = hashOfSecret(`name:${userNameKey(userName)}`);
      const byAddress = hashOfSecret(`address:${address}`);
      await reserve(byName, lockoutByUserName);
      try {
        await reserve(byAddress, lockoutByAddress);
      } catch (error) {
        await store.takeBack(byName);
        throw error;
      }
      return {
        async succeeded() {
          await store.forget(byName);
          await store.takeBack(byAddress);
        },
      };
    },
    forgetOld: () => store.forgetBefore(now().getTime() - failuresForgottenAfterMs),
  };
}

function locked(waitMs: number): ServiceError {
  const seconds = Math.ceil(waitMs / 1000);
  return new ServiceError('sign-in-locked', `Too many failed sign-ins. Try again in ${seconds} seconds.`, {
    retryAfterMs: waitMs,
  });
}
