/** What somebody sends to do harm: refused before the work, with a reason. */
import { describe, expect, it } from 'vitest';
import type { ContactFileFormat } from '../../../shared/contact-file';
import { ContactFileError } from '../../../sync-service/contacts/files/contact-file';
import { readContactFile } from '../../../sync-service/contacts/files/read-contact-file';

const mebibyte = 2 ** 20;

/** The reason, and the milliseconds of the processor that it took: a busy machine lets it wait longer. */
function refusal(format: ContactFileFormat, text: string | Uint8Array): { reason: string; ms: number } {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const before = process.cpuUsage().user;
  let reason = 'read';
  try {
    readContactFile({ format, bytes });
  } catch (error) {
    if (!(error instanceof ContactFileError)) throw error;
    reason = error.problem;
  }
  return { reason, ms: (process.cpuUsage().user - before) / 1000 };
}

const header = 'Last Name,Business Phone';
const row = 'Lee,089 99998-1';

const bad: readonly (readonly [what: string, ContactFileFormat, () => string | Uint8Array, reason: string])[] = [
  ['a table with a million columns', 'csv', () => `${'a,'.repeat(1_000_000)}\n${row}`, 'too-many-columns'],
  ['a row of a million cells', 'csv', () => `${header}\n${row}\n${',1'.repeat(1_000_000)}`, 'too-many-columns'],
  [
    '500 rows of 40,000 columns',
    'csv',
    () => `${header}${','.repeat(39_998)}\n${`${row}${','.repeat(39_998)}\n`.repeat(500)}`,
    'too-many-columns',
  ],
  ['a cell of 10 MB', 'csv', () => `${header}\n"${'x'.repeat(10 * mebibyte)}",1`, 'row-too-large'],
  ['a quote that does not end', 'csv', () => `${header}\n"${`${row}\n`.repeat(mebibyte)}`, 'row-too-large'],
  ['nothing but quotes', 'csv', () => '"'.repeat(3 * mebibyte), 'row-too-large'],
  ['rows of nothing but quotes', 'csv', () => `x${'"'.repeat(200_000)}\n`.repeat(15), 'header-unknown'],
  ['nothing but line ends', 'csv', () => `${'\n'.repeat(20 * mebibyte)}x`, 'header-unknown'],
  ['nothing but line ends', 'vcard', () => `${'\n'.repeat(20 * mebibyte)}x`, 'no-vcard'],
  ['nothing but one letter of no character set', 'csv', () => Buffer.alloc(3 * mebibyte, 0xe4), 'row-too-large'],
  ['a million rows', 'csv', () => `${header}\n${'a,1\n'.repeat(1_000_000)}`, 'too-many-records'],
  ['a zip archive', 'csv', () => Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(mebibyte)]), 'binary'],
  ['a gzip archive', 'xml', () => Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(mebibyte)]), 'binary'],
  ['nothing but NUL bytes', 'csv', () => Buffer.alloc(20 * mebibyte), 'binary'],
  ['NUL bytes inside', 'vcard', () => 'BEGIN:VCARD\nFN:A\u0000B\nEND:VCARD\n', 'binary'],
  [
    'cards a thousand deep',
    'vcard',
    () => `${'BEGIN:VCARD\nFN:x\n'.repeat(1000)}${'END:VCARD\n'.repeat(1000)}`,
    'vcard-too-deep',
  ],
  ['a hundred thousand cards', 'vcard', () => 'BEGIN:VCARD\nEND:VCARD\n'.repeat(100_000), 'too-many-records'],
  [
    'entities that grow',
    'xml',
    () =>
      `<!DOCTYPE x [<!ENTITY a "${'ha'.repeat(9)}">${'<!ENTITY b "&a;&a;&a;">'.repeat(9)}]><contacts>&b;</contacts>`,
    'xml-doctype',
  ],
  [
    'a file of the machine',
    'xml',
    () =>
      '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><contacts><contact><notes>&f;</notes></contact></contacts>',
    'xml-doctype',
  ],
  ['an entity of HTML', 'xml', () => '<contacts><contact><notes>&auml;</notes></contact></contacts>', 'xml-broken'],
  ['elements millions deep', 'xml', () => `<contacts>${'<a>'.repeat(5_000_000)}`, 'xml-too-deep'],
  ['a million contacts', 'xml', () => `<contacts>${'<contact/>'.repeat(1_000_000)}`, 'too-many-records'],
  ['a page of the web', 'xml', () => `<!doctype html><html>${'<p>x</p>'.repeat(100_000)}</html>`, 'xml-doctype'],
  ['another document', 'xml', () => '<invoice><total>1</total></invoice>', 'xml-unknown'],
  ['a telephone book of another telephone', 'xml', () => '<phonebooks><Unit Name="A"/></phonebooks>', 'xml-unknown'],
  [
    'XML in another character set than UTF-8 that it does not name',
    'xml',
    () => Buffer.from('<contacts>\u00e4</contacts>', 'latin1'),
    'charset-wrong',
  ],
  [
    'XML that names no character set of texts',
    'xml',
    () => '<?xml version="1.0" encoding="base64"?><contacts/>',
    'charset-unknown',
  ],
];

describe('bad input', () => {
  // Tables of character sets are loaded at their first use.
  readContactFile({ format: 'csv', bytes: Buffer.from('Name,Telefon\nJ\u00fcrgen,110', 'latin1') });

  it.each(bad)(
    '%s (%s) is refused within a second',
    (_what, format, make, reason) => {
      const input = make();
      const refused = refusal(format, input);
      expect(refused.reason).toBe(reason);
      expect(refused.ms).toBeLessThan(1000);
    },
    30_000,
  );

  it('a contact with a text, a number or a count beyond all limits is left out, the others are read', () => {
    const contact = (inside: string) => `<contact><displayName>A</displayName>${inside}</contact>`;
    const file = readContactFile({
      format: 'xml',
      bytes: Buffer.from(
        `<contacts>${contact(`<notes>${'x'.repeat(mebibyte)}</notes>`)}${contact('<number>1</number>'.repeat(1000))}${contact(
          '<number>1</number>',
        )}</contacts>`,
      ),
    });
    expect(file.skipped.map(({ reason }) => reason)).toEqual(['too-large', 'too-large']);
    expect(file.contacts).toHaveLength(1);
  });

  it('lines of tens of thousands of parameters, and of nothing, are passed over at once', () => {
    const line = `TEL${';A'.repeat(60_000)}:1\n`;
    const bytes = Buffer.from(`BEGIN:VCARD\nFN:x\nTEL:2\n${line.repeat(50)}${'\n'.repeat(5 * mebibyte)}END:VCARD\n`);
    const before = process.cpuUsage().user;
    const { contacts } = readContactFile({ format: 'vcard', bytes });
    expect((process.cpuUsage().user - before) / 1000).toBeLessThan(1000);
    expect(contacts[0]?.fields.numbers).toEqual([{ kind: 'other', raw: '2' }]);
  });
});
