/**
 * Bytes to text. The order is: the character set that was named; else the byte order mark; else strict UTF-8; else what
 * a vCard says of itself; else what the bytes look like; else windows-1252, in which Outlook writes (DESIGN §11). Node
 * 20's own TextDecoder maps windows-1252 to ISO 8859-1, so iconv-lite decodes.
 */
import iconv from 'iconv-lite';
import jschardet from 'jschardet';
import { isCharset, isUtf8Name, strictUtf8 } from './charset';
import { ContactFileError } from './contact-file';

/** Guesses below this are worth less than the assumption that Outlook wrote the file. */
const minConfidence = 0.8;
/** Character sets that a guess may name: those that address books are written in. Others are chosen by hand. */
const guessable = new Set(['SHIFT_JIS', 'GB2312', 'BIG5', 'EUC-KR', 'EUC-JP', 'WINDOWS-1251', 'KOI8-R']);

/** First bytes of files that people drop by mistake. */
const binaryMagic: readonly (readonly number[])[] = [
  [0x50, 0x4b, 0x03, 0x04],
  [0x1f, 0x8b],
  [0x25, 0x50, 0x44, 0x46],
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46, 0x38],
  [0xd0, 0xcf, 0x11, 0xe0],
  [0x21, 0x42, 0x44, 0x4e],
];

/** Bytes that a guess looks at: its time grows with their number, a quarter of a second for four times as many of some. */
const guessedBytes = 16 * 1024;

export interface DecodedText {
  readonly text: string;
  /** The character set that was taken, by its IANA name in lower case. */
  readonly charset: string;
}

/**
 * @param charset IANA name, any case; undefined to find it out.
 * @throws ContactFileError `binary`, `empty`, `charset-unknown`, `charset-wrong`.
 */
export function decodeText(bytes: Uint8Array, charset?: string): DecodedText {
  if (binaryMagic.some((magic) => magic.every((byte, index) => bytes[index] === byte))) {
    throw new ContactFileError(
      'binary',
      'This is not a text file. Export the contacts as CSV, vCard or XML and choose that file.',
    );
  }
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decoded = charset === undefined ? guess(buffer) : decodeNamed(buffer, charset);
  if (decoded.text.trim() === '') {
    throw new ContactFileError('empty', 'The file is empty. Choose the file that was exported.');
  }
  if (decoded.text.includes('\u0000')) {
    throw new ContactFileError(
      'binary',
      'This is not a text file, or it is in another character set. Choose the character set and try again.',
    );
  }
  return decoded;
}

function decodeNamed(buffer: Buffer, named: string): DecodedText {
  const charset = named.toLowerCase();
  if (!isCharset(charset)) {
    throw new ContactFileError(
      'charset-unknown',
      `The character set ${named} is not known. Use an IANA name such as utf-8 or windows-1252.`,
    );
  }
  if (isUtf8Name(charset)) {
    const text = strictUtf8(buffer);
    if (text === undefined) {
      throw new ContactFileError(
        'charset-wrong',
        'The file is not UTF-8. Leave the character set to be found out, or name the right one.',
      );
    }
    return { text, charset: 'utf-8' };
  }
  return { text: iconv.decode(buffer, charset), charset };
}

function guess(buffer: Buffer): DecodedText {
  const decode = (charset: string): DecodedText => ({ text: iconv.decode(buffer, charset), charset });
  const utf16 = looksLikeUtf16(buffer);
  if (utf16 !== undefined) return decode(utf16);
  const utf8 = strictUtf8(buffer);
  if (utf8 !== undefined) return { text: utf8, charset: 'utf-8' };
  const said = charsetOfVCard(buffer.toString('latin1', 0, 4 * guessedBytes));
  if (said !== undefined) return decode(said);
  const looksLike = jschardet.detect(sampleOf(buffer));
  const encoding = looksLike.encoding?.toUpperCase();
  if (encoding !== undefined && looksLike.confidence >= minConfidence && guessable.has(encoding)) {
    return decode(encoding.toLowerCase());
  }
  return decode(looksLikeOldMachine(buffer) ?? (looksLikeLatin9(buffer) ? 'iso-8859-15' : 'windows-1252'));
}

