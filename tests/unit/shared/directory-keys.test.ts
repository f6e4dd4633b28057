import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  directoryKeyLimits,
  exactNumberKeys,
  nameKeys,
  numberKeys,
  readQuery,
  sortKey,
} from '../../../shared/directory-keys';
import { createNumberRules } from '../../../shared/phone-number';
import { numberLibrary } from '../../../sync-service/numbers/number-library';
import { dialPlans, munich, newYork } from '../../fixtures/dial-plans';
import { anyText } from '../../fixtures/any-text';

const { readNumber } = createNumberRules(numberLibrary);

function matches(typed: string, keys: readonly string[], plan = munich): boolean {
  return readQuery(typed, plan).elements.every((prefixes) =>
    prefixes.some((prefix) => keys.some((key) => key.startsWith(prefix))),
  );
}

describe('names', () => {
  it.each([
    ['sor', 'Søren Kierkegaard'],
    ['soeren', 'Søren Kierkegaard'],
    ['Søren', 'Søren Kierkegaard'],
    ['mull', 'Anna Müller'],
    ['müll', 'Anna Müller'],
    ['muell', 'Anna Müller'],
    ['MÜLL', 'Anna Müller'],
    ['mu\u0308ll', 'Anna Müller'],
    ['müll', 'Anna Mu\u0308ller'],
    ['müller', 'Anna Mueller'],
    ['strass', 'Straß'],
    ['straß', 'Strass'],
    ['STRASSE', 'Straße 12'],
    ['groß', 'GROẞ'],
    ['anna mul', 'Anna Müller'],
    ['mul anna', 'Anna Müller'],
    ['mul an', 'Müller, Anna'],
    ['lod', 'Łódź'],
    ['łód', 'Łódź'],
    ['dordevic', 'Đorđević'],
    ['thor', 'Þór'],
    ['aero', 'Ærø'],
    ['ærø', 'Ærø'],
    ['ang', 'Ångström'],
    ['aang', 'Ångström'],
    ['angstroem', 'Ångström'],
    ['istanbul', 'İSTANBUL'],
    ['istanbul', 'ıstanbul'],
    ['isik', 'Işık'],
    ['garcon', 'Garçon'],
    ['noel', 'Noël'],
    ['nguyen', 'Nguyễn'],
    ['παπαδ', 'Παπαδόπουλος'],
    ['ΠΑΠΑΔΟΠΟΥΛΟΣ', 'Παπαδόπουλος'],
    ['чайк', 'Чайковский'],
    ['семен', 'Семён'],
    ['محم', 'مُحَمَّد'],
    ['احمد', 'أحمد'],
    ['王', '王小明'],
    ['王小', '王小明'],
    ['山田', '山田太郎'],
    ['기', '김철수'],
    ['김철', '김철수'],
    ['कु', 'कुमार'],
    ['obrien', "Pat O'Brien"],
    ['brien', "Pat O'Brien"],
    ["o'brien", 'Pat O’Brien'],
    ['o’br', "Pat O'Brien"],
    ['lud', 'Meyer-Lüdenscheidt'],
    ['meyer-lüd', 'Meyer-Lüdenscheidt'],
    ['lüd meyer', 'Meyer-Lüdenscheidt'],
    ['ｍüller', 'Anna Müller'],
    ['ハリー', 'ハリー・ポッター'],
    ['3m', '3M Deutschland'],
    ['٥٤', 'ستوديو ٥٤'],
    ['54', 'Studio 54'],
    ['studio 54', 'Studio 54'],
  ])('%s finds %s', (typed, name) => {
    expect(matches(typed, nameKeys([name]))).toBe(true);
  });

  it.each([
    ['mueller', 'Muller'],
    ['ller', 'Müller'],
    ['anna schmidt', 'Anna Müller'],
    ['sören x', 'Sören'],
  ])('%s does not find %s', (typed, name) => {
    expect(matches(typed, nameKeys([name]))).toBe(false);
  });

  it('finds words of all texts together', () => {
    expect(matches('müller acme', nameKeys(['Anna Müller', 'ACME GmbH']))).toBe(true);
  });

  it('finds every name by any of its words, however it is cut off', () => {
    const name = fc.string({ unit: 'grapheme', maxLength: 80 });
    fc.assert(
      fc.property(name, (text) => {
        const keys = nameKeys([text]);
        if (keys.length < directoryKeyLimits.keys) expect(matches(text.slice(0, 200), keys)).toBe(true);
      }),
    );
  });

  it('keeps the bounds and is sorted without repeats, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(anyText({ maxLength: 2000, size: 'medium' }), { maxLength: 20 }), (texts) => {
        const keys = nameKeys(texts);
        expect(keys.length).toBeLessThanOrEqual(64);
        expect(keys.every((key) => key.length <= 64 && key.length > 2 && !/\p{Cs}/u.test(key))).toBe(true);
        expect(keys).toEqual([...new Set(keys)].sort());
        const query = readQuery(texts.join(' '), munich);
        expect(query.elements.length).toBeLessThanOrEqual(8);
        for (const prefixes of query.elements) {
          expect(prefixes.length).toBeGreaterThan(0);
          expect(prefixes.length).toBeLessThanOrEqual(16);
          expect(prefixes.every((prefix) => prefix.length > 2 && prefix.length <= 64)).toBe(true);
        }
      }),
    );
  });

  it('finds a word longer than a key by its whole', () => {
    const long = 'ü'.repeat(100);
    expect(matches(long, nameKeys([long]))).toBe(true);
    expect(matches('\u{20000}'.repeat(100), nameKeys(['\u{20000}'.repeat(100)]))).toBe(true);
  });
});

