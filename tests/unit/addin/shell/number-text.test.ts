import { describe, expect, it } from 'vitest';
import { de } from '../../../../addin/shell/i18n/de';
import { en } from '../../../../addin/shell/i18n/en';
import { numberText } from '../../../../addin/shell/use-number-text';
import { createNumberRules } from '../../../../shared/phone-number';
import { numberLibrary } from '../../../../sync-service/numbers/number-library';
import { munich } from '../../../fixtures/dial-plans';

const displayOf = (raw: string) => createNumberRules(numberLibrary).readNumber(raw, munich).display ?? '';

describe('a number with digits for after the connection', () => {
  it('is shown with the word of the language', () => {
    const display = displayOf('+49 30 123456 App. 12');
    expect(numberText(display, de.extensionBehind)).toMatch(/ App\. 12$/);
    expect(numberText(display, en.extensionBehind)).toBe(display);
    expect(display).toMatch(/ ext\. 12$/);
  });
  it('is shown as it is without such digits', () => {
    const display = displayOf('+49 30 123456');
    expect(numberText(display, de.extensionBehind)).toBe(display);
  });
});
