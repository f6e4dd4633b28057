/** What bytes are by their beginning; names and content types that came with them are not believed. Pure. */

export type PictureFormat = 'jpeg' | 'png' | 'gif' | 'webp';

const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** The format, or undefined where it is none that is taken: SVG, PDF, TIFF, HEIC and whatever else never are. */
export function pictureFormat(bytes: Uint8Array): PictureFormat | undefined {
  if (begins(bytes, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (begins(bytes, png)) return 'png';
  if (begins(bytes, latin('GIF87a')) || begins(bytes, latin('GIF89a'))) return 'gif';
  if (begins(bytes, latin('RIFF')) && begins(bytes.subarray(8), latin('WEBP'))) return 'webp';
  return undefined;
}

function begins(bytes: Uint8Array, signature: readonly number[]): boolean {
  return bytes.length >= signature.length && signature.every((byte, index) => bytes[index] === byte);
}

function latin(text: string): number[] {
  return [...text].map((character) => character.charCodeAt(0));
}
