import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reconnectDelay, reconnectPolicy } from '../../../../addin/api/reconnect-policy';

describe('The reconnect policy', () => {
  it('tries again almost at once after the first loss', () => {
    expect(reconnectDelay(0, 0.99)).toBeLessThanOrEqual(reconnectPolicy.firstMs);
  });

  it('never waits longer than its limit and never nothing', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (attempt, random) => {
        const delay = reconnectDelay(attempt, random);
        expect(delay).toBeGreaterThanOrEqual(reconnectPolicy.firstMs * (1 - reconnectPolicy.spread));
        expect(delay).toBeLessThanOrEqual(reconnectPolicy.maxMs);
      }),
    );
  });

  it('spreads panes that lost the connection in the same moment', () => {
    expect(reconnectDelay(12, 0)).toBeLessThan(reconnectDelay(12, 0.9) - 10_000);
  });
});
