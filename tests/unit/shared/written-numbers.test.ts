import { describe, expect, it } from 'vitest';
import { numbersInField } from '../../../shared/numbers-in-field';
import { createNumberRules } from '../../../shared/phone-number';
import type { NumberReading } from '../../../shared/phone-number';
import { numberLibrary } from '../../../sync-service/numbers/number-library';
import { munich } from '../../fixtures/dial-plans';
import { splits } from '../../../shared/written-number';

const { readNumber } = createNumberRules(numberLibrary);

/** What a German contact field holds, and what it is: E.164, with what to dial after it, or the problem. */
const readable: readonly (readonly [raw: string, e164: string, extension?: string])[] = [
  // Canonical (NUM-1), with everything that may stand between digits.
  ['+4989700798765', '+4989700798765'],
  ['+49 (89) 7007-98765', '+4989700798765'],
  ['+49 89 7007 98765', '+4989700798765'],
  ['+49-89-7007-98765', '+4989700798765'],
  ['+49/89/7007/98765', '+4989700798765'],
  ['+49:89:7007:98765', '+4989700798765'],
  ['+49;89;7007;98765', '+4989700798765'],
  ['+49.89.7007.98765', '+4989700798765'],
  ['+49 [89] 7007 98765', '+4989700798765'],
  ['  +49 89 123456  ', '+4989123456'],
  ['+49 89\u00A0123\u202F456', '+4989123456'],
  // The national zero beside the country code.
  ['+49 (0)89 123456', '+4989123456'],
  ['+49 (0) 89 123456', '+4989123456'],
  ['+49(0)89/123456', '+4989123456'],
  ['+49 [0] 89 123456', '+4989123456'],
  ['+49 0 89 123456', '+4989123456'],
  ['+49 (089) 123456', '+4989123456'],
  ['+49 089 123456', '+4989123456'],
  ['0049 (0)89 123456', '+4989123456'],
  ['0049 (0) 171 1234567', '+491711234567'],
  ['+41 (0)44 668 18 00', '+41446681800'],
  ['+44 (0)20 7946 0018', '+442079460018'],
  ['+39 (0)6 12345678', '+390612345678'],
  // The plus as people write it.
  ['++49 89 123456', '+4989123456'],
  ['(+49) 89 123456', '+4989123456'],
  ['+ 49 89 123456', '+4989123456'],
  ['+(49) 89 123456', '+4989123456'],
  ['+0049 89 123456', '+4989123456'],
  ['00+49 89 123456', '+4989123456'],
  ['＋49 89 123456', '+4989123456'],
  ['0049 89 123456', '+4989123456'],
  ['00 49 89 123456', '+4989123456'],
  ['0043 1 58858 0', '+431588580'],
  ['001 212 373 4253', '+12123734253'],
  // National.
  ['089 123456', '+4989123456'],
  ['089/123456', '+4989123456'],
  ['089 / 12 34 56', '+4989123456'],
  ['089-123456', '+4989123456'],
  ['(089) 123456', '+4989123456'],
  ['(0 89) 12 34 56', '+4989123456'],
  ['(0)89 123456', '+4989123456'],
  ['089.123.456', '+4989123456'],
  ['08092/12345', '+49809212345'],
  ['0171-1234567', '+491711234567'],
  ['0171/123/4567', '+491711234567'],
  ['0151 12345678', '+4915112345678'],
  ['030 901820-0', '+49309018200'],
  ['0800 330 1000', '+498003301000'],
  // As dialled at a desk phone of the site (NUM-2).
  ['0700798765', '+4989700798765'],
  ['0089700798765', '+4989700798765'],
  ['0004989700798765', '+4989700798765'],
  ['0 0171 1234567', '+491711234567'],
  ['0-123456', '+4989123456'],
  ['0 001 212 373 4253', '+12123734253'],
  // Local and internal.
  ['123456', '+4989123456'],
  ['12 34 56 78', '+498912345678'],
  ['7007-98765', '+4989700798765'],
  ['7007-0', '+498970070'],
  ['321', '+49897007321', '321'],
  ['7007-321', '+49897007321', '321'],
  ['089 7007-321', '+49897007321', '321'],
  ['+49 (89) 7007 - 321', '+49897007321', '321'],
  ['089 7007 DW 321', '+49897007321', '321'],
  ['089 7007-0, Durchwahl 321', '+49897007321', '321'],
  // Extensions behind.
  ['089 123456 App. 12', '+4989123456', '12'],
  ['089 123456 Apparat 12', '+4989123456', '12'],
  ['089 123456, App 12', '+4989123456', '12'],
  ['089 123456 DW 12', '+4989123456', '12'],
  ['089 123456-DW12', '+4989123456', '12'],
  ['089 123456 Durchw. 12', '+4989123456', '12'],
  ['089 123456 Durchwahl: 12', '+4989123456', '12'],
  ['089 123456 (DW 12)', '+4989123456', '12'],
  ['089 123456 Nst. 12', '+4989123456', '12'],
  ['089 123456 Nebenstelle 12', '+4989123456', '12'],
  ['089 123456x12', '+4989123456', '12'],
  ['089 123456 x 12', '+4989123456', '12'],
  ['+1 212 373 4253 ext. 123', '+12123734253', '123'],
  ['+1 212 373 4253 extension 123', '+12123734253', '123'],
  ['+1 (212) 373-4253 #123', '+12123734253', '123'],
  ['+4989123456;ext=12', '+4989123456', '12'],
  ['+4989123456,,12#', '+4989123456', '12'],
  ['+4989123456,12', '+4989123456', '12'],
  ['+4989123456p12', '+4989123456', '12'],
  ['089 123456 App. 12 (Sekretariat)', '+4989123456', '12'],
  // URIs.
  ['tel:+4989123456', '+4989123456'],
  ['tel:+49-89-123456', '+4989123456'],
  ['TEL:+49(89)123456', '+4989123456'],
  ['tel:%2B4989123456', '+4989123456'],
  ['tel:+49-89-123456;ext=12', '+4989123456', '12'],
  ['tel:+49-89-123456;postd=pp22', '+4989123456', '22'],
  ['tel:+49-89-123456;postd=w22#;isub=1', '+4989123456', '22'],
  ['tel:+49-89-123456;ext=12;postd=p22', '+4989123456', '12'],
  ['tel:+49-89-123456;postd=p*A', '+4989123456'],
  ['tel:089-123456;phone-context=+49', '+4989123456'],
  ['tel:123456;phone-context=+4989', '+4989123456'],
  ['tel:321;phone-context=example.com', '+49897007321', '321'],
  ['callto:+4989123456', '+4989123456'],
  ['tel: 089 123456', '+4989123456'],
  // Words in front and behind.
  ['Tel.: 089 123456', '+4989123456'],
  ['Telefon 089 123456', '+4989123456'],
  ['Mobil: 0171 1234567', '+491711234567'],
  ['Büro: +49 89 123456', '+4989123456'],
  ['T +49 89 123456', '+4989123456'],
  ['089 123456 (privat)', '+4989123456'],
  ['089 123456 Zentrale', '+4989123456'],
  ['089 123456 - Herr Müller', '+4989123456'],
  ['0171 1234567 nur abends', '+491711234567'],
  ['089 123456 (!)', '+4989123456'],
  // Letters for digits.
  ['0800 FLOWERS', '+498003569377'],
  ['0800-123 AUTO', '+498001232886'],
  ['0700 MUSTERAG', '+4970068783724'],
  ['0800 3301000 PRIVAT', '+498003301000'],
  ['+1-800-FLOWERS', '+18003569377'],
  // Other digits and what nobody sees.
  ['０８９ １２３４５６', '+4989123456'],
  ['+٤٩ ٨٩ ١٢٣٤٥٦', '+4989123456'],
  ['+४९ ८९ १२३४५६', '+4989123456'],
  ['\u202A+49 89 123456\u202C', '+4989123456'],
  ['\uFEFF089\u200B123456', '+4989123456'],
  ['089\u00AD123456', '+4989123456'],
  ['089\u2011123456', '+4989123456'],
  ['089 \u2013 123456', '+4989123456'],
  ['089\u2212123456', '+4989123456'],
  ['089\t123456', '+4989123456'],
  ['089\r\n123456', '+4989123456'],
  // The same number twice is one number.
  ['089 123456 / +49 89 123456', '+4989123456'],
  ['089 123456 oder 089/12 34 56', '+4989123456'],
];

