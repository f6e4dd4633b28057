/**
 * A directory's entries and keys in memory (DESIGN §6): each key has the places of its entries in the order of names.
 * An element of a query is a set of bits, one for each entry; what matches all elements has its bit in all of them. So a
 * search costs the keys that fit, and not what is in the database, also where many fit and few have both words.
 */
import type { DirectoryQuery } from '../../shared/directory-keys';
import { rangeOfPrefix, textAt } from './packed-texts';
import type { PackedTexts } from './packed-texts';
import { entryKinds } from './people-directory-entries';
import type { EntryRef } from './people-directory-store';

/** As it is handed from the thread that has read it. An entry's place is the one in the order of names. */
export interface EntryIndexData {
  readonly ids: PackedTexts;
  /** For each entry the place of its kind in `entryKinds`. */
  readonly kinds: Uint8Array;
  /** Every key once, in the order of its bytes. */
  readonly keys: PackedTexts;
  /** Places of the entries of the first key, then of the second, and so on. */
  readonly places: Uint32Array;
  /** For each key where its entries begin in `places`, and behind the last their end. */
  readonly starts: Uint32Array;
}

export interface EntryIndex {
  /** The first hits in the order of names, and how many there are. */
  search(query: DirectoryQuery, limit: number): { count: number; items: EntryRef[] };
}

export function createEntryIndex(data: EntryIndexData): EntryIndex {
  const entries = data.kinds.length;

  /** One bit for each entry that has a key which begins so. */
  function matching(prefixes: readonly string[]): Uint32Array {
    const bits = new Uint32Array(Math.ceil(entries / 32));
    for (const prefix of prefixes) {
      const [from, to] = rangeOfPrefix(data.keys, prefix);
      for (const place of data.places.subarray(data.starts[from], data.starts[to]))
        bits[place >>> 5] = (bits[place >>> 5] ?? 0) | (1 << (place & 31));
    }
    return bits;
  }

  return {
    search({ elements }, limit) {
      if (elements.length === 0) {
        return {
          count: entries,
          items: Array.from({ length: Math.min(limit, entries) }, (_none, place) => entryAt(place)),
        };
      }
      const [bits = new Uint32Array(), ...others] = elements.map(matching);
      for (const other of others) other.forEach((word, index) => (bits[index] = (bits[index] ?? 0) & word));
      const items: EntryRef[] = [];
      let count = 0;
      bits.forEach((word, index) => {
        for (let rest = word; rest !== 0; rest &= rest - 1) {
          if (count < limit) items.push(entryAt(index * 32 + 31 - Math.clz32(rest & -rest)));
          count += 1;
        }
      });
      return { count, items };
    },
  };

  function entryAt(place: number): EntryRef {
    const kind = entryKinds[data.kinds[place] ?? entryKinds.length];
    if (kind === undefined) throw new Error(`unknown kind of directory entry at ${place}`);
    return { id: textAt(data.ids, place), kind };
  }
}
