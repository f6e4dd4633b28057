/**
 * Contacts as vCard 3.0 (RFC 2426), which Outlook and telephones read best. Line ends inside a text are `\n` there; where a
 * text has others, a parameter says so, and what no escape can say is written in quoted-printable.
 */
import type { NumberKind } from '../../../shared/contact';
import { cardBorder } from './vcard-property';
import type { ContactWriter } from './write-contacts';
import { writable } from './write-contacts';

const types: Readonly<Record<NumberKind, string>> = {
  internal: 'X-INTERNAL',
  business: 'WORK,VOICE',
  mobile: 'CELL',
  private: 'HOME,VOICE',
  main: 'X-MAIN',
  other: 'VOICE',
  assistant: 'X-ASSISTANT',
  fax: 'FAX',
  pager: 'PAGER',
};

export function createVCardWriter(): ContactWriter {
  return {
    start: '',
    end: '',
    write({ id, fields, picture }) {
      const { displayName, givenName = '', surname = '', company, department = '', jobTitle, notes } = fields;
      const lines = ['BEGIN:VCARD', 'VERSION:3.0', line('FN', displayName)];
      lines.push(line('N', surname, givenName, '', '', ''));
      if (company !== undefined || department !== '') lines.push(line('ORG', company ?? '', department));
      if (jobTitle !== undefined) lines.push(line('TITLE', jobTitle));
      for (const { kind, raw } of fields.numbers) {
        lines.push(line(`TEL;TYPE=${types[kind]}`, /^tel:/i.test(raw) ? `tel:${raw}` : raw));
      }
      for (const email of fields.emails) {
        lines.push(line('EMAIL;TYPE=INTERNET', /^mailto:/i.test(email) ? `mailto:${email}` : email));
      }
      if (notes !== undefined) lines.push(line('NOTE', notes));
      if (picture !== undefined) {
        lines.push(fold(`PHOTO;ENCODING=b;TYPE=JPEG:${Buffer.from(picture).toString('base64')}`));
      }
      lines.push(line('UID', id), 'END:VCARD');
      return `${lines.join('\r\n')}\r\n`;
    },
  };
}

/** A property with its components. */
function line(name: string, ...components: string[]): string {
  const texts = components.map(writable);
  const all = texts.join('');
  if (!all.includes('\r')) return fold(`${name}:${texts.map(escape).join(';')}`);
  if (!/(?<!\r)\n|\r(?!\n)/.test(all)) {
    return fold(`${name};X-NEWLINE=CRLF:${texts.map((text) => escape(text.replaceAll('\r\n', '\n'))).join(';')}`);
  }
  // Not folded: a line that ends with = would go on by the rules of quoted-printable.
  return `${name};ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:${quotedPrintable(texts.map(escape).join(';'))}`;
}

function escape(text: string): string {
  return text.replace(/[\\,;]/g, '\\$&').replaceAll('\n', '\\n');
}

function quotedPrintable(text: string): string {
  return Array.from(Buffer.from(text, 'utf-8'), (byte) =>
    byte >= 0x20 && byte < 0x7f && byte !== 0x3d
      ? String.fromCharCode(byte)
      : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('');
}

const lineBytes = 75;

/** At most 75 bytes a line, and no sign is torn (RFC 2426 §2.6). */
function fold(text: string): string {
  const all = Buffer.byteLength(text);
  if (all <= lineBytes) return text;
  const lines: string[] = [];
  if (all === text.length) {
    // One byte a sign, as all pictures are: they are long, and there may be tens of thousands.
    for (let at = lineBytes; at < all; at += lineBytes - 1) lines.push(text.slice(at, at + lineBytes - 1));
    return joined([text.slice(0, lineBytes), ...lines], text);
  }
  let current = '';
  let length = 0;
  for (const sign of text) {
    const bytes = Buffer.byteLength(sign);
    if (length + bytes > lineBytes) {
      lines.push(current);
      // The blank that a line goes on with counts.
      current = '';
      length = 1;
    }
    current += sign;
    length += bytes;
  }
  return joined([...lines, current], text);
}

/** A text of many lines may hold what looks like the border of a card: at the beginning of a line it would be read as one. */
function joined([first = '', ...others]: readonly string[], text: string): string {
  return others.some((line) => cardBorder.test(line)) ? text : [first, ...others].join('\r\n ');
}
