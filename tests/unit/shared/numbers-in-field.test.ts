import { describe, expect, it } from 'vitest';
import { digitsAfterConnection } from '../../../shared/numbers-in-field';
import { createNumberRules } from '../../../shared/phone-number';
import { numberLibrary } from '../../../sync-service/numbers/number-library';
import { munich } from '../../fixtures/dial-plans';

const { readNumber } = createNumberRules(numberLibrary);

describe('Digits to be typed once the connection is there', () => {
  it.each([
    ['089 123456 App. 12', '12'],
    ['+49 89 123456,,34#', '34'],
    ['tel:+49-89-123456;postd=pp22', '22'],
    // A colleague's number with more behind it.
    ['+49 89 7007-321 ext. 9', '9'],
    ['089 123456', undefined],
    ['321', undefined],
    ['+49 (89) 7007-321', undefined],
    ['089 7007 DW 321', undefined],
    ['no number', undefined],
  ])('%s: %s', (raw, digits) => {
    expect(digitsAfterConnection(readNumber(raw, munich))).toBe(digits);
  });
});
