import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { numbersInField } from '../../../shared/numbers-in-field';
import { createNumberRules } from '../../../shared/phone-number';
import type { NumberReading } from '../../../shared/phone-number';
import { numberLibrary } from '../../../sync-service/numbers/number-library';
import { munich } from '../../fixtures/dial-plans';
import { readExampleNumbers, siteIn, writtenForms } from '../../fixtures/written-forms';

// Samples of others are no part of the repository: without them their tests are skipped.
const corpus = '../shared/corpora/phone/example-numbers.tsv';

/** Samples that today's numbering plans have no more: Benin's numbers of eight digits, an area of Zimbabwe that never came. */
const former: ReadonlySet<string> = new Set(['+22985751234', '+22981123456', '+2631312345']);

const { readNumber } = createNumberRules(numberLibrary);

/** Whether a field was read as these two numbers, in either order, or as one where both are the same. */
function isBoth(reading: NumberReading, one: string, other: string): boolean {
  const found = numbersInField(reading).map(({ e164 = '' }) => e164);
  return [...new Set(found)].sort().join() === [...new Set([one, other])].sort().join();
}

describe.skipIf(!existsSync(corpus))(`example numbers of all regions (needs ${corpus})`, () => {
  const examples = existsSync(corpus) ? readExampleNumbers(readFileSync(corpus, 'utf8')) : [];

  it('come out right in every way in which a person writes them', { timeout: 120_000 }, () => {
    const wrong: string[] = [];
    let read = 0;
    for (const example of examples) {
      const own = siteIn(example);
      for (const { form, raw, site, extension, second } of writtenForms(example)) {
        const plan = site === 'abroad' ? munich : site === 'own country' ? own : site;
        const reading = readNumber(raw, plan);
        const right = former.has(example.e164)
          ? // Nothing invalid is called canonical: it is kept as written, with the reason. Nobody can know whether digits
            // alone that begin with 00 have a prefix for abroad or are dialled with the access code 0 and an area.
            (reading.e164 === undefined && reading.problem !== undefined && reading.raw === raw) ||
            (/^00\d+$/.test(raw) && reading.assumed === 'country')
          : second === undefined
            ? reading.e164 === example.e164 && reading.extension === extension && reading.further === undefined
            : isBoth(reading, example.e164, second);
        if (!right)
          wrong.push(`${example.region} ${example.e164} ${form}: ${raw} is read as ${JSON.stringify(reading)}`);
        read += 1;
      }
    }
    expect(wrong).toEqual([]);
    expect(read).toBeGreaterThan(90_000);
  });

  it('are said to be of the site’s country where no country code is written, and not where one is', () => {
    for (const example of examples) {
      if (former.has(example.e164)) continue;
      const own = siteIn(example);
      const [national] = writtenForms(example).filter(({ form }) => form === 'national');
      expect(readNumber(national?.raw ?? '', own), example.e164).toMatchObject({
        e164: example.e164,
        assumed: 'country',
      });
      expect(readNumber(example.e164, own).assumed, example.e164).toBeUndefined();
    }
  });
});