/**
 * Excel saves tables as those of a Macintosh or of DOS as well. Read as windows-1252 their umlauts and accents are capitals
 * and quotes in the middle of a word (`GrŸn`, `Gr\u0081n`), where no name has them.
 */
function looksLikeOldMachine(buffer: Buffer): 'macintosh' | 'cp850' | undefined {
  let mac = 0;
  let dos = 0;
  let windows = 0;
  for (let at = 0; at < buffer.length; at += 1) {
    const byte = buffer[at] ?? 0;
    if (byte < 0x80) continue;
    // ß and all small letters, besides á, which is ß in DOS.
    if (byte >= 0xdf && byte !== 0xe1) windows += 1;
    else if (byte <= 0x9f) {
      const before = buffer[at - 1] ?? 0;
      const inside = isSmall(before) || (isLetter(before) && isSmall(buffer[at + 1] ?? 0));
      // ä, é, ü, which would be Š, Ž, Ÿ.
      if (inside && (byte === 0x8a || byte === 0x8e || byte === 0x9f)) mac += 1;
      // ü, ä, ö, which would be nothing, „ and ”.
      if (
        byte === 0x81 ? isLetter(before) : inside && isSmall(buffer[at + 1] ?? 0) && (byte === 0x84 || byte === 0x94)
      ) {
        dos += 1;
      }
    }
  }
  if (mac > Math.max(dos, windows)) return 'macintosh';
  return dos > Math.max(mac, windows) ? 'cp850' : undefined;
}

const isSmall = (byte: number) => byte >= 0x61 && byte <= 0x7a;
const isLetter = (byte: number) => isSmall(byte) || (byte >= 0x41 && byte <= 0x5a);

/** By its mark; without one by the zero bytes that every other byte of such a text is. */
function looksLikeUtf16(buffer: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return 'utf-16le';
  if (buffer[0] === 0xfe && buffer[1] === 0xff) return 'utf-16be';
  const pairs = Math.min(buffer.length, 2048) >> 1;
  if (pairs === 0 || buffer.length % 2 !== 0) return undefined;
  let first = 0;
  let second = 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    if (buffer[2 * pair] === 0) first += 1;
    if (buffer[2 * pair + 1] === 0) second += 1;
  }
  if (second > pairs * 0.4 && first === 0) return 'utf-16le';
  if (first > pairs * 0.4 && second === 0) return 'utf-16be';
  return undefined;
}

/** A vCard 2.1 may name the character set of each value; where all name the same, the file is in it. */
function charsetOfVCard(start: string): string | undefined {
  if (!/^\s*BEGIN:VCARD/i.test(start)) return undefined;
  const named = new Set([...start.matchAll(/;CHARSET=([\w-]{1,40})/gi)].map(([, name = '']) => name.toLowerCase()));
  const [only] = named;
  return only !== undefined && named.size === 1 && !isUtf8Name(only) && isCharset(only) ? only : undefined;
}

/** What the guess looks at: lines with other signs than ASCII, wherever in the file the first of them is. */
function sampleOf(buffer: Buffer): Buffer {
  const at = buffer.findIndex((byte) => byte >= 0x80);
  const start = Math.max(0, at - 1024);
  return buffer.subarray(start, start + guessedBytes);
}

/**
 * ISO 8859-15 differs from windows-1252 in eight signs, of which letters and € are what people write; and windows-1252
 * has letters and quotes where it has none at all. Without any of these the two are the same.
 */
function looksLikeLatin9(buffer: Buffer): boolean {
  let differs = false;
  for (const byte of buffer) {
    if (byte >= 0x80 && byte < 0xa0) return false;
    // €, Š, š, Ž, ž, Œ, œ, Ÿ. In windows-1252 they are ¤, ¦, ¨, ´, ¸, ¼, ½, ¾, which no name has; ´ alone stands for an
    // apostrophe here and there.
    if (byte === 0xa4 || byte === 0xa6 || byte === 0xa8 || byte === 0xb8) differs = true;
    if (byte === 0xbc || byte === 0xbd || byte === 0xbe) differs = true;
  }
  return differs;
}
