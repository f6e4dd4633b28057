import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf, isTimeZone, isWallTime, wallTimeOf } from '../../../shared/zoned-time';

const iso = (wallTime: string, zone: string) => new Date(instantOf(wallTime, zone)).toISOString();
const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC'];
const zone = fc.constantFrom(...zones);
const minute = 60_000;
/** Whole minutes of the years 2000 to 2040; before, zones had changes that came in seconds. */
const instant = fc
  .integer({ min: Date.UTC(2000, 0) / minute, max: Date.UTC(2040, 0) / minute })
  .map((minutes) => minutes * minute);
/** Around the two changes of clocks of every year, where mistakes live. */
const nearChange = fc
  .record({
    year: fc.integer({ min: 2000, max: 2040 }),
    month: fc.constantFrom(2, 3, 9, 10),
    minutes: fc.integer({ min: 0, max: 31 * 24 * 60 }),
  })
  .map(({ year, month, minutes }) => Date.UTC(year, month) + minutes * minute);

describe('A wall time with its zone', () => {
  it('is moved forward where spring leaves it out, and is the first of two in autumn', () => {
    expect(iso('2026-03-29T01:59', 'Europe/Berlin')).toBe('2026-03-29T00:59:00.000Z');
    expect(iso('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
    expect(wallTimeOf(instantOf('2026-03-29T02:30', 'Europe/Berlin'), 'Europe/Berlin')).toBe('2026-03-29T03:30');
    expect(iso('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
    expect(iso('2026-10-25T03:00', 'Europe/Berlin')).toBe('2026-10-25T02:00:00.000Z');
    expect(iso('2026-11-01T01:30', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
  });

  it('is found again from its instant, at every minute, over all changes of clocks', () => {
    fc.assert(
      fc.property(fc.oneof(instant, nearChange), zone, (at, name) => {
        const wall = wallTimeOf(at, name);
        const back = instantOf(wall, name);
        expect(wallTimeOf(back, name)).toBe(wall);
        // Of two it is the first; otherwise it is the same.
        expect(back).toBeLessThanOrEqual(at);
        if (back !== at) expect(at - back).toBeLessThanOrEqual(60 * minute);
      }),
    );
  });

  it('never goes back as wall times go on', () => {
    fc.assert(
      fc.property(nearChange, zone, fc.integer({ min: 1, max: 2000 }), (asUtc, name, more) => {
        const wall = (ms: number) => new Date(ms).toISOString().slice(0, 16);
        const first = instantOf(wall(asUtc), name);
        const second = instantOf(wall(asUtc + more * minute), name);
        // In the hour that spring leaves out, times are moved over those that follow it: by that hour at most.
        expect(second - first).toBeGreaterThan(-60 * minute);
      }),
    );
  });

  it('is refused where there is no such date, time or zone', () => {
    for (const text of ['2026-02-30T10:00', '2026-01-01T24:00', '2026-1-1T10:00', '0026-13-01T10:00', 'tomorrow'])
      expect(isWallTime(text), text).toBe(false);
    expect(isWallTime('2028-02-29T23:59')).toBe(true);
    for (const name of ['Europe/Bonn', '', '+02:00', 'DROP TABLE']) expect(isTimeZone(name), name).toBe(false);
    expect(() => instantOf('2026-01-01T10:00', 'Europe/Bonn')).toThrow(RangeError);
    expect(() => instantOf('never', 'UTC')).toThrow(RangeError);
  });
});
