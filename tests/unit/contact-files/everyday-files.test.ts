/** Files as people and their programs really write them: damaged a little, added to by hand, of old machines. */
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { ContactFileFormat } from '../../../shared/contact-file';
import { ContactFileError } from '../../../sync-service/contacts/files/contact-file';
import { readContactFile } from '../../../sync-service/contacts/files/read-contact-file';

const read = (format: ContactFileFormat, file: string | Uint8Array) =>
  readContactFile({ format, bytes: typeof file === 'string' ? Buffer.from(file) : file });
const problemOf = (format: ContactFileFormat, file: string) => {
  try {
    read(format, file);
  } catch (error) {
    if (error instanceof ContactFileError) return error.problem;
    throw error;
  }
  return undefined;
};
const card = (...lines: string[]) => `BEGIN:VCARD\r\nVERSION:2.1\r\n${lines.join('\r\n')}\r\nEND:VCARD\r\n`;
/** Names, each with its numbers. */
const people = (format: ContactFileFormat, file: string | Uint8Array) =>
  read(format, file).contacts.map(({ fields }) => [
    fields.displayName,
    ...fields.numbers.map(({ kind, raw }) => `${kind} ${raw}`),
  ]);

describe('tables', () => {
  it('are separated by the sign of all their lines, not by one in the name of a column', () => {
    expect(people('csv', 'Name, Vorname;Telefon\nMüller, Jürgen;089 1234567\nLee, Ann;089 7654321\n')).toEqual([
      ['Müller, Jürgen', 'other 089 1234567'],
      ['Lee, Ann', 'other 089 7654321'],
    ]);
    expect(people('csv', 'Name|Telefon\nA, B, C|089 1234567\n')).toEqual([['A, B, C', 'other 089 1234567']]);
  });

  it('lose no number of a column that was added beside those of a known program', () => {
    const table = 'Vorname;Nachname;Firma;Telefon;Mobilnummer;Festnetz;E-Mail privat;Hausnummer;Telex\n';
    const row = 'Ann;Lee;ACME;089 1;0171 3920012;089 2;a@b.example;12;51234567\n';
    const [contact] = read('csv', table + row).contacts;
    expect(contact?.fields.numbers).toEqual([
      { kind: 'other', raw: '089 1' },
      { kind: 'mobile', raw: '0171 3920012' },
      { kind: 'other', raw: '089 2' },
    ]);
    expect(contact?.fields.emails).toEqual(['a@b.example']);
  });

  it('take no house number for a telephone number', () => {
    expect(people('csv', 'Name;Straße;Hausnummer;Telefon\nLee;Weg;12;089 1234567\n')).toEqual([
      ['Lee', 'other 089 1234567'],
    ]);
  });

  it('without names of columns keep their first row, also where words are around its number', () => {
    expect(people('csv', 'Ann Lee;089 99998 DW 12\nBo Li;089 99998 DW 13\n').map(([name]) => name)).toEqual([
      'Ann Lee',
      'Bo Li',
    ]);
  });

  it('give the numbers that were written as formulas to keep their zero', () => {
    expect(people('csv', 'Name,Telefon\nLee,="0891234567"\nLi,"=""0897654321"""\n')).toEqual([
      ['Lee', 'other 0891234567'],
      ['Li', 'other 0897654321'],
    ]);
  });

  it('are refused where a quote that does not end would make one row of several', () => {
    const table = 'Name;Telefon\n"Zum Löwen;089 1111111\nMeier;089 2222222\nHuber "Bräu";089 3333333\n';
    expect(problemOf('csv', table)).toBe('csv-broken');
    expect(people('csv', 'Name;Telefon\n"Zum Löwen" Gasthof;089 1111111\n5" Rohr;089 2222222\n')).toHaveLength(2);
  });

  it('have nothing to tell of rows without any text', () => {
    const { contacts, skipped } = read('csv', 'Name;Telefon\n;\nLee;089 1234567\n;\n ; \n');
    expect(contacts.map(({ position }) => position)).toEqual([2]);
    expect(skipped).toEqual([]);
  });

  it.each(['macintosh', 'cp850'])('are read in %s, in which Excel saves them when it is told to', (charset) => {
    const text = 'Vorname;Nachname;Telefon\r\nJürgen;Größmann;089 1234567\r\nKäthe;Müller;089 7654321\r\n';
    const file = read('csv', iconv.encode(text, charset));
    expect(file.charset).toBe(charset);
    expect(file.contacts.map(({ fields }) => fields.displayName)).toEqual(['Jürgen Größmann', 'Käthe Müller']);
  });

  it.each(['Dušan Žižek', 'Jürgen Groß', 'ŠKODA „Autohaus“', 'André Lefèvre', 'L’Haÿ – Müller'])(
    'are not taken for those of an old machine because of %s',
    (name) => {
      const file = read('csv', iconv.encode(`Name;Telefon\r\n${name};089 1234567\r\n`, 'windows-1252'));
      expect([file.charset, file.contacts[0]?.fields.displayName]).toEqual(['windows-1252', name]);
    },
  );
});

