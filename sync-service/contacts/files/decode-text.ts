/**
 * Bytes to text. The order is: the character set that was named; else the byte order mark; else strict UTF-8; else what
 * the bytes look like; else windows-1252, in which Outlook writes (DESIGN §11). Node 20's own TextDecoder maps
 * windows-1252 to ISO 8859-1, so iconv-lite decodes.
 */
import iconv from 'iconv-lite';
import jschardet from 'jschardet';
import { ContactFileError } from './contact-file';

/** Guesses below this are worth less than the assumption that Outlook wrote the file. */
const minConfidence = 0.8;
/** Character sets that a guess may name: those that address books are written in. Others are chosen by hand. */
const guessable = new Set([
  'UTF-16LE',
  'UTF-16BE',
  'SHIFT_JIS',
  'GB2312',
  'BIG5',
  'EUC-KR',
  'EUC-JP',
  'WINDOWS-1251',
  'KOI8-R',
]);

/** First bytes of files that people drop by mistake. */
const binaryMagic: readonly (readonly number[])[] = [
  [0x50, 0x4b, 0x03, 0x04],
  [0x25, 0x50, 0x44, 0x46],
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46, 0x38],
  [0xd0, 0xcf, 0x11, 0xe0],
  [0x21, 0x42, 0x44, 0x4e],
];

/**
 * @param charset IANA name, any case; undefined to find it out.
 * @throws ContactFileError `binary`, `empty`, `charset-unknown`, `charset-wrong`.
 */
export function decodeText(bytes: Uint8Array, charset?: string): string {
  if (binaryMagic.some((magic) => magic.every((byte, index) => bytes[index] === byte))) {
    throw new ContactFileError(
      'binary',
      'This is not a text file. Export the contacts from Outlook as CSV or vCard and choose that file.',
    );
  }
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = charset === undefined ? guess(buffer) : decodeNamed(buffer, charset);
  if (text.trim() === '')
    throw new ContactFileError('empty', 'The file is empty. Choose the file that Outlook exported.');
  if (text.includes('\u0000')) {
    throw new ContactFileError(
      'binary',
      'This is not a text file, or it is in another character set. Choose the character set and try again.',
    );
  }
  return text;
}

function decodeNamed(buffer: Buffer, charset: string): string {
  const isKnown: boolean = iconv.encodingExists(charset);
  if (!isKnown) {
    throw new ContactFileError(
      'charset-unknown',
      `The character set ${charset} is not known. Use an IANA name such as utf-8 or windows-1252.`,
    );
  }
  if (/^utf-?8$/i.test(charset)) {
    const text = strictUtf8(buffer);
    if (text === undefined) {
      throw new ContactFileError(
        'charset-wrong',
        'The file is not UTF-8. Leave the character set to be found out, or name the right one.',
      );
    }
    return text;
  }
  return iconv.decode(buffer, charset);
}

function guess(buffer: Buffer): string {
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return iconv.decode(buffer, 'utf-16le');
  if (buffer[0] === 0xfe && buffer[1] === 0xff) return iconv.decode(buffer, 'utf-16be');
  const utf8 = strictUtf8(buffer);
  if (utf8 !== undefined) return utf8;
  // The guess needs no more than the beginning, and its time grows with the length.
  const looksLike = jschardet.detect(buffer.subarray(0, 256 * 1024));
  const encoding = looksLike.encoding?.toUpperCase();
  if (encoding !== undefined && looksLike.confidence >= minConfidence && guessable.has(encoding)) {
    return iconv.decode(buffer, encoding);
  }
  return iconv.decode(buffer, 'windows-1252');
}

/** UTF-8 without its byte order mark; undefined when any byte is not UTF-8. */
function strictUtf8(buffer: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(buffer);
  } catch {
    return undefined;
  }
}
