/**
 * When failed sign-ins lock (DESIGN §10): the first few cost nothing, then each failure waits twice as long as the one
 * before. Counted per user name, whether there is such a user or not, and per address with more patience, because an
 * office shares one. Pure; `sign-in-failure-store.ts` keeps the counts.
 */

/** Failed attempts so far. */
export interface SignInFailures {
  readonly failures: number;
  /** When the last one was. Milliseconds since 1970. */
  readonly lastAt: number;
}

export interface LockoutRule {
  /** Failures that cost nothing. */
  readonly free: number;
  /** Wait after the first failure beyond those; doubles with each. Milliseconds. */
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
}

const minute = 60_000;

/** At most five tries of an account in five minutes, however they are spread. */
export const lockoutByUserName: LockoutRule = { free: 4, firstDelayMs: 5 * minute, longestDelayMs: 30 * minute };
export const lockoutByAddress: LockoutRule = { free: 49, firstDelayMs: 15_000, longestDelayMs: 30 * minute };

/** Failures are forgotten this long after the last one. Milliseconds. */
export const failuresForgottenAfterMs = 24 * 60 * minute;

/** How long the next attempt has to wait from now on, in milliseconds; 0 when it may be made. */
export function lockedForMs(rule: LockoutRule, failures: SignInFailures | undefined, now: number): number {
  if (failures === undefined || failures.failures <= rule.free) return 0;
  // A clock set back must not lock for longer than the longest delay.
  const since = Math.max(0, now - failures.lastAt);
  if (since >= failuresForgottenAfterMs) return 0;
  const doublings = Math.min(failures.failures - rule.free - 1, 30);
  const delay = Math.min(rule.firstDelayMs * 2 ** doublings, rule.longestDelayMs);
  return Math.max(0, delay - since);
}

/** The count after one more failure. */
export function afterFailure(failures: SignInFailures | undefined, now: number): SignInFailures {
  const forgotten = failures === undefined || now - failures.lastAt >= failuresForgottenAfterMs;
  return { failures: forgotten ? 1 : failures.failures + 1, lastAt: now };
}
