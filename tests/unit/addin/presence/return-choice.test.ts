import { describe, expect, it } from 'vitest';
import { quickReturn, readReturn } from '../../../../addin/presence/return-choice';

const zone = 'Europe/Berlin';
const at = (iso: string) => Date.parse(iso);

describe('A return that is chosen quickly', () => {
  it('is a while ahead by the clock on the wall, also over the changes of clocks', () => {
    expect(quickReturn('in30', at('2026-11-27T08:00:30Z'), zone)).toBe('2026-11-27T09:31');
    expect(quickReturn('in60', at('2026-03-29T00:30:00Z'), zone)).toBe('2026-03-29T03:30');
    expect(quickReturn('in60', at('2026-10-25T00:30:00Z'), zone)).toBe('2026-10-25T02:30');
  });

  it('is tomorrow at eight, whichever day that is', () => {
    expect(quickReturn('tomorrow', at('2026-11-30T22:59:00Z'), zone)).toBe('2026-12-01T08:00');
    expect(quickReturn('tomorrow', at('2026-11-30T23:01:00Z'), zone)).toBe('2026-12-02T08:00');
  });
});

describe('A return that is typed', () => {
  const now = at('2026-11-27T08:00:00Z');
  it('is taken, or none where nothing is typed', () => {
    expect(readReturn('2026-11-27', '14:30', now, zone)).toEqual({ wallTime: '2026-11-27T14:30' });
    expect(readReturn('', '', now, zone)).toEqual({ wallTime: undefined });
  });

  it('is refused with what is wrong', () => {
    expect(readReturn('2026-11-27', '', now, zone)).toEqual({ problem: 'bothOrNone' });
    expect(readReturn('2026-11-31', '10:00', now, zone)).toEqual({ problem: 'noSuchTime' });
    expect(readReturn('2026-11-27', '09:00', now, zone)).toEqual({ problem: 'inThePast' });
    expect(readReturn('2040-11-27', '09:00', now, zone)).toEqual({ problem: 'tooFar' });
  });
});
