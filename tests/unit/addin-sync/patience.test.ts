import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPatience } from '../../../addin/sync/patience';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('is over when there was no sign for as long as it lasts, once', () => {
  const over = vi.fn();
  const patience = createPatience(1000, over);
  for (let second = 0; second < 10; second += 1) {
    vi.advanceTimersByTime(999);
    patience.renew();
  }
  expect(over).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1000);
  expect(over).toHaveBeenCalledTimes(1);
});

test('is not over any more when nothing is waited for, whatever sign comes late', () => {
  const over = vi.fn();
  const patience = createPatience(1000, over);
  patience.end();
  patience.renew();
  vi.advanceTimersByTime(5000);
  expect(over).not.toHaveBeenCalled();
});
