import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import * as complete from 'libphonenumber-js/max';
import * as small from 'libphonenumber-js/min';
import { describe, expect, it } from 'vitest';
import type { Libphonenumber } from '../../../shared/number-library';
import { createNumberPlans } from '../../../shared/number-plans';
import { readExampleNumbers } from '../../fixtures/written-forms';

const corpus = '../shared/corpora/phone/example-numbers.tsv';
const sets: readonly (readonly [name: string, library: Libphonenumber])[] = [
  ['complete', complete],
  ['small', small],
];

/** Holds the quick answer to the library's; counts how often there is one. */
function compare(library: Libphonenumber) {
  const quick = createNumberPlans(library);
  let answered = 0;
  return {
    answered: () => answered,
    hold(international: string): void {
      const found = quick(international);
      if (found === undefined) return;
      answered += 1;
      const parsed = library.parsePhoneNumberFromString(international, { extract: false });
      const groups = parsed
        ?.formatInternational()
        .split(/[^\d+]+/)
        .slice(1);
      const mine = [found.valid, found.valid ? found.country : undefined, found.valid ? found.groups() : undefined];
      const valid = parsed?.isValid() === true;
      const theirs = [valid, valid ? parsed.country : undefined, valid ? groups : undefined];
      expect(mine, international).toEqual(theirs);
      if (valid) expect(`+${found.countryCode}${found.nationalNumber}`).toBe(parsed.number);
    },
  };
}

const digits = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: min, maxLength: max });

describe.each(sets)('the quick path, %s metadata', (_name, library) => {
  it('answers as the library does, for every country code and thousands of numbers', { timeout: 60_000 }, () => {
    const held = compare(library);
    const codes = [...new Set(complete.getCountries().map((country) => complete.getCountryCallingCode(country)))];
    fc.assert(
      fc.property(fc.constantFrom(...codes, ...Array<string>(20).fill('1')), digits(2, 12), (code, rest) =>
        held.hold(`+${code}${rest}`),
      ),
      { numRuns: 4000 },
    );
    expect(held.answered()).toBeGreaterThan(2000);
  });

  it.skipIf(!existsSync(corpus))(
    `answers as the library does, near all example numbers (needs ${corpus})`,
    { timeout: 60_000 },
    () => {
      const held = compare(library);
      for (const { e164 } of readExampleNumbers(readFileSync(corpus, 'utf8'))) {
        for (const number of [e164, `${e164}0`, e164.slice(0, -1), e164.replace(/\d$/, '9')]) held.hold(number);
      }
      expect(held.answered()).toBeGreaterThan(2500);
    },
  );
});
