import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterFailure,
  failuresForgottenAfterMs,
  lockedForMs,
  lockoutByAddress,
  lockoutByUserName,
} from '../../../sync-service/accounts/sign-in-lockout';
import type { SignInFailures } from '../../../sync-service/accounts/sign-in-lockout';

const rule = lockoutByUserName;

describe('the lockout', () => {
  it('costs nothing for the first failures, then waits twice as long each time, up to half an hour', () => {
    const waits = Array.from({ length: 16 }, (_, n) => lockedForMs(rule, { failures: n, lastAt: 0 }, 0) / 1000);
    expect(waits.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
    expect(waits.slice(5)).toEqual([300, 600, 1200, 1800, 1800, 1800, 1800, 1800, 1800, 1800, 1800]);
    expect(lockedForMs(rule, undefined, 0)).toBe(0);
  });

  it('has more patience with an address, which an office shares', () => {
    expect(lockedForMs(lockoutByAddress, { failures: 49, lastAt: 0 }, 0)).toBe(0);
    expect(lockedForMs(lockoutByAddress, { failures: 50, lastAt: 0 }, 0)).toBe(15_000);
  });

  it('never waits longer than half an hour, and is over when the wait is', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.nat(1e9), fc.integer({ min: -1e9, max: 1e9 }), (failures, lastAt, since) => {
        const now = lastAt + since;
        const wait = lockedForMs(rule, { failures, lastAt }, now);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(rule.longestDelayMs);
        expect(lockedForMs(rule, { failures, lastAt }, Math.max(now, lastAt) + wait)).toBe(0);
      }),
    );
  });

  it('lets whoever guesses without a pause make no more than sixty guesses a day', () => {
    let failures: SignInFailures | undefined;
    let now = 0;
    let guesses = 0;
    while (now < 24 * 60 * 60_000) {
      const wait = lockedForMs(rule, failures, now);
      now += wait;
      failures = afterFailure(failures, now);
      guesses += 1;
    }
    expect(guesses).toBeLessThanOrEqual(60);
  });

  it('forgets a day after the last failure', () => {
    const failures = { failures: 50, lastAt: 0 };
    expect(lockedForMs(rule, failures, failuresForgottenAfterMs)).toBe(0);
    expect(afterFailure(failures, failuresForgottenAfterMs)).toEqual({ failures: 1, lastAt: failuresForgottenAfterMs });
    expect(afterFailure(failures, 5)).toEqual({ failures: 51, lastAt: 5 });
  });
});
