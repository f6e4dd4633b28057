/** The entries of the internal or the system directory in memory, found as `database/key-index.ts` says. */
import * as z from 'zod/mini';
import type { DirectoryQuery } from '../../shared/directory-keys';
import { bytesOf, createKeyIndex, keyIndexSchema } from '../database/key-index';
import type { KeyIndexData } from '../database/key-index';
import { packedTextsSchema, textAt } from '../database/packed-texts';
import type { PackedTexts } from '../database/packed-texts';
import { entryKinds } from './people-directory-entries';
import type { EntryRef } from './people-directory-store';

/** As it is handed from the thread that has read it, in the order of names. */
export interface EntryIndexData {
  readonly found: KeyIndexData;
  readonly ids: PackedTexts;
  /** For each entry the place of its kind in `entryKinds`. */
  readonly kinds: Uint8Array;
}

export const entryIndexSchema = z.object({
  found: keyIndexSchema,
  ids: packedTextsSchema,
  kinds: z.instanceof<typeof Uint8Array<ArrayBufferLike>>(Uint8Array),
});

export interface EntryIndex {
  /** The first hits in the order of names, and how many there are. */
  search(query: DirectoryQuery, limit: number): { count: number; items: EntryRef[] };
}

export function createEntryIndex({ found, ids, kinds }: EntryIndexData): EntryIndex {
  const index = createKeyIndex(found);
  return {
    search(query, limit) {
      const { count, places } = index.search(query, limit);
      return { count, items: places.map(entryAt) };
    },
  };

  function entryAt(place: number): EntryRef {
    const kind = entryKinds[kinds[place] ?? entryKinds.length];
    if (kind === undefined) throw new Error(`unknown kind of directory entry at ${place}`);
    return { id: textAt(ids, place), kind };
  }
}

/** Bytes that it takes in memory. */
export function bytesOfEntries({ found, ids, kinds }: EntryIndexData): number {
  return bytesOf(found) + ids.bytes.byteLength + ids.starts.byteLength + kinds.byteLength;
}