/** Fields with several numbers that can be told apart, and what they are. */
const several: readonly (readonly [raw: string, ...numbers: string[]])[] = [
  ['089 123456 / 0171 1234567', '+4989123456', '+491711234567'],
  ['089 123456; 0171 1234567', '+4989123456', '+491711234567'],
  ['089 123456, 0171 1234567', '+4989123456', '+491711234567'],
  ['089 123456 oder 0171 1234567', '+4989123456', '+491711234567'],
  ['089 123456 u. 0171 1234567', '+4989123456', '+491711234567'],
  ['089 123456\n0171 1234567', '+4989123456', '+491711234567'],
  ['089 123456 0171 1234567', '+4989123456', '+491711234567'],
  ['+49 89 123456 +49 171 1234567', '+4989123456', '+491711234567'],
  ['+4989123456+491711234567', '+4989123456', '+491711234567'],
  ['089 123456 - 0171 1234567', '+4989123456', '+491711234567'],
  ['089 123456/0171 1234567', '+4989123456', '+491711234567'],
  ['089 123456 App. 12 / 0171 1234567', '+4989123456 ext 12', '+491711234567'],
  ['Büro: 089 123456, Mobil: 0171 1234567', '+4989123456', '+491711234567'],
  ['089 123456 (Büro) / 0171 1234567 (mobil)', '+4989123456', '+491711234567'],
  ['089 123456 | +1 212 373 4253 x9 | 030 901820', '+4989123456', '+12123734253 ext 9', '+4930901820'],
  ['123456 / 123457', '+4989123456', '+4989123457'],
  ['321 / 322', '+49897007321 ext 321', '+49897007322 ext 322'],
  ['321 oder 322', '+49897007321 ext 321', '+49897007322 ext 322'],
];

