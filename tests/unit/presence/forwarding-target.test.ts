import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  publishedTargets,
  resolveTarget,
  ringThrough,
  takenTargets,
} from '../../../sync-service/presence/forwarding-target';
import type { Destination } from '../../../sync-service/presence/forwarding-target';

/** Three digits are an extension; what begins with 0900 is refused. */
function read(number: string): Destination {
  if (/^\d{3}$/.test(number)) return { dialString: number, extension: number, display: number };
  if (number.startsWith('0900')) return { problem: 'premium-rate' };
  return /^\d+$/.test(number) ? { dialString: `0${number}`, display: number } : { problem: 'not-a-number' };
}

describe('Where a forwarding leads', () => {
  const user = { extension: '330', mobileNumber: '0171123456' };

  it('is the number of the profile, or that there is none', () => {
    expect(resolveTarget({ kind: 'mobile' }, user, read)).toMatchObject({ kind: 'dial', dialString: '00171123456' });
    expect(resolveTarget({ kind: 'external' }, user, read)).toEqual({ kind: 'problem', problem: 'no-number' });
  });

  it('is never the user himself, whichever way that is written', () => {
    const self = { kind: 'problem', problem: 'self' };
    expect(resolveTarget({ kind: 'number', number: '330' }, user, read)).toEqual(self);
    expect(resolveTarget({ kind: 'mobile' }, { ...user, mobileNumber: '330' }, read)).toEqual(self);
  });

  it('tells the telephone system nothing of what cannot be', () => {
    const targets = publishedTargets((status) =>
      resolveTarget(
        status === 'office'
          ? { kind: 'number', number: '0900123' }
          : status === 'home'
            ? { kind: 'mobile' }
            : { kind: 'voicemail' },
        user,
        read,
      ),
    );
    expect(targets.office).toBeUndefined();
    expect(targets.home).toEqual({ dialString: '00171123456' });
    expect(targets.lunch).toBe('voicemail');
  });

  it('stays as it was chosen where the telephone leads to the same place', () => {
    const before = { home: { kind: 'mobile' }, lunch: { kind: 'voicemail' } } as const;
    const resolve = (status: string) =>
      resolveTarget(status === 'home' ? before.home : status === 'office' ? { kind: 'off' } : before.lunch, user, read);
    const taken = takenTargets(
      before,
      { home: { dialString: '00171123456' }, lunch: { dialString: '331' } },
      resolve,
      (s) => s,
    );
    expect(taken).toMatchObject({
      home: { kind: 'mobile' },
      lunch: { kind: 'number', number: '331' },
      office: { kind: 'off' },
    });
    expect(taken.sick).toEqual({ kind: 'off' });
  });
});

describe('A ring', () => {
  it('of any length is found with its way', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (length) => {
        const next = (extension: string) => (Number(extension) < length ? [String(Number(extension) + 1)] : ['own']);
        const way = ringThrough('own', '1', next);
        expect(way).toHaveLength(length + 2);
        expect([way?.[0], way?.at(-1)]).toEqual(['own', 'own']);
      }),
    );
  });

  it('can never come about where each forwarding is checked before it is taken', () => {
    const edge = fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 7 }));
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 60 }), (wishes) => {
        const edges = new Map<string, Set<string>>();
        const next = (extension: string) => edges.get(extension) ?? [];
        for (const [from, to] of wishes.map(([a, b]) => [String(a), String(b)] as const)) {
          if (from === to || ringThrough(from, to, next) !== undefined) continue;
          edges.set(from, new Set(edges.get(from)).add(to));
        }
        // Another way to see it: whoever leads nowhere is taken away until nobody is left.
        const left = new Set([...edges.keys()]);
        for (let before = -1; before !== left.size;) {
          before = left.size;
          for (const extension of left) if (![...next(extension)].some((to) => left.has(to))) left.delete(extension);
        }
        expect([...left]).toEqual([]);
      }),
    );
  });
});
