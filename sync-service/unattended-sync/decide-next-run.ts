/** Decides when a mailbox is read again, or that it is not until somebody acts. Pure; all times are UTC instants. */
import { failuresUntilPause } from '../../shared/unattended-sync';
import type { PauseReason, UnattendedProblem } from '../../shared/unattended-sync';

/** What came of a run. */
export type RunOutcome =
  /** Contacts are as in the mailbox. */
  | { readonly kind: 'done' }
  /** A pane has synced it since, or does so just now: `since` is its last sync. */
  | { readonly kind: 'fresh'; readonly since: Date }
  | { readonly kind: 'failed'; readonly problem: UnattendedProblem; readonly retryAfterMs?: number | undefined };

export interface RunHistory {
  /** Minutes between two runs; 0 is off. */
  readonly intervalMinutes: number;
  /** Failures in a row before this run. */
  readonly failures: number;
}

export interface NextRun {
  /** Undefined: none until somebody acts. */
  readonly at: Date | undefined;
  readonly failures: number;
  readonly pause?: PauseReason;
}

/** Pause after the first failure; it doubles with each further one. */
export const firstBackoffMs = 5 * 60_000;
/** The pause after failures grows no longer than this, unless the source itself asks for more. */
export const longestBackoffMs = 4 * 3_600_000;
/** Longest wait that a source's `Retry-After` is believed. */
export const longestAskedMs = 24 * 3_600_000;
/** Part of the interval by which runs are moved at most, so that mailboxes which began together spread. */
export const jitterShare = 0.1;

/** Time does not mend these: the owner has to do something, so trying again would only be noise. */
const needsOwner: ReadonlySet<UnattendedProblem> = new Set(['sign-in-needed', 'consent-needed', 'key-unknown']);

/** @param random from 0 to below 1 */
export function decideNextRun(
  { intervalMinutes, failures }: RunHistory,
  outcome: RunOutcome,
  now: Date,
  random: number,
): NextRun {
  const intervalMs = intervalMinutes * 60_000;
  const jitter = intervalMs * jitterShare * (2 * random - 1);
  const off = intervalMinutes === 0;
  const inMs = (ms: number) => new Date(now.getTime() + Math.max(0, Math.round(ms)));

  if (outcome.kind === 'done') return { at: off ? undefined : inMs(intervalMs + jitter), failures: 0 };
  if (outcome.kind === 'fresh') {
    const age = Math.max(0, now.getTime() - outcome.since.getTime());
    return { at: off ? undefined : inMs(Math.max(intervalMs / 10, intervalMs - age) + Math.abs(jitter)), failures: 0 };
  }
  // Not a failure: the mailbox was reached, and the answer is the owner's.
  if (outcome.problem === 'removal-waits') return { at: off ? undefined : inMs(intervalMs + jitter), failures: 0 };
  const failed = failures + 1;
  if (needsOwner.has(outcome.problem)) return { at: undefined, failures: failed, pause: 'sign-in-needed' };
  // A fault of our own, such as a busy database, is no reason to leave the mailbox alone: it only waits longer.
  if (failed >= failuresUntilPause && outcome.problem !== 'service-fault') {
    return { at: undefined, failures: failed, pause: 'failed-too-often' };
  }
  if (off) return { at: undefined, failures: failed };
  const doubled = Math.min(longestBackoffMs, firstBackoffMs * 2 ** Math.min(failed - 1, 20));
  const asked = Math.min(longestAskedMs, outcome.retryAfterMs ?? 0);
  // Later than told, never earlier.
  return { at: inMs(Math.max(doubled, asked) * (1 + random / 4)), failures: failed };
}

/** First run after something has set a mailbox free: by chance within the interval, so that a thousand do not begin at once. */
export function decideFirstRun(intervalMinutes: number, now: Date, random: number): Date | undefined {
  return intervalMinutes === 0 ? undefined : new Date(now.getTime() + Math.round(intervalMinutes * 60_000 * random));
}
