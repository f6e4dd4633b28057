/**
 * The fingerprint under which an item of a source without delta travels: short, so that 5,000 of them are 115 KB, and
 * with the folder in it, so that an item that was moved counts as another one.
 */
import type { ListedItem } from './contact-source';

/** Bytes of the digest that are kept: 120 bits, 20 characters. */
const markBytes = 15;

/** The mark of an item in a folder. The same on every side and in every version: it is stored. */
export async function itemMark(folderId: string, { itemId, version }: ListedItem): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify([folderId, itemId, version]));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', text)).subarray(0, markBytes);
  return btoa(String.fromCharCode(...digest))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}
