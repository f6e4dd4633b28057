import { describe, expect, it } from 'vitest';
import { formatOfFile } from '../../../addin/sync/file-format';

const file = (name: string, ...parts: BlobPart[]) => new File(parts, name);

describe('formatOfFile', () => {
  it('takes a file for what its name says, so that the service refuses it when it is something else', async () => {
    expect(await formatOfFile(file('contacts.csv', 'BEGIN:VCARD\r\nVERSION:3.0'))).toBe('csv');
    expect(await formatOfFile(file('contacts.VCF', '"First Name","Last Name"'))).toBe('vcard');
  });

  it('knows a vCard by its beginning where the name says nothing', async () => {
    expect(await formatOfFile(file('contacts', '\ufeffbegin:vcard\n'))).toBe('vcard');
    expect(await formatOfFile(file('contacts.txt', 'BEGIN:VCARD\r\nVERSION:3.0'))).toBe('vcard');
  });

  it('knows a vCard in UTF-16', async () => {
    const bytes = new Uint8Array([0xff, 0xfe, ...[...'BEGIN:VCARD\r\n'].flatMap((c) => [c.charCodeAt(0), 0])]);
    expect(await formatOfFile(file('export.txt', bytes))).toBe('vcard');
  });

  it('knows the telephone book of a FRITZ!Box by its beginning', async () => {
    expect(await formatOfFile(file('Telefonbuch', '<phonebooks>\n<phonebook>'))).toBe('xml');
  });

  it('takes everything else for a table', async () => {
    expect(await formatOfFile(file('Kontakte', 'Anrede;Vorname;Nachname'))).toBe('csv');
  });

  it('takes a table that has the words of a vCard in a cell for a table', async () => {
    expect(await formatOfFile(file('contacts.txt', '"Notes","BEGIN:VCARD"'))).toBe('csv');
  });
});
