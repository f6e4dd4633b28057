import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEntryIndex } from '../../../sync-service/accounts/entry-index';
import { packTexts, rangeOfPrefix, textAt } from '../../../sync-service/accounts/packed-texts';

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

test('every entry is found by whatever its keys begin with, in the order of the entries, and counted', () => {
  const entries = fc.array(fc.uniqueArray(word, { minLength: 1, maxLength: 3 }), { maxLength: 80 });
  const elements = fc.array(fc.array(word, { minLength: 1, maxLength: 2 }), { maxLength: 3 });
  fc.assert(
    fc.property(entries, elements, fc.nat(10), (keysOf, query, limit) => {
      const keys = [...new Set(keysOf.flat())].sort(inBytes);
      const postings = keys.map((key) => keysOf.flatMap((own, place) => (own.includes(key) ? [place] : [])));
      const starts = postings.map((_, index) => postings.slice(0, index).flat().length);
      const index = createEntryIndex({
        ids: packTexts(keysOf.map((_, place) => `entry ${place}`)),
        kinds: Uint8Array.from(keysOf.map((_, place) => place % 3)),
        keys: packTexts(keys),
        places: Uint32Array.from(postings.flat()),
        starts: Uint32Array.from([...starts, postings.flat().length]),
      });
      const fitting = keysOf.flatMap((own, place) =>
        query.every((prefixes) => prefixes.some((prefix) => own.some((key) => key.startsWith(prefix)))) ? [place] : [],
      );
      const { count, items } = index.search({ elements: query }, limit);
      expect(count).toBe(fitting.length);
      const kinds = ['user', 'group', 'speed-dial'];
      expect(items).toEqual(fitting.slice(0, limit).map((place) => ({ id: `entry ${place}`, kind: kinds[place % 3] })));
    }),
  );
});
