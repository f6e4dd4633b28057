/**
 * The lines of a vCard: unfolded, decoded, with group, name and parameters (RFC 2426, RFC 6350, vCard 2.1 §2).
 * Real exports mix the versions' ways, so all are understood in each: bare parameters (`TEL;WORK;VOICE`), quoted-printable
 * with soft line breaks, base64 on lines without indent, lines that belong to nothing.
 */
import iconv from 'iconv-lite';
import { isCharset, isUtf8Name, strictUtf8 } from './charset';
import { maxPictureText } from './vcard-picture';

export interface VCardProperty {
  /** `item1` of `item1.TEL`, else empty. Lower case. */
  readonly group: string;
  /** Upper case. */
  readonly name: string;
  /** Values of TYPE and bare parameters, lower case. */
  readonly types: ReadonlySet<string>;
  /** Decoded, escapes still in it: a structured value is split before they are undone. Of a picture: as it is written. */
  readonly value: string;
  /** The value is base64; only of a picture. */
  readonly isBase64: boolean;
  /** The value is longer than any that is taken and was cut; only of a picture. */
  readonly isTooLong: boolean;
}

/** Keys and sounds are passed over, however long; values longer than this too, besides pictures. */
const maxValueLength = 128 * 1024;

/** UTF-16 units before a value: a hundred times what real ones have. */
const maxParameters = 8 * 1024;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const quote = 0x22;
const colon = 0x3a;
const equalsSign = 0x3d;

/** Properties whose value is a text, also where it is in base64. */
const isText = /^(?:FN|N|NICKNAME|ORG|TITLE|NOTE|TEL|EMAIL)$/;

const isPicture = /^\s*(?:[A-Za-z0-9-]{1,60}\.)?PHOTO\s*[;:]/i;
const base64Line = /^[A-Za-z0-9+/]+={0,2}$/;

const isLineEnd = (sign: number) => sign === lineFeed || sign === carriageReturn;

/**
 * The lines of a text, whatever they end with; made one by one, and of many empty ones one: a file may have nothing else.
 * @param place where the next one begins
 */
function* linesOf(text: string, place: { next: number }): Generator<string> {
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (!isLineEnd(sign)) continue;
    const line = text.slice(start, at);
    if (sign === carriageReturn && text.charCodeAt(at + 1) === lineFeed) at += 1;
    if (line === '') while (isLineEnd(text.charCodeAt(at + 1))) at += 1;
    start = at + 1;
    place.next = start;
    yield line;
  }
  yield text.slice(start);
}

/**
 * Where a card begins or ends, whatever the line before or a blank says; but for a folded text that goes on with what only
 * looks like it ({@link isFolded}).
 */
export const cardBorder = /^[ \t]*(?:BEGIN|END)[ \t]*:[ \t]*VCARD[ \t]*$/i;

/** Bytes of a line that is folded, and signs: folding is of lines of 75 bytes, by some at blanks, by others of 75 signs. */
const foldedBytes = 60;
const foldedSigns = 78;

/** The line is as long as one that is folded. A longer one is of a program that does not fold. */
function isFolded(line: string): boolean {
  return line.length <= foldedSigns && Buffer.byteLength(line) >= foldedBytes;
}

/** Whether a card ends before another begins, from a place on; each place is looked at once. */
function createEndAhead(text: string): (from: number) => boolean {
  const border = /^(BEGIN|END)[ \t]*:[ \t]*VCARD[ \t]*$/gim;
  let next: RegExpExecArray | null | undefined;
  return (from) => {
    if (next === undefined || (next !== null && next.index < from)) {
      border.lastIndex = from;
      next = border.exec(text);
    }
    return next?.[1]?.toUpperCase() === 'END';
  };
}

/** One line with its continuation lines, in order. */
export function* unfold(text: string): Generator<string> {
  let current: string | undefined;
  let limit = 0;
  let isQuotedPrintable = false;
  let isSoftBreak = false;
  let mayGoOnUnfolded = false;
  let mayGoOnFolded = false;
  let before = '';
  const place = { next: 0 };
  const endsAhead = createEndAhead(text);
  for (const line of linesOf(text, place)) {
    // Some programs write base64 on lines without indent; none of them can be a property, which has a colon.
    const isUnfolded = mayGoOnUnfolded && base64Line.test(line);
    const goesOn = isSoftBreak || isUnfolded || /^[ \t]/.test(line);
    const isBorder: boolean =
      cardBorder.test(line) && !(mayGoOnFolded && /^[ \t]/.test(line) && isFolded(before) && endsAhead(place.next));
    before = line;
    if (current !== undefined && goesOn && !isBorder) {
      // A soft line break of quoted-printable keeps its sign for the decoder; folding's blank goes.
      const more: string = isSoftBreak ? `\n${line}` : isUnfolded ? line : line.slice(1);
      if (current.length < limit) current += more;
    } else {
      if (current !== undefined) yield current;
      current = line;
      // Asked of the first line only: the parameters stand there, and asking again of a growing text takes its square.
      const start = line.slice(0, 1024);
      isQuotedPrintable = /^[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE[;:]/i.test(start);
      mayGoOnUnfolded = isPicture.test(start);
      mayGoOnFolded = !isQuotedPrintable && !mayGoOnUnfolded && !isBorder && start.includes(':');
      limit = mayGoOnUnfolded ? maxPictureText + 1 : 2 * maxValueLength;
    }
    isSoftBreak = isQuotedPrintable && line.endsWith('=');
  }
  if (current !== undefined) yield current;
}

/** Where the value begins: at the first colon outside quotes; where a quote does not end, at the first colon. */
function colonOf(line: string): number {
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line.charCodeAt(at);
    if (sign === quote) quoted = !quoted;
    else if (sign === colon && !quoted) return at;
  }
  return line.indexOf(':');
}

