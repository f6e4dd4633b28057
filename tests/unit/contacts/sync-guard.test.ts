import { describe, expect, test } from 'vitest';
import { removalNeedsConfirmation } from '../../../sync-service/contacts/sync-guard';

describe('a removal', () => {
  test.each([
    ['nothing is removed', 100, 0, 100, false],
    ['a source that was empty stays empty', 0, 0, 0, false],
    ['a source is suddenly empty, however little it had', 1, 1, 0, true],
    ['twenty of many go', 40, 20, 20, false],
    ['more than twenty and more than 30 % go', 40, 21, 19, true],
    ['30 % of many go', 1000, 300, 700, false],
    ['more than 30 % of many go', 1000, 301, 699, true],
    ['few go of few, and something remains', 5, 4, 1, false],
    ['everything is replaced by as much', 100, 100, 100, true],
  ])('%s: of %d go %d and %d remain, asks: %s', (_what, before, removed, remaining, asks) => {
    expect(removalNeedsConfirmation({ before, removed, remaining })).toBe(asks);
  });
});
