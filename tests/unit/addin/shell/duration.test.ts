import { expect, it } from 'vitest';
import { durationText } from '../../../../addin/shell/duration';

it('writes how long a call lasts as a telephone does', () => {
  expect([7_000, 754_000, 3_723_000].map(durationText)).toEqual(['0:07', '12:34', '1:02:03']);
});

it('never counts below zero when clocks differ', () => {
  expect(durationText(-5_000)).toBe('0:00');
});
