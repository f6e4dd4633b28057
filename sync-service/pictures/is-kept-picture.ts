/**
 * Whether bytes are a picture in the very form in which pictures are kept: then there is nothing to convert, and a picture
 * that was exported comes back byte by byte. Pure; whether it can be decoded is for others to find out.
 *
 * JPEG of three colours in the size that is kept, with nothing in it but what decoding needs (ITU T.81 §B): no comment, no
 * application data such as a place or a preview, nothing behind its end.
 */
import { pictureSize } from '../../shared/picture';

/** Bytes of a picture of ours at most: those of the most detailed ones are a third of it. */
const maxKeptBytes = 64 * 1024;

const frame = new Set([0xc0, 0xc2]);
/** Tables of Huffman codes and of quantisation, and the interval of restarts. */
const tables = new Set([0xc4, 0xdb, 0xdd]);
const startOfScan = 0xda;
const endOfImage = 0xd9;

export function isKeptPicture(bytes: Uint8Array): boolean {
  if (bytes.length > maxKeptBytes || bytes[0] !== 0xff || bytes[1] !== 0xd8) return false;
  let at = 2;
  let framed = false;
  while (bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === endOfImage) return framed && at + 2 === bytes.length;
    if (frame.has(marker)) {
      if (framed || !isKeptFrame(bytes, at)) return false;
      framed = true;
    } else if (!tables.has(marker) && marker !== startOfScan) return false;
    at += 2 + word(bytes, at + 2);
    if (marker === startOfScan) at = endOfScan(bytes, at);
  }
  return false;
}

function isKeptFrame(bytes: Uint8Array, at: number): boolean {
  const [bits, colours] = [bytes[at + 4], bytes[at + 9]];
  return bits === 8 && colours === 3 && word(bytes, at + 5) === pictureSize && word(bytes, at + 7) === pictureSize;
}

/** Where the next marker is: inside of a scan 0xff is followed by a zero, or begins a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length) {
    const next = bytes[at + 1] ?? 0;
    if (bytes[at] === 0xff && next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
    at += 1;
  }
  return at;
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
