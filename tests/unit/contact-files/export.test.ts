import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContactFields } from '../../../shared/contact';
import { contactFileFormats } from '../../../shared/contact-file';
import type { ContactFileFormat } from '../../../shared/contact-file';
import { readCell, writeCell } from '../../../shared/csv-cell';
import { createCsvWriter } from '../../../sync-service/contacts/files/csv-writer';
import { readContactFile } from '../../../sync-service/contacts/files/read-contact-file';
import { createVCardWriter } from '../../../sync-service/contacts/files/vcard-writer';
import type { ContactWriter } from '../../../sync-service/contacts/files/write-contacts';
import { createXmlWriter } from '../../../sync-service/contacts/files/xml-writer';
import { anyContact, anyText } from '../../fixtures/contact-fields';

const writerOf: Record<ContactFileFormat, (contacts: readonly ContactFields[]) => ContactWriter> = {
  csv: (contacts) =>
    createCsvWriter({
      numbers: Math.max(0, ...contacts.map(({ numbers }) => numbers.length)),
      emails: Math.max(0, ...contacts.map(({ emails }) => emails.length)),
    }),
  vcard: createVCardWriter,
  xml: createXmlWriter,
};

function write(format: ContactFileFormat, contacts: readonly ContactFields[]): string {
  const writer = writerOf[format](contacts);
  return writer.start + contacts.map((fields, n) => writer.write({ id: `id-${n}`, fields })).join('') + writer.end;
}

const read = (format: ContactFileFormat, text: string) => readContactFile({ format, bytes: Buffer.from(text) });

describe('what is exported', () => {
  it.each(contactFileFormats)('as %s is imported as the same contacts, in their order', (format) => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyContact, { minLength: 1, maxLength: 6, selector: (fields) => JSON.stringify(fields) }),
        (contacts) => {
          const file = read(format, write(format, contacts));
          expect(file.skipped).toEqual([]);
          expect(file.contacts.map(({ fields }) => fields)).toEqual(contacts);
        },
      ),
      { numRuns: 250 },
    );
  });

  it.each(contactFileFormats)('as %s may be nothing at all', (format) => {
    const text = write(format, []);
    if (format === 'vcard') expect(text).toBe('');
    else expect(read(format, text).contacts).toEqual([]);
  });

  it('has no cell that a spreadsheet calculates', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const cell = writeCell(text);
        expect(readCell(cell)).toBe(text);
        if (/^[=+\-@\t\r\n＝＋－＠]/.test(cell)) expect(cell).toMatch(/^\+[0-9 ()./-]*$/);
      }),
    );
  });

  it.each(['BEGIN:VCARD', ' END:VCARD'])('as vCard may hold %s wherever a line is folded', (border) => {
    const notes = Array.from({ length: 80 }, (_, n) => [
      `${'x'.repeat(n + 1)}${border}`,
      `${'ä'.repeat(n)}y${border}`,
    ]).flat();
    const contacts = notes.map((text) => ({ displayName: 'A', numbers: [], emails: [], notes: text }));
    const file = read('vcard', write('vcard', contacts));
    expect(file.skipped).toEqual([]);
    expect(file.contacts.map(({ fields }) => fields.notes)).toEqual(notes);
  });

  it('as vCard has no line over 75 bytes, and the picture in it', () => {
    const fields = { displayName: '安藤 '.repeat(40).trim(), numbers: [], emails: [], notes: 'ä'.repeat(300) };
    const card = createVCardWriter().write({ id: 'a', fields, picture: new Uint8Array(300).fill(7) });
    expect(card.split('\r\n').filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
    expect(card.replaceAll('\r\n ', '')).toContain(
      `PHOTO;ENCODING=b;TYPE=JPEG:${Buffer.alloc(300, 7).toString('base64')}\r\n`,
    );
    expect(read('vcard', card).contacts.map((contact) => contact.fields)).toEqual([fields]);
  });
});
