/** Whether the pane reminds that the level of the trace is still raised. */
const hour = 60 * 60 * 1000;

/**
 * After a day, or in a pane that was opened an hour and more after the level was raised: while somebody is after a fault,
 * each mail opens a pane. All in milliseconds since 1970.
 */
export function isReminderDue(times: {
  readonly raisedAt: number | undefined;
  readonly paneOpenedAt: number;
  readonly now: number;
}): boolean {
  const { raisedAt, paneOpenedAt, now } = times;
  if (raisedAt === undefined) return false;
  return now - raisedAt >= 24 * hour || paneOpenedAt - raisedAt >= hour;
}