/** The property on a line; undefined where the line is none, or is of no use (a key in base64, oversized). */
export function readProperty(line: string): VCardProperty | undefined {
  const end = colonOf(line);
  if (end < 0 || end > maxParameters) return undefined;
  const match = /^(?:([\w-]+)\.)?([\w-]+)\s*((?:;[\s\S]*)?)$/.exec(line.slice(0, end).trim());
  if (match === null) return undefined;
  const [, group = '', name = '', parameterText = ''] = match;
  const rawValue = line.slice(end + 1);
  const parameters = splitOutsideQuotes(parameterText.slice(1), ';').filter((parameter) => parameter !== '');
  const types = new Set<string>();
  let encoding = '';
  let charset: string | undefined;
  let crlf = false;
  for (const parameter of parameters) {
    const equals = parameter.indexOf('=');
    const key = equals < 0 ? '' : parameter.slice(0, equals).trim().toUpperCase();
    const value = parameter
      .slice(equals + 1)
      .trim()
      .replace(/^"|"$/g, '');
    if (key === 'ENCODING') encoding = value.toUpperCase();
    else if (key === 'CHARSET') charset = value;
    else if (key === 'X-NEWLINE') crlf = value.toUpperCase() === 'CRLF';
    else if (key === 'TYPE') for (const type of value.split(',')) types.add(type.trim().toLowerCase());
    else if (key === '') {
      if (/^(?:QUOTED-PRINTABLE|BASE64|8BIT|7BIT)$/i.test(value)) encoding = value.toUpperCase();
      else types.add(value.toLowerCase());
    }
  }
  const isBase64 = encoding === 'BASE64' || encoding === 'B';
  const named = { group: group.toLowerCase(), name: name.toUpperCase(), types };
  if (named.name === 'PHOTO') {
    const isTooLong = rawValue.length > maxPictureText;
    return { ...named, value: isTooLong ? '-' : rawValue, isBase64, isTooLong };
  }
  if (rawValue.length > maxValueLength || (isBase64 && !isText.test(named.name))) return undefined;
  const value =
    encoding === 'QUOTED-PRINTABLE'
      ? decodeQuotedPrintable(rawValue, charset)
      : isBase64
        ? decodeBytes(Buffer.from(rawValue, 'base64'), charset)
        : rawValue;
  const lines = crlf ? value.replace(/\\\\|\\n/gi, (escaped) => (escaped === '\\\\' ? escaped : '\r\\n')) : value;
  return { ...named, value: lines, isBase64: false, isTooLong: false };
}

/** Undoes `\n`, `\,`, `\;`, `\:` and `\\`. */
export function unescapeValue(value: string): string {
  return value.replace(/\\([\s\S])/g, (_, sign: string) => (sign === 'n' || sign === 'N' ? '\n' : sign)).trim();
}

/** The components of a structured value (`N`, `ORG`), each without its escapes. */
export function components(value: string): string[] {
  return splitUnescaped(value).map(unescapeValue);
}

function splitUnescaped(value: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (let index = 0; index < value.length; index += 1) {
    const sign = value.charAt(index);
    if (sign === ';') {
      parts.push(part);
      part = '';
    } else if (sign === '\\') {
      part += sign + value.charAt(index + 1);
      index += 1;
    } else part += sign;
  }
  return [...parts, part];
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts: string[] = [];
  let part = '';
  let quoted = false;
  for (const sign of text) {
    if (sign === '"') quoted = !quoted;
    if (sign === separator && !quoted) {
      parts.push(part);
      part = '';
    } else part += sign;
  }
  return [...parts, part];
}

function decodeQuotedPrintable(text: string, charset: string | undefined): string {
  // An = at the very end is a line break that nothing follows.
  const written = text.replace(/=[ \t]*(?:\n|$)/g, '');
  // Signs that are not encoded are not in the named character set but in the file's.
  if (!/\P{ASCII}/u.test(written)) return decodeBytes(quotedBytes(Buffer.from(written, 'latin1')), charset);
  return written.replace(/(?:=[0-9A-Fa-f]{2})+/g, (run) =>
    decodeBytes(quotedBytes(Buffer.from(run, 'latin1')), charset),
  );
}

function quotedBytes(written: Buffer): Buffer {
  const bytes = Buffer.alloc(written.length);
  let length = 0;
  for (let index = 0; index < written.length; index += 1, length += 1) {
    const byte = written[index] ?? 0;
    const hex = byte === equalsSign ? written.toString('latin1', index + 1, index + 3) : '';
    if (/^[0-9A-Fa-f]{2}$/.test(hex)) {
      bytes[length] = Number.parseInt(hex, 16);
      index += 2;
    } else bytes[length] = byte;
  }
  return bytes.subarray(0, length);
}

/** Without a name of the character set it is UTF-8; where it is none, what Outlook up to 2007 writes without saying so. */
function decodeBytes(bytes: Buffer, charset: string | undefined): string {
  if (charset !== undefined && isCharset(charset) && !isUtf8Name(charset)) return iconv.decode(bytes, charset);
  return strictUtf8(bytes) ?? iconv.decode(bytes, 'windows-1252');
}
