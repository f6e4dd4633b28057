import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterRotation, decideRenewal, renewalGraceMs } from '../../../sync-service/accounts/session-renewal';
import type { RenewalState } from '../../../sync-service/accounts/session-renewal';

const fresh: RenewalState = { current: 'c0', previous: null, confirmed: false, recent: [] };

describe('a renewal cookie', () => {
  it('that is valid is rotated', () => {
    expect(decideRenewal(fresh, 'c0', 0)).toBe('rotate');
  });

  it('that was replaced a moment ago gets a token only', () => {
    const state = afterRotation(fresh, 'c0', 'c1', 1000);
    expect(decideRenewal({ ...state, confirmed: true }, 'c0', 1000 + renewalGraceMs)).toBe('share');
    expect(decideRenewal({ ...state, confirmed: true }, 'c0', 1001 + renewalGraceMs)).toBe('reuse');
  });

  it('whose successor nobody received is rotated again, and the lost successor is void', () => {
    const state = afterRotation(fresh, 'c0', 'lost', 0);
    const later = renewalGraceMs + 1;
    expect(decideRenewal(state, 'c0', later)).toBe('rotate');
    const again = afterRotation(state, 'c0', 'c1', later);
    expect(decideRenewal(again, 'lost', later + renewalGraceMs + 1)).toBe('reuse');
    expect(decideRenewal(again, 'c1', later)).toBe('rotate');
  });

  it('of another hand is reuse', () => {
    expect(decideRenewal(fresh, 'never given', 0)).toBe('reuse');
  });

  it('is remembered for the grace only, and never more than sixteen', () => {
    let state = fresh;
    for (let n = 1; n <= 40; n += 1) state = afterRotation({ ...state, confirmed: true }, state.current, `c${n}`, n);
    expect(state.recent).toHaveLength(16);
    const later = afterRotation({ ...state, confirmed: true }, state.current, 'last', 41 + renewalGraceMs);
    expect(later.recent.map((entry) => entry.hash)).toEqual(['c40']);
  });

  /** Browser with several runtimes: each presents what the cookie jar holds, and its answer may arrive or be lost. */
  it('never logs an honest browser out, whichever answers are lost and whatever time passes', () => {
    const step = fc.record({
      arrives: fc.boolean(),
      used: fc.boolean(),
      pauseMs: fc.oneof(fc.nat(20_000), fc.nat(30 * 60_000)),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let state = fresh;
        let jar = 'c0';
        let now = 0;
        steps.forEach(({ arrives, used, pauseMs }, n) => {
          now += pauseMs;
          const decision = decideRenewal(state, jar, now);
          expect(decision).not.toBe('reuse');
          if (decision !== 'rotate') return;
          const next = `c${n + 1}`;
          state = afterRotation(state, jar, next, now);
          if (!arrives) return;
          jar = next;
          // The token came with the cookie: who uses it has both.
          if (used) state = { ...state, confirmed: true };
        });
      }),
    );
  });

  it('that was stolen never serves thief and owner side by side, once both have gone on', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.integer({ min: renewalGraceMs + 1, max: 1e9 }), (thiefFirst, pauseMs) => {
        const [one, other] = thiefFirst ? ['thief', 'owner'] : ['owner', 'thief'];
        // One of them renews with the cookie that both have, and uses what he got.
        const state = { ...afterRotation(fresh, 'c0', `of ${one}`, 0), confirmed: true };
        // Whoever comes second ends the session for both.
        expect([other, decideRenewal(state, 'c0', pauseMs)]).toEqual([other, 'reuse']);
      }),
    );
  });
});
