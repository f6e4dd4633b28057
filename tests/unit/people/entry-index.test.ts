import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DirectoryItem } from '../../../shared/directory';
import { createEntryIndex } from '../../../sync-service/accounts/entry-index';
import { createKeyGatherer, createKeyIndex } from '../../../sync-service/database/key-index';
import { packTexts, rangeOfPrefix, textAt } from '../../../sync-service/database/packed-texts';

/** Few signs, so that beginnings are shared; of one to four bytes, with the first and the last of UTF-16's surrogates. */
const word = fc.string({
  unit: fc.constantFrom('a', 'b', 'ß', '€', '\u{10000}', '\u{ffff}', '\u{10fffd}'),
  maxLength: 4,
});
const inBytes = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other));

test('texts come back as they were packed, and a prefix has those that begin with it', () => {
  fc.assert(
    fc.property(fc.uniqueArray(word, { maxLength: 40 }), word, (words, prefix) => {
      const texts = [...words].sort(inBytes);
      const packed = packTexts(texts);
      expect(texts.map((_text, index) => textAt(packed, index))).toEqual(texts);
      expect(texts.slice(...rangeOfPrefix(packed, prefix))).toEqual(texts.filter((text) => text.startsWith(prefix)));
    }),
  );
});

test('a text that is not there is no text', () => {
  expect(() => textAt(packTexts(['a']), 1)).toThrow(RangeError);
});

const item = (place: number): DirectoryItem => ({
  id: `entry ${place}`,
  directory: 'internal',
  displayName: 'Zoë',
  numbers: [],
  emails: [],
});

test('every entry is found by whatever its keys begin with, in the order of the entries, and counted', () => {
  const entries = fc.array(fc.uniqueArray(word, { minLength: 1, maxLength: 3 }), { maxLength: 80 });
  const elements = fc.array(fc.array(word, { minLength: 1, maxLength: 2 }), { maxLength: 3 });
  fc.assert(
    fc.property(entries, elements, fc.nat(10), (keysOf, query, limit) => {
      const keys = [...new Set(keysOf.flat())].sort(inBytes);
      const gathered = createKeyGatherer();
      for (const key of keys) keysOf.forEach((own, place) => own.includes(key) && gathered.add(key, place));
      const index = createEntryIndex({
        // Of every third there is only the entry.
        items: packTexts(keysOf.map((_, place) => (place % 3 === 0 ? '' : JSON.stringify(item(place))))),
        found: gathered.data(keysOf.length),
      });
      const fitting = keysOf.flatMap((own, place) =>
        query.every((prefixes) => prefixes.some((prefix) => own.some((key) => key.startsWith(prefix)))) ? [place] : [],
      );
      const { count, items } = index.search({ elements: query }, limit);
      expect(count).toBe(fitting.length);
      expect(items).toEqual(fitting.slice(0, limit).flatMap((place) => (place % 3 === 0 ? [] : item(place))));
    }),
  );
});

test('an entry is found by a key as a whole, and not by what only begins so', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uniqueArray(word, { minLength: 1, maxLength: 3 }), { maxLength: 40 }),
      fc.array(word, { maxLength: 3 }),
      (keysOf, wanted) => {
        const gathered = createKeyGatherer();
        for (const key of [...new Set(keysOf.flat())].sort(inBytes))
          keysOf.forEach((own, place) => own.includes(key) && gathered.add(key, place));
        expect(createKeyIndex(gathered.data(keysOf.length)).having(wanted)).toEqual(
          keysOf.flatMap((own, place) => (own.some((key) => wanted.includes(key)) ? [place] : [])),
        );
      },
    ),
  );
});