describe('cards', () => {
  it('of Outlook up to 2007 are quoted-printable in windows-1252 without saying so', () => {
    expect(people('vcard', card('FN;ENCODING=QUOTED-PRINTABLE:J=FCrgen M=FCller', 'TEL;WORK:1'))).toEqual([
      ['Jürgen Müller', 'business 1'],
    ]);
    expect(people('vcard', card('FN;ENCODING=QUOTED-PRINTABLE:J=C3=BCrgen', 'TEL;WORK:1'))).toEqual([
      ['Jürgen', 'business 1'],
    ]);
  });

  it('keep signs that stand unencoded between encoded ones', () => {
    const [contact] = read('vcard', card('FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Jürgen M=FCller')).contacts;
    expect(contact?.fields.displayName).toBe('Jürgen Müller');
  });

  it('end where they end, whatever the line before says', () => {
    const damaged = card('FN:A', 'TEL:1', 'NOTE;ENCODING=QUOTED-PRINTABLE:Text=');
    expect(people('vcard', `${damaged}${card('FN:B', 'TEL:2')}`)).toEqual([
      ['A', 'other 1'],
      ['B', 'other 2'],
    ]);
    expect(people('vcard', 'BEGIN:VCARD\nFN:A\nTEL:1\n END:VCARD\nBEGIN:VCARD\nFN:B\nTEL:2\nEND:VCARD')).toHaveLength(
      2,
    );
    expect(read('vcard', damaged).contacts[0]?.fields.notes).toBe('Text');
  });

  it('may have their texts in base64', () => {
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    const lines = [`FN;CHARSET=UTF-8;ENCODING=BASE64:${base64('Jürgen')}`, `TEL;ENCODING=b:${base64('089 1234567')}`];
    expect(people('vcard', card(...lines, 'KEY;ENCODING=b:AAAA'))).toEqual([['Jürgen', 'other 089 1234567']]);
  });

  it('say in the words beside a number what it is for', () => {
    const lines = ['FN:A', 'item1.TEL:1', 'item1.X-ABLabel:Fax Büro', 'g_2.TEL:2', 'g_2.X-ABLabel:_$!<Mobile>!$_'];
    expect(people('vcard', card(...lines, 'TEL;TYPE=X-COMPANY_MAIN:3', 'TEL;TYPE=HOME:4'))).toEqual([
      ['A', 'fax 1', 'mobile 2', 'main 3', 'private 4'],
    ]);
  });

  it('bring no sign that a database cannot keep', () => {
    const [contact] = read('vcard', card('FN;ENCODING=QUOTED-PRINTABLE:A=00B', 'TEL;QUOTED-PRINTABLE:1=002')).contacts;
    expect(contact?.fields).toMatchObject({ displayName: 'AB', numbers: [{ raw: '12' }] });
  });

  it('are not read in what is no character set', () => {
    expect(people('vcard', card('FN;CHARSET=hex;ENCODING=QUOTED-PRINTABLE:A=42', 'TEL:1'))).toEqual([
      ['AB', 'other 1'],
    ]);
    expect(people('vcard', Buffer.from(card('FN;CHARSET=base64:J\u00fcrgen', 'TEL:1'), 'latin1'))).toEqual([
      ['Jürgen', 'other 1'],
    ]);
  });
});

describe('XML', () => {
  it('with other elements than contacts is refused, an empty directory is not', () => {
    expect(problemOf('xml', '<contacts><Person><number>1</number></Person></contacts>')).toBe('xml-unknown');
    expect(read('xml', '<contacts version="1">\n</contacts>').contacts).toEqual([]);
  });

  it('loses no number that is marked up', () => {
    const xml = '<contacts><contact><displayName>A</displayName><number><b>089</b> 123</number></contact></contacts>';
    expect(people('xml', xml)).toEqual([['A', 'other 089 123']]);
  });
});
