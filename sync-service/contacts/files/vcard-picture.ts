/**
 * The picture of a vCard: base64 as 2.1 and 3.0 have it, or a `data:` URI as 4.0 does. A picture that is only linked is
 * never fetched: the address comes from a stranger, and asking it would tell him who has his card, or reach what only the
 * service can reach.
 */
import { maxPictureBytes } from '../../../shared/picture';
import type { VCardProperty } from './vcard-property';

/** The picture of a contact as its file has it, or why it is not taken. */
export type FilePicture = { readonly bytes: Uint8Array } | { readonly problem: 'linked' | 'too-large' | 'broken' };

/** UTF-16 units of a picture of the largest size in base64, with room for what stands before it. */
export const maxPictureText = Math.ceil((maxPictureBytes * 4) / 3) + 1024;

/** The first picture that is in the card, else why the first is not taken; undefined where there is none. */
export function pictureOfCard(card: readonly VCardProperty[]): FilePicture | undefined {
  let refused: FilePicture | undefined;
  for (const property of card) {
    if (property.name !== 'PHOTO' || property.value.trim() === '') continue;
    const picture = readPicture(property);
    if ('bytes' in picture) return picture;
    refused ??= picture;
  }
  return refused;
}

function readPicture({ value, isBase64, isTooLong }: VCardProperty): FilePicture {
  if (isTooLong) return { problem: 'too-large' };
  const text = value.trim();
  if (isBase64) return decoded(text);
  // The comma may be written with the escape of other values.
  const data = /^data:([^,]{0,200}?)\\?,/i.exec(text.slice(0, 256));
  if (data !== null) {
    const [start, kind = ''] = data;
    const rest = text.slice(start.length);
    return /;\s*base64$/i.test(kind) ? decoded(rest) : ofSize(percentDecoded(rest));
  }
  if (/^[a-z][a-z0-9+.-]{1,30}:/i.test(text.slice(0, 40))) return { problem: 'linked' };
  // Some programs forget to say that it is base64.
  return /^[A-Za-z0-9+/]{64}/.test(text) ? decoded(text) : { problem: 'broken' };
}

function decoded(base64: string): FilePicture {
  return ofSize(Buffer.from(base64, 'base64'));
}

function percentDecoded(text: string): Buffer {
  const plain = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, 'latin1');
}

function ofSize(bytes: Buffer): FilePicture {
  if (bytes.length === 0) return { problem: 'broken' };
  return bytes.length > maxPictureBytes ? { problem: 'too-large' } : { bytes };
}
