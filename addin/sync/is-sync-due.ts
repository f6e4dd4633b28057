/** Whether a scheduled sync is due while the pane is open (SYN-5). */

export interface SyncSchedule {
  /** 0 is off. */
  readonly intervalMinutes: number;
  /** Last committed sync, ISO 8601 by the service's clock; undefined before the first. */
  readonly lastSyncAt: string | undefined;
  /** When this pane tried last, in milliseconds since 1970; 0 for never. */
  readonly lastAttemptAt: number;
  /** Now by the service's clock, in milliseconds since 1970. */
  readonly now: number;
}

/**
 * The first sync is the user's own: nothing is read from a mailbox before its owner has asked for it once. After that the
 * time since the last commit counts, whichever pane made it; a failed attempt waits for the interval as well.
 */
export function isSyncDue({ intervalMinutes, lastSyncAt, lastAttemptAt, now }: SyncSchedule): boolean {
  if (intervalMinutes === 0 || lastSyncAt === undefined) return false;
  const intervalMs = intervalMinutes * 60_000;
  return now - Date.parse(lastSyncAt) >= intervalMs && now - lastAttemptAt >= intervalMs;
}
