import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failuresUntilPause, unattendedProblems } from '../../../shared/unattended-sync';
import {
  decideFirstRun,
  decideNextRun,
  firstBackoffMs,
  jitterShare,
  longestAskedMs,
  longestBackoffMs,
  type RunOutcome,
} from '../../../sync-service/unattended-sync/decide-next-run';

const now = new Date('2026-03-29T00:59:59.000Z');
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const interval = fc.constantFrom(5, 15, 30, 60, 240);
/** Around both changes of the clock, where wall time is no measure. */
const anyTime = fc.date({ min: new Date('2026-03-28'), max: new Date('2026-10-27'), noInvalidDate: true });
const needsOwner = ['sign-in-needed', 'consent-needed', 'key-unknown'];

describe('decideNextRun', () => {
  it('comes back after the interval, a tenth of it sooner or later', () => {
    fc.assert(
      fc.property(interval, anyTime, random, fc.nat(9), (intervalMinutes, at, chance, failures) => {
        const next = decideNextRun({ intervalMinutes, failures }, { kind: 'done' }, at, chance);
        const waited = (next.at?.getTime() ?? 0) - at.getTime();
        const ms = intervalMinutes * 60_000;
        expect(waited).toBeGreaterThanOrEqual(ms * (1 - jitterShare) - 1);
        expect(waited).toBeLessThanOrEqual(ms * (1 + jitterShare) + 1);
        expect(next.failures).toBe(0);
        expect(next.pause).toBeUndefined();
      }),
    );
  });

  it('never comes back before a source allows it, nor later than the longest pause asks for', () => {
    const failure = fc.record({
      problem: fc.constantFrom(
        ...unattendedProblems.filter((each) => !needsOwner.includes(each) && each !== 'removal-waits'),
      ),
      retryAfterMs: fc.option(fc.nat(2 * longestAskedMs), { nil: undefined }),
    });
    fc.assert(
      fc.property(
        interval,
        failure,
        random,
        fc.nat(failuresUntilPause - 2),
        (intervalMinutes, failed, chance, failures) => {
          const next = decideNextRun({ intervalMinutes, failures }, { kind: 'failed', ...failed }, now, chance);
          const waited = (next.at?.getTime() ?? 0) - now.getTime();
          expect(waited).toBeGreaterThanOrEqual(Math.min(longestAskedMs, failed.retryAfterMs ?? 0));
          expect(waited).toBeGreaterThanOrEqual(firstBackoffMs);
          expect(waited).toBeLessThanOrEqual(Math.max(longestBackoffMs, longestAskedMs) * 1.25);
          expect(next.failures).toBe(failures + 1);
        },
      ),
    );
  });

  it('waits longer with each failure and pauses at the tenth', () => {
    let failures = 0;
    let before = 0;
    for (let n = 1; n < failuresUntilPause; n += 1) {
      const next = decideNextRun({ intervalMinutes: 15, failures }, { kind: 'failed', problem: 'unreachable' }, now, 0);
      const waited = (next.at?.getTime() ?? 0) - now.getTime();
      expect(waited).toBeGreaterThanOrEqual(before);
      before = waited;
      failures = next.failures;
    }
    const last = decideNextRun({ intervalMinutes: 15, failures }, { kind: 'failed', problem: 'unreachable' }, now, 0);
    expect(last).toEqual({ at: undefined, failures: failuresUntilPause, pause: 'failed-too-often' });
  });

  it('never pauses a mailbox for a fault of the service alone', () => {
    const outcome = { kind: 'failed', problem: 'service-fault' } as const;
    const next = decideNextRun({ intervalMinutes: 15, failures: failuresUntilPause }, outcome, new Date(0), 0);
    expect(next).toEqual({ at: new Date(longestBackoffMs), failures: failuresUntilPause + 1 });
  });

  it.each(['sign-in-needed', 'consent-needed', 'key-unknown'] as const)(
    'pauses at once where only the owner can help: %s',
    (problem) => {
      const next = decideNextRun({ intervalMinutes: 15, failures: 0 }, { kind: 'failed', problem }, now, 0.5);
      expect(next).toEqual({ at: undefined, failures: 1, pause: 'sign-in-needed' });
    },
  );

  it('counts a removal that waits for the owner as no failure', () => {
    const outcome: RunOutcome = { kind: 'failed', problem: 'removal-waits' };
    expect(decideNextRun({ intervalMinutes: 15, failures: 3 }, outcome, now, 0.5)).toEqual({
      at: new Date(now.getTime() + 15 * 60_000),
      failures: 0,
    });
  });

  it('goes on from the sync that a pane has made', () => {
    const since = new Date(now.getTime() - 5 * 60_000);
    const next = decideNextRun({ intervalMinutes: 15, failures: 0 }, { kind: 'fresh', since }, now, 0.5);
    expect(next.at).toEqual(new Date(now.getTime() + 10 * 60_000));
  });

  it('plans nothing while the interval is off', () => {
    fc.assert(
      fc.property(
        random,
        fc.constantFrom<RunOutcome>(
          { kind: 'done' },
          { kind: 'fresh', since: now },
          { kind: 'failed', problem: 'throttled' },
        ),
        (chance, outcome) => {
          expect(decideNextRun({ intervalMinutes: 0, failures: 0 }, outcome, now, chance).at).toBeUndefined();
        },
      ),
    );
    expect(decideFirstRun(0, now, 0.5)).toBeUndefined();
  });

  it('spreads first runs over the interval', () => {
    fc.assert(
      fc.property(interval, random, (minutes, chance) => {
        const wait = (decideFirstRun(minutes, now, chance)?.getTime() ?? -1) - now.getTime();
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(minutes * 60_000);
      }),
    );
  });
});
