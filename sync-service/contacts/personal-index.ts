/**
 * A user's contacts in memory: found as `database/key-index.ts` says, and shown from there. Half a kilobyte for each contact,
 * in a few arrays.
 */
import * as z from 'zod/mini';
import type { DirectoryItem } from '../../shared/directory';
import type { DirectoryQuery } from '../../shared/directory-keys';
import { bytesOf, createKeyIndex, keyIndexSchema } from '../database/key-index';
import type { KeyIndexData } from '../database/key-index';
import { packedTextsSchema, textAt } from '../database/packed-texts';
import type { PackedTexts } from '../database/packed-texts';

/** As it is handed from the thread that has read it, in the order of names. */
export interface PersonalIndexData {
  readonly found: KeyIndexData;
  /** A DirectoryItem each, as JSON. */
  readonly items: PackedTexts;
}

export const personalIndexSchema = z.object({ found: keyIndexSchema, items: packedTextsSchema });

export interface PersonalIndex {
  /** The first hits in the order of names, and how many there are. */
  search(query: DirectoryQuery, limit: number): { count: number; items: DirectoryItem[] };
  /** Contacts that have any of these keys exactly, in the order of names. */
  withKeys(keys: readonly string[]): DirectoryItem[];
}

export function createPersonalIndex({ found, items }: PersonalIndexData): PersonalIndex {
  const index = createKeyIndex(found);
  // Written by `readPersonalIndex` a moment ago, from what was parsed there.
  const itemAt = (place: number) => JSON.parse(textAt(items, place)) as DirectoryItem;
  return {
    search(query, limit) {
      const { count, places } = index.search(query, limit);
      return { count, items: places.map(itemAt) };
    },
    withKeys: (keys) => index.having(keys).map(itemAt),
  };
}

/** Bytes that it takes in memory. */
export function bytesOfContacts({ found, items }: PersonalIndexData): number {
  return bytesOf(found) + items.bytes.byteLength + items.starts.byteLength;
}
