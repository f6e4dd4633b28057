import { describe, expect, it } from 'vitest';
import { isSyncDue } from '../../../addin/sync/is-sync-due';

const now = Date.parse('2026-03-01T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(now - minutes * 60_000).toISOString();

describe('isSyncDue', () => {
  it('waits for the first sync by the user', () => {
    expect(isSyncDue({ intervalMinutes: 5, lastSyncAt: undefined, lastAttemptAt: 0, now })).toBe(false);
  });

  it('is never due when the interval is off', () => {
    expect(isSyncDue({ intervalMinutes: 0, lastSyncAt: minutesAgo(9000), lastAttemptAt: 0, now })).toBe(false);
  });

  it('is due when the interval is over since the last commit, whichever pane made it', () => {
    expect(isSyncDue({ intervalMinutes: 15, lastSyncAt: minutesAgo(14), lastAttemptAt: 0, now })).toBe(false);
    expect(isSyncDue({ intervalMinutes: 15, lastSyncAt: minutesAgo(15), lastAttemptAt: 0, now })).toBe(true);
  });

  it('waits for the interval after an attempt that failed', () => {
    const tried = (minutes: number) => ({ lastAttemptAt: now - minutes * 60_000 });
    expect(isSyncDue({ intervalMinutes: 15, lastSyncAt: minutesAgo(90), ...tried(3), now })).toBe(false);
    expect(isSyncDue({ intervalMinutes: 15, lastSyncAt: minutesAgo(90), ...tried(15), now })).toBe(true);
  });
});
