/** The entries of the internal or the system directory in memory, found as `database/key-index.ts` says, and shown from there. */
import * as z from 'zod/mini';
import type { DirectoryItem } from '../../shared/directory';
import type { DirectoryQuery } from '../../shared/directory-keys';
import { bytesOf, createKeyIndex, keyIndexSchema } from '../database/key-index';
import type { KeyIndexData } from '../database/key-index';
import { packedTextsSchema, textAt } from '../database/packed-texts';
import type { PackedTexts } from '../database/packed-texts';

/** As it is handed from the thread that has read it, in the order of names. */
export interface EntryIndexData {
  readonly found: KeyIndexData;
  /** A DirectoryItem each, as JSON; nothing where there was only the entry. */
  readonly items: PackedTexts;
}

export const entryIndexSchema = z.object({ found: keyIndexSchema, items: packedTextsSchema });

export interface EntryIndex {
  /** The first hits in the order of names, and how many there are. */
  search(query: DirectoryQuery, limit: number): { count: number; items: DirectoryItem[] };
  /** Entries that have the key exactly, in the order of names. */
  having(key: string): DirectoryItem[];
}

export function createEntryIndex({ found, items }: EntryIndexData): EntryIndex {
  const index = createKeyIndex(found);
  const itemAt = (place: number): DirectoryItem | [] => {
    const text = textAt(items, place);
    // Written by `readEntryIndex` a moment ago, from rows of the database.
    return text === '' ? [] : (JSON.parse(text) as DirectoryItem);
  };
  return {
    search(query, limit) {
      const { count, places } = index.search(query, limit);
      return { count, items: places.flatMap(itemAt) };
    },
    having: (key) => index.having([key]).flatMap(itemAt),
  };
}

/** Bytes that it takes in memory. */
export function bytesOfEntries({ found, items }: EntryIndexData): number {
  return bytesOf(found) + items.bytes.byteLength + items.starts.byteLength;
}
