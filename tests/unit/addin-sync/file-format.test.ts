import { describe, expect, it } from 'vitest';
import { formatOfFile } from '../../../addin/sync/file-format';

const file = (name: string, ...parts: BlobPart[]) => new File(parts, name);

describe('formatOfFile', () => {
  it('knows a vCard by its beginning, whatever its name is', async () => {
    expect(await formatOfFile(file('contacts.csv', 'BEGIN:VCARD\r\nVERSION:3.0'))).toBe('vcard');
    expect(await formatOfFile(file('contacts', '\ufeffbegin:vcard\n'))).toBe('vcard');
  });

  it('knows a vCard in UTF-16', async () => {
    const bytes = new Uint8Array([0xff, 0xfe, ...[...'BEGIN:VCARD\r\n'].flatMap((c) => [c.charCodeAt(0), 0])]);
    expect(await formatOfFile(file('export.txt', bytes))).toBe('vcard');
  });

  it('takes a file that says nothing by its name', async () => {
    expect(await formatOfFile(file('contacts.VCF', ''))).toBe('vcard');
    expect(await formatOfFile(file('contacts.csv', '"First Name","Last Name"'))).toBe('csv');
    expect(await formatOfFile(file('Kontakte', 'Anrede;Vorname;Nachname'))).toBe('csv');
  });

  it('takes a table that has the words of a vCard in a cell for a table', async () => {
    expect(await formatOfFile(file('contacts.csv', '"Notes","BEGIN:VCARD"'))).toBe('csv');
  });
});