describe('numbers', () => {
  const keysOf = (raw: string, plan = munich) => numberKeys(readNumber(raw, plan));

  it.each([
    ['089 7007', '+49 89 7007321'],
    ['+49 89 70', '+49 89 7007321'],
    ['+49 (0)89 70', '+49 89 7007321'],
    ['0049 89 70', '+49 89 7007321'],
    ['0700798', '+49 89 7007 98765'],
    ['321', '089 7007-321'],
    ['7007-98', '+49 89 7007 98765'],
    ['7007', '+49 89 7007 98765'],
    ['00897007', '+49 89 7007 98765'],
    ['000498970', '+49 89 7007 98765'],
    ['+49 (89) 7007-98765', '0700798765'],
    ['tel:+4989', '089 123456'],
    ['０８９', '089 123456'],
    ['89 70', '089 7007-321'],
    ['4711', '4711'],
    ['0', '089 123456'],
    ['00', '030 123456'],
    ['089 123456 App', '089 123456 App. 12'],
  ])('%s finds %s', (typed, raw) => {
    const typedDigits = typed.replace(/ App$/, '');
    expect(matches(typedDigits, keysOf(raw))).toBe(true);
  });

  it.each([
    ['089 7008', '+49 89 7007321'],
    ['+89', '089 123456'],
    ['12', '+49 89 7007 98765 App. 12'],
  ])('%s does not find %s', (typed, raw) => {
    expect(matches(typed, keysOf(raw))).toBe(false);
  });

  it('finds a name and a number together', () => {
    const keys = [...nameKeys(['Anna Müller']), ...keysOf('0171 1234567')];
    expect(matches('müller 0171 12', keys)).toBe(true);
    expect(matches('0171 12 müller', keys)).toBe(true);
    expect(matches('müller 0172', keys)).toBe(false);
  });

  it('finds every number by every beginning of each of its forms', () => {
    const numbers = ['+49897007321', '+4989700798765', '+4930123456', '+12123734253', '+390612345678', '+12125551234'];
    for (const [, plan] of dialPlans) {
      for (const number of numbers) {
        const reading = readNumber(number, plan);
        const keys = numberKeys(reading);
        for (const form of [reading.e164, reading.display, reading.dialable, reading.extension]) {
          if (form === undefined) continue;
          // Shorter ones are the beginning of a prefix, which every number has.
          for (let length = form.startsWith('+') ? 2 : 5; length <= form.length; length += 1) {
            expect(matches(form.slice(0, length), keys, plan), `${form.slice(0, length)} for ${number}`).toBe(true);
          }
        }
      }
    }
  });

  it('reads national numbers of North America with and without the 1', () => {
    const keys = keysOf('+1 213 373 4253', newYork);
    expect(matches('213 37', keys, newYork)).toBe(true);
    expect(matches('1 213 37', keys, newYork)).toBe(true);
    expect(matches('9 1 213', keys, newYork)).toBe(true);
  });

  it('identifies by E.164 and own extension, never by digits to dial afterwards', () => {
    expect(exactNumberKeys(readNumber('089 7007-321', munich))).toEqual(['n:321', 'n:49897007321']);
    expect(exactNumberKeys(readNumber('089 123456 App. 321', munich))).toEqual(['n:4989123456']);
    expect(exactNumberKeys(readNumber('4711', munich))).toEqual([]);
  });
});

describe('queries', () => {
  it.each(['', '   ', '\u200B', '!?', '+', '()'])('%j asks for everything', (typed) => {
    expect(readQuery(typed, munich)).toEqual({ elements: [] });
  });

  it('looks at eight words and forgets repeats', () => {
    expect(readQuery('a b c d e f g h i j', munich).elements).toHaveLength(8);
    expect(readQuery('anna anna ANNA', munich).elements).toEqual([['w:anna']]);
  });

  it('asks for both spellings of an umlaut', () => {
    expect(readQuery('Müller', munich).elements).toEqual([['w:mueller', 'w:muller']]);
  });
});

describe('order of names', () => {
  it('sorts as people look it up, accents and case aside', () => {
    const names = ['Zander', 'müller', 'Müller, Anna', 'Muller', 'Ångström', 'Östberg', 'oster', "O'Brien", 'Obrecht'];
    expect(names.toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : sortKey(a) > sortKey(b) ? 1 : 0))).toEqual([
      'Ångström',
      'müller',
      'Muller',
      'Müller, Anna',
      'Obrecht',
      "O'Brien",
      'Östberg',
      'oster',
      'Zander',
    ]);
  });

  it('is bounded', () => {
    expect(sortKey('ß'.repeat(1000))).toHaveLength(256);
    expect(sortKey('')).toBe('');
  });
});
