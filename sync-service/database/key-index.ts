/**
 * Entries and their keys in memory, as {@link createKeySearch} finds them in the database (DESIGN §6): each key has the
 * places of its entries in the order of names. An element of a query is a set of bits, one for each entry; what matches all
 * elements has its bit in all of them. So a search costs the keys that fit, and not what is in the database, also where many
 * fit and few have both words.
 */
import * as z from 'zod/mini';
import type { DirectoryQuery } from '../../shared/directory-keys';
import { packTexts, packedTextsSchema, rangeOfPrefix, textAt } from './packed-texts';
import type { PackedTexts } from './packed-texts';

/** As it is handed from the thread that has read it. An entry's place is the one in the order of names. */
export interface KeyIndexData {
  /** Entries that there are. */
  readonly entries: number;
  /** Every key once, in the order of its bytes. */
  readonly keys: PackedTexts;
  /** Places of the entries of the first key, then of the second, and so on. */
  readonly places: Uint32Array;
  /** For each key where its entries begin in `places`, and behind the last their end. */
  readonly starts: Uint32Array;
}

const integers = z.instanceof<typeof Uint32Array<ArrayBufferLike>>(Uint32Array);
export const keyIndexSchema = z.object({
  entries: z.number(),
  keys: packedTextsSchema,
  places: integers,
  starts: integers,
});

export interface KeyIndex {
  /** Places of the first hits, in the order of names, and how many hits there are. */
  search(query: DirectoryQuery, limit: number): { count: number; places: number[] };
  /** Places of the entries that have any of these keys exactly, in the order of names. */
  having(keys: readonly string[]): number[];
}

export function createKeyIndex({ entries, keys, places, starts }: KeyIndexData): KeyIndex {
  /** Places of the entries that have one of these keys; twice where they have two of them. */
  function ofKeys(from: number, to: number): Uint32Array {
    return places.subarray(starts[from], starts[to]);
  }

  // Of each search anew they would be most of what it leaves to be collected.
  const sets: Uint32Array[] = [];

  /** One bit for each entry that has a key which begins so; the set of that number is used for it. */
  function matching(prefixes: readonly string[], number: number): Uint32Array {
    const bits = (sets[number] ??= new Uint32Array(Math.ceil(entries / 32))).fill(0);
    for (const prefix of prefixes) {
      for (const place of ofKeys(...rangeOfPrefix(keys, prefix)))
        bits[place >>> 5] = (bits[place >>> 5] ?? 0) | (1 << (place & 31));
    }
    return bits;
  }

  return {
    search({ elements }, limit) {
      if (elements.length === 0) {
        return { count: entries, places: Array.from({ length: Math.min(limit, entries) }, (_none, place) => place) };
      }
      const [first = [], ...others] = elements;
      const bits = matching(first, 0);
      for (const other of others)
        matching(other, 1).forEach((word, index) => (bits[index] = (bits[index] ?? 0) & word));
      const found: number[] = [];
      let count = 0;
      bits.forEach((word, index) => {
        for (let rest = word; rest !== 0; rest &= rest - 1) {
          if (count < limit) found.push(index * 32 + 31 - Math.clz32(rest & -rest));
          count += 1;
        }
      });
      return { count, places: found };
    },

    having(wanted) {
      const found = new Set<number>();
      for (const key of wanted) {
        // A key stands before all longer ones that begin with it.
        const [first, behind] = rangeOfPrefix(keys, key);
        if (first < behind && textAt(keys, first) === key)
          for (const place of ofKeys(first, first + 1)) found.add(place);
      }
      return [...found].sort((one, other) => one - other);
    },
  };
}

/** Gathers the keys of entries, which are added in the order of keys. */
export function createKeyGatherer(): { add(key: string, place: number): void; data(entries: number): KeyIndexData } {
  const keys: string[] = [];
  const starts: number[] = [];
  const places: number[] = [];
  return {
    add(key, place) {
      if (keys.at(-1) !== key) {
        keys.push(key);
        starts.push(places.length);
      }
      places.push(place);
    },
    data: (entries) => ({
      entries,
      keys: packTexts(keys),
      places: Uint32Array.from(places),
      starts: Uint32Array.from([...starts, places.length]),
    }),
  };
}

/** Bytes that it takes in memory. */
export function bytesOf({ keys, places, starts }: KeyIndexData): number {
  return keys.bytes.byteLength + keys.starts.byteLength + places.byteLength + starts.byteLength;
}
