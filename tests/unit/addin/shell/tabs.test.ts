import { expect, it } from 'vitest';
import { tabForKey } from '../../../../addin/shell/tabs';

it('moves among tabs with the arrow keys, round the ends, and to the ends with Home and End', () => {
  expect([tabForKey('ArrowRight', 3, 4), tabForKey('ArrowLeft', 0, 4)]).toEqual([0, 3]);
  expect([tabForKey('Home', 2, 4), tabForKey('End', 0, 4)]).toEqual([0, 3]);
  expect(tabForKey('a', 1, 4)).toBeUndefined();
});
