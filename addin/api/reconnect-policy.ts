/**
 * When to try again after a connection was lost: at once after the first loss, so that a restart of the service is
 * hardly seen, then ever more seldom, spread so that a thousand panes do not come back in the same second.
 */
export const reconnectPolicy = { firstMs: 250, factor: 2, maxMs: 30_000, spread: 0.5 } as const;

/** Milliseconds that a connection must have held for the next loss to count as the first. */
export const stableAfterMs = 10_000;

/**
 * Milliseconds to wait before the attempt.
 * @param attempt attempts that failed since the last stable connection, from 0
 * @param random from 0 to below 1
 */
export function reconnectDelay(attempt: number, random: number): number {
  const { firstMs, factor, maxMs, spread } = reconnectPolicy;
  // 2^20 is far beyond the upper limit and keeps the power finite.
  const full = Math.min(maxMs, firstMs * factor ** Math.min(attempt, 20));
  return Math.round(full * (1 - spread + spread * random));
}
