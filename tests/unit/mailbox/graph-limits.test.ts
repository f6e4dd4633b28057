import { describe, expect, it } from 'vitest';
import { backoffMs, createLimiter, retryAfterMs, timerDelay } from '../../../shared/mailbox/graph-limits';

describe('Retry-After', () => {
  const now = new Date('2026-01-05T08:00:00Z');
  it.each([
    ['120', 120_000],
    ['0', 0],
    ['Mon, 05 Jan 2026 08:00:30 GMT', 30_000],
    ['Mon, 05 Jan 2026 07:59:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['', undefined],
    [null, undefined],
  ])('reads %j as %j', (header, ms) => {
    expect(retryAfterMs(header, now)).toBe(ms);
  });
});

describe('pauses', () => {
  it('double up to a limit and keep half for chance', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map((n) => backoffMs(n, () => 0))).toEqual([250, 500, 1000, 2000, 4000, 7500, 7500]);
    expect(backoffMs(1, () => 0.5)).toBe(375);
  });

  it('end with the reason of an abort', async () => {
    const controller = new AbortController();
    const waiting = timerDelay(60_000, controller.signal);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(timerDelay(1, controller.signal)).rejects.toThrow('enough');
  });
});

describe('the limiter', () => {
  it('gives a place free when a task fails, and keeps the order of the others', async () => {
    const limited = createLimiter(1);
    const done: number[] = [];
    const { signal } = new AbortController();
    const failing = limited(() => Promise.reject(new Error('no')), signal);
    const others = [1, 2, 3].map((n) => limited(() => Promise.resolve(void done.push(n)), signal));
    await expect(failing).rejects.toThrow('no');
    await Promise.all(others);
    expect(done).toEqual([1, 2, 3]);
  });
});