const unreadable: readonly (readonly [raw: string, problem: NumberReading['problem']])[] = [
  ['', 'empty'],
  ['   ', 'empty'],
  ['-', 'empty'],
  ['+', 'empty'],
  ['unbekannt', 'empty'],
  ['siehe Notiz', 'empty'],
  ['089 123456 & 123457', 'several-numbers'],
  ['089/123456/57', 'several-numbers'],
  ['089 123456/57', 'several-numbers'],
  ['089 123456 / 57', 'several-numbers'],
  ['089 123456/123457', 'several-numbers'],
  ['321/322', 'several-numbers'],
  ['030 123456 / 123457', 'several-numbers'],
  ['089 123456 / 0171 1234567 / 57', 'several-numbers'],
  ['110', 'short-number'],
  ['112', 'short-number'],
  ['0 112', 'short-number'],
  ['116117', 'short-number'],
  ['11833', 'short-number'],
  ['+49110', 'too-short'],
  ['+49 112', 'too-short'],
  ['1', 'too-short'],
  ['12', 'too-short'],
  ['4711', 'not-an-extension'],
  ['+999 12345678', 'unknown-country'],
  ['+0 89 123456', 'unknown-country'],
  ['+49 89 12345678901234567', 'too-long'],
  ['+1 212 373 42', 'too-short'],
  ['+1 212 373 42534', 'too-long'],
  ['+1 111 111 1111', 'invalid-for-country'],
  ['+39 6 12345678', 'invalid-for-country'],
  ['089 PRIVAT', 'not-a-number'],
  ['089 12a34', 'not-a-number'],
  ['089 123456 x1 x2', 'not-a-number'],
  ['089 123456 ab 18 Uhr', 'not-a-number'],
  ['1-800-FLOWERS', 'not-a-number'],
  ['*21#', 'not-a-number'],
  ['*31#089123456', 'not-a-number'],
  ['max@example.com 1', 'not-a-number'],
  ['089 123²', 'not-a-number'],
  ['tel:%E0%A4%A', 'not-a-number'],
  ['1'.repeat(40), 'too-long'],
  ['1'.repeat(300), 'too-long'],
];

describe('written forms in the wild (NUM-4)', () => {
  it.each(readable.map(([raw, e164, extension]) => ({ raw, e164, extension })))(
    'reads $raw as $e164',
    ({ raw, e164, extension }) => {
      const reading = readNumber(raw, munich);
      expect(reading).toMatchObject({ raw, e164 });
      expect(reading.extension).toBe(extension);
      expect(reading.problem).toBeUndefined();
    },
  );

  it.each(several.map(([raw, ...numbers]) => ({ raw, numbers })))('reads each number of $raw', ({ raw, numbers }) => {
    const reading = readNumber(raw, munich);
    expect(reading).toMatchObject({ raw });
    expect(reading.problem).toBeUndefined();
    const found = numbersInField(reading).map(({ e164 = '', extension }) =>
      extension === undefined ? e164 : `${e164} ext ${extension}`,
    );
    expect(found).toEqual(numbers);
  });

  it.each(unreadable)('keeps %j and says %s', (raw, problem) => {
    const reading = readNumber(raw, munich);
    expect(reading).toMatchObject({ raw, problem });
    expect(reading.e164).toBeUndefined();
  });

  it('looks at no field of more than 256 characters', () => {
    const number = '089 7007331';
    expect(readNumber(number.padStart(256), munich).e164).toBe('+49897007331');
    expect(readNumber(number.padStart(257), munich)).toMatchObject({ problem: 'too-long' });
  });

  it('is quick, however the field is made', { timeout: 30_000 }, () => {
    const began = performance.now();
    for (const unit of ['1 ', '(0)', 'a1', '+', ' / 0', '- ', 'x1', '12 oder ', ',,1']) {
      readNumber(unit.repeat(100_000), munich);
      readNumber(unit.repeat(Math.floor(256 / unit.length)), munich);
    }
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});

it('a field that is made of nothing but signs between numbers is looked through at a few places only', () => {
  for (const piece of ['0 / ', '\n0', '+49', ';0 ', '(0)/']) {
    expect(splits(piece.repeat(80).slice(0, 256)).length).toBeLessThanOrEqual(24);
  }
});
