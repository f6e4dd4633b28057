import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DialPlan } from '../../../shared/dial-plan';
import { numberLibrary as small } from '../../../shared/number-library-min';
import { createNumberRules } from '../../../shared/phone-number';
import type { NumberReading } from '../../../shared/phone-number';
import { numberLibrary as complete } from '../../../sync-service/numbers/number-library';
import { dialPlans, hamburg, munich } from '../../fixtures/dial-plans';
import { anyText } from '../../fixtures/any-text';

const rules = createNumberRules(complete);
const runs = { numRuns: 300 };
// Samples of others are no part of the repository: without them their tests are skipped.
const corpus = '../shared/corpora/phone/example-numbers.tsv';

const digits = (min: number, max: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map((all) => all.join(''));
const planArbitrary = fc.constantFrom(...dialPlans.map(([, plan]) => plan));

/** Numbers near the site (own block, area, country) and far from it; many are not valid, which is a case of its own. */
function internationalFor(plan: DialPlan): fc.Arbitrary<string> {
  const country = `+${plan.countryCode}`;
  return fc.oneof(
    fc.tuple(fc.constantFrom(...plan.numberBlocks), digits(0, 6)).map(([block, rest]) => block + rest),
    digits(3, 9).map((rest) => country + plan.areaCode + rest),
    digits(4, 12).map((rest) => country + rest),
    fc.tuple(fc.integer({ min: 1, max: 999 }), digits(4, 11)).map(([code, rest]) => `+${code}${rest}`),
  );
}

const planAndNumber = planArbitrary.chain((plan) => fc.tuple(fc.constant(plan), internationalFor(plan)));

const formsOf = ({ e164, display, dialable, extension }: NumberReading) => ({ e164, display, dialable, extension });

/** Whether two E.164 numbers are the same telephone: an extension is known by the number of the first block. */
function expectSameTelephone(again: NumberReading, reading: NumberReading, plan: DialPlan): void {
  if (reading.dialable === reading.extension && plan.numberBlocks.length > 1) {
    expect(again.extension).toBe(reading.extension);
  } else {
    expect(again.e164).toBe(reading.e164);
  }
}

describe('laws of numbers', { timeout: 60_000 }, () => {
  it('dialling what is dialable reaches the same number', () => {
    fc.assert(
      fc.property(planAndNumber, ([plan, international]) => {
        const reading = rules.readNumber(international, plan);
        if (reading.e164 === undefined) return;
        const dialable = reading.dialable ?? '';
        expectSameTelephone(rules.readDialled(dialable, plan), reading, plan);
        expect(rules.toDialString(reading, plan)).toEqual({ dialString: dialable });
        expect(rules.toDialString(reading.e164, plan)).toEqual({ dialString: dialable });
      }),
      { numRuns: 600 },
    );
  });

  it('reading a form that was read already changes nothing', () => {
    fc.assert(
      fc.property(planAndNumber, ([plan, international]) => {
        const reading = rules.readNumber(international, plan);
        if (reading.e164 === undefined) return;
        expect(formsOf(rules.readNumber(reading.e164, plan))).toEqual(formsOf(reading));
        expect(formsOf(rules.readNumber(reading.display ?? '', plan))).toEqual(formsOf(reading));
        expect(formsOf(rules.readDialled(reading.display ?? '', plan))).toEqual(formsOf(reading));
        expect(formsOf(rules.readSignalled(reading.e164, plan))).toEqual(formsOf(reading));
      }),
      { numRuns: 600 },
    );
  });

  it('nothing is canonical that is not valid, whatever is written', () => {
    const written = fc.oneof(
      anyText({ maxLength: 60 }),
      fc.string({ unit: fc.constantFrom(...'0123456789+()-/ .,;:x#*DW\n'), maxLength: 40 }),
      fc
        .array(
          fc.constantFrom(
            '0',
            '+49',
            '0049',
            '89',
            '7007',
            '321',
            ' ',
            '/',
            '(0)',
            'App. ',
            'DW',
            'tel:',
            '110',
            'oder',
            'FLOWERS',
            '-',
          ),
          { maxLength: 10 },
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(written, planArbitrary, (raw, plan) => {
        for (const read of [rules.readNumber, rules.readDialled, rules.readSignalled]) {
          const reading = read(raw, plan);
          expect(reading.raw).toBe(raw);
          expect([reading.e164, reading.extension, reading.problem].some((form) => form !== undefined)).toBe(true);
          if (reading.e164 !== undefined) {
            expect(complete.parse(reading.e164)?.valid).toBe(true);
            expect(reading.problem).toBeUndefined();
            expect(reading.dialable).toMatch(/^\d+$/);
          }
        }
        const dial = rules.toDialString(raw, plan);
        if ('dialString' in dial) expect(dial.dialString).toMatch(/^\d+$/);
      }),
      { numRuns: 800 },
    );
  });

  it('no conversion loses an extension', () => {
    const marks = fc.constantFrom(
      ' App. ',
      ' x',
      ' ext. ',
      ' DW ',
      ' Durchw. ',
      ' Apparat ',
      ';ext=',
      ' -DW',
      ' (Durchwahl ',
    );
    fc.assert(
      fc.property(planAndNumber, marks, digits(1, 6), ([plan, international], mark, extension) => {
        const base = rules.readNumber(international, plan);
        fc.pre(base.e164 !== undefined);
        const reading = rules.readNumber(`${international}${mark}${extension}`, plan);
        expect(reading.extension).toBe(extension);
        expect(formsOf(rules.readNumber(reading.display ?? '', plan))).toEqual(formsOf(reading));
        const dial = rules.toDialString(reading, plan);
        // Either the extension is what is dialled, or it is named as what to dial after the connection.
        expect(dial).toEqual(
          reading.dialable === extension
            ? { dialString: extension }
            : { dialString: base.dialable, afterConnection: extension },
        );
      }),
      runs,
    );
  });

  it('every extension of the site is read the same in all its forms', () => {
    fc.assert(
      fc.property(
        planArbitrary.chain((plan) => fc.tuple(fc.constant(plan), digits(plan.extensionLength, plan.extensionLength))),
        ([plan, extension]) => {
          const inside = rules.readNumber(extension, plan);
          if (inside.extension === undefined) return;
          expect(inside.dialable).toBe(extension);
          expect(rules.readDialled(extension, plan).extension).toBe(extension);
          expect(rules.readSignalled(extension, plan).extension).toBe(extension);
          for (const block of plan.numberBlocks) {
            const outside = rules.readNumber(block + extension, plan);
            if (outside.e164 !== undefined) expect(outside).toMatchObject({ extension, dialable: extension });
          }
        },
      ),
      runs,
    );
  });

  it('blanks, brackets, hyphens, slashes, colons and semicolons inside a canonical number change nothing', () => {
    const numbers = fc.constantFrom('4989700798765', '49897007321', '12133734253', '390612345678', '442079460018');
    fc.assert(
      fc.property(
        numbers,
        fc.array(fc.constantFrom('', ' ', '-', '/', ':', ';', ' (', ') '), { minLength: 13, maxLength: 13 }),
        (number, signs) => {
          const grouped = [...number]
            .map(
              (digit, place) =>
                (place > 1 && place % 3 === 0 && place + 3 <= number.length ? (signs[place] ?? '') : '') + digit,
            )
            .join('');
          expect(rules.readNumber(`+${grouped}`, munich).e164).toBe(`+${number}`);
        },
      ),
      runs,
    );
  });

  it.skipIf(!existsSync(corpus))(`holds for all example numbers (needs ${corpus})`, () => {
    const rows = readFileSync(corpus, 'utf8').trim().split('\n').slice(1);
    expect(rows.length).toBeGreaterThan(1000);
    for (const row of rows) {
      const e164 = row.split('\t')[5] ?? '';
      const valid = complete.parse(e164)?.valid === true;
      for (const [, plan] of dialPlans) {
        const reading = rules.readNumber(e164, plan);
        if (!valid) {
          expect(reading.e164, e164).toBeUndefined();
          continue;
        }
        expect(reading.e164, e164).toBe(complete.parse(e164)?.e164);
        expect(formsOf(rules.readNumber(reading.display ?? '', plan)), e164).toEqual(formsOf(reading));
        expect(rules.readNumber(`00${e164.slice(1)}`, hamburg).e164, e164).toBe(reading.e164);
        expectSameTelephone(rules.readDialled(reading.dialable ?? '', plan), reading, plan);
      }
    }
  });

  it('the pane agrees with the service on all valid numbers written canonically', () => {
    const pane = createNumberRules(small);
    fc.assert(
      fc.property(planAndNumber, ([plan, international]) => {
        const reading = rules.readNumber(international, plan);
        if (reading.e164 !== undefined) expect(pane.readNumber(international, plan)).toEqual(reading);
      }),
      runs,
    );
  });
});
