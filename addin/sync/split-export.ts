/**
 * An export in files of which each can be imported again: a directory with many pictures is larger than what an import
 * takes. Cut between two contacts, with what stands before and behind the contacts in each file. Pure.
 */
import type { ContactFileFormat } from '../../shared/contact-file';

export interface ImportLimits {
  readonly maxBytes: number;
  /** Contacts in one file. */
  readonly maxRecords: number;
}

const lineFeed = 0x0a;
const quote = 0x22;
/** The lines around a contact, in the exports of the service; no text in them can look like these, as a line that goes on has a blank. */
const lines = {
  vcard: { begin: 'BEGIN:VCARD', end: 'END:VCARD' },
  xml: { begin: '  <contact>', end: '  </contact>' },
} as const;

/**
 * @returns the pieces of each file, views of `content`; one file where all fits into it, or nobody is in it. A contact that
 * is over the limit alone is a file of its own.
 */
export function splitExport(
  format: ContactFileFormat,
  content: Uint8Array<ArrayBuffer>,
  { maxBytes, maxRecords }: ImportLimits,
): readonly (readonly Uint8Array<ArrayBuffer>[])[] {
  const { first, ends } = format === 'csv' ? rowsOf(content) : cardsOf(content, lines[format]);
  const head = content.subarray(0, first);
  const tail = content.subarray(ends.at(-1) ?? first);
  const files: Uint8Array<ArrayBuffer>[][] = [];
  let from = first;
  let last = first;
  let records = 0;
  const cut = () => {
    files.push([head, content.subarray(from, last), tail].filter(({ length }) => length > 0));
    from = last;
    records = 0;
  };
  for (const end of ends) {
    const bytes = head.length + (end - from) + tail.length;
    if (records > 0 && (bytes > maxBytes || records === maxRecords)) cut();
    last = end;
    records += 1;
  }
  cut();
  return files;
}

interface Records {
  /** Where the first contact begins. */
  readonly first: number;
  /** Behind the last byte of each. */
  readonly ends: readonly number[];
}

/** Of a table: a line end within quotes is one of a text. */
function rowsOf(content: Uint8Array): Records {
  const ends: number[] = [];
  let quoted = false;
  for (let at = 0; at < content.length; at += 1) {
    const byte = content[at];
    if (byte === quote) quoted = !quoted;
    else if (byte === lineFeed && !quoted) ends.push(at + 1);
  }
  // The first row names the columns.
  return { first: ends.shift() ?? content.length, ends };
}

function cardsOf(content: Uint8Array, { begin, end }: { readonly begin: string; readonly end: string }): Records {
  const [firstLine, lastLine] = [encode(begin), encode(end)];
  const ends: number[] = [];
  let first: number | undefined;
  let from = 0;
  while (from < content.length) {
    const feed = content.indexOf(lineFeed, from);
    const next = feed === -1 ? content.length : feed + 1;
    if (begins(content, from, lastLine)) ends.push(next);
    else if (first === undefined && begins(content, from, firstLine)) first = from;
    from = next;
  }
  return { first: first ?? content.length, ends };
}

const encode = (text: string) => new TextEncoder().encode(text);

function begins(content: Uint8Array, from: number, line: Uint8Array): boolean {
  return line.every((byte, index) => content[from + index] === byte);
}
