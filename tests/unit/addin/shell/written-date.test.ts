import { expect, it } from 'vitest';
import { writtenDate } from '../../../../addin/shell/i18n/written-date';

it('writes a day as the user wants it, in any language, or as usual in the language', () => {
  const day = new Date(2026, 2, 4, 23, 59);
  expect(writtenDate(day, 'dd.mm.yyyy', 'en')).toBe('04.03.2026');
  expect(writtenDate(day, 'dd/mm/yyyy', 'de')).toBe('04/03/2026');
  expect(writtenDate(day, 'mm/dd/yyyy', 'de')).toBe('03/04/2026');
  expect(writtenDate(day, 'yyyy-mm-dd', 'en')).toBe('2026-03-04');
  expect(writtenDate(day, 'auto', 'de')).toBe('04.03.26');
  expect(writtenDate(day, 'auto', 'en')).toBe('3/4/26');
});
