/** Our reader beside google's own library, which shares no code with the one that we read with: an independent witness. */
import fc from 'fast-check';
import google from 'google-libphonenumber';
import { describe, expect, it } from 'vitest';
import type { DialPlan } from '../../../shared/dial-plan';
import { createNumberRules } from '../../../shared/phone-number';
import { numberLibrary } from '../../../sync-service/numbers/number-library';
import { dialPlans, munich } from '../../fixtures/dial-plans';

const { PhoneNumberFormat: format, PhoneNumberUtil } = google;
const oracle = PhoneNumberUtil.getInstance();
const rules = createNumberRules(numberLibrary);

/** An example of each kind of number of each region. */
const examples = oracle.getSupportedRegions().flatMap((region) =>
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].flatMap((type) => {
    const example = oracle.getExampleNumberForType(region, type);
    return example === null ? [] : [oracle.format(example, format.E164)];
  }),
);

/** Numbers like the examples: their last digits are others. */
const numbers = fc
  .tuple(
    fc.constantFrom(...examples),
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 6 }),
  )
  .map(([example, last]) => example.slice(0, Math.max(4, example.length - last.length)) + last);

/** A site in the country of a number, without own area and block. */
function siteOf(countryCode: number): DialPlan {
  const region = oracle.getRegionCodeForCountryCode(countryCode);
  return {
    countryCode: String(countryCode),
    areaCode: '',
    trunkAccessCode: '',
    nationalPrefix: oracle.getNddPrefixForRegion(region, true) ?? '',
    internationalPrefix: countryCode === 1 ? '011' : '00',
    numberBlocks: [],
    extensionLength: 2,
    emergencyNumbers: [],
  };
}

describe('beside google-libphonenumber', { timeout: 60_000 }, () => {
  it('the same numbers are valid, but for those where the two releases know different plans', () => {
    let different = 0;
    let valid = 0;
    const runs = 4000;
    fc.assert(
      fc.property(numbers, (number) => {
        const theirs = oracle.isValidNumber(oracle.parse(number));
        const reading = rules.readNumber(number, munich);
        if (theirs) valid += 1;
        if (theirs !== (reading.e164 !== undefined)) different += 1;
        else if (theirs) expect(reading.e164).toBe(oracle.format(oracle.parse(number), format.E164));
      }),
      { numRuns: runs },
    );
    expect(valid).toBeGreaterThan(runs / 4);
    expect(different).toBeLessThan(runs / 50);
  });

  it('reads what google writes: international, national in the country itself, and as a URI', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        const parsed = oracle.parse(number);
        const e164 = rules.readNumber(number, munich).e164;
        fc.pre(e164 !== undefined && oracle.isValidNumber(parsed));
        const home = siteOf(parsed.getCountryCode());
        expect(rules.readNumber(oracle.format(parsed, format.INTERNATIONAL), munich).e164).toBe(e164);
        expect(rules.readNumber(oracle.format(parsed, format.RFC3966), munich).e164).toBe(e164);
        expect(rules.readNumber(oracle.format(parsed, format.NATIONAL), home).e164).toBe(e164);
      }),
      { numRuns: 2000 },
    );
  });

  it('google reads what we write: each form for people, at every site', () => {
    fc.assert(
      fc.property(numbers, fc.constantFrom(...dialPlans.map(([, plan]) => plan)), (number, plan) => {
        const { e164, display } = rules.readNumber(number, plan);
        fc.pre(e164 !== undefined);
        expect(oracle.format(oracle.parse(display ?? ''), format.E164)).toBe(e164);
        // And reading our own form again changes nothing.
        expect(rules.readNumber(display ?? '', plan)).toMatchObject({ e164, display });
      }),
      { numRuns: 2000 },
    );
  });
});
