/** Files as people and their programs really write them: damaged a little, added to by hand, of old machines. */
import fc from 'fast-check';
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

  it('is read in the character set that it names; what is UTF-8 is not spoiled by what was chosen before', () => {
    const xml = (encoding: string) =>
      `<?xml version="1.0" encoding="${encoding}"?><contacts><contact><displayName>Käthe</displayName></contact></contacts>`;
    const latin = read('xml', iconv.encode(xml('iso-8859-1'), 'iso-8859-1'));
    expect([latin.charset, latin.contacts[0]?.fields.displayName]).toEqual(['iso-8859-1', 'Käthe']);
    expect(people('xml', iconv.encode(xml('UTF-16'), 'utf-16le', { addBOM: true }))).toEqual([['Käthe']]);
    expect(people('xml', xml('UTF-16'))).toEqual([['Käthe']]);
    const named = (file: string | Uint8Array) =>
      readContactFile({ format: 'xml', bytes: Buffer.from(file), charset: 'windows-1252' }).contacts[0]?.fields
        .displayName;
    expect(named(xml('utf-8'))).toBe('Käthe');
    expect(named(iconv.encode(xml('utf-8'), 'windows-1252'))).toBe('Käthe');
  });
});

describe('the telephone book of a FRITZ!Box', () => {
  const book = (...contacts: string[]) =>
    `<?xml version="1.0" encoding="utf-8"?>\n<phonebooks><phonebook owner="1" name="Telefonbuch"><timestamp>1700000000</timestamp>${contacts.join('\n')}</phonebook></phonebooks>`;

  it('is read with names, kinds of numbers and addresses', () => {
    const contact = `<contact><category>1</category><person><realName>Müller &amp; Söhne</realName><imageURL /></person>
      <telephony nid="6"><number type="home" prio="1" id="0" quickdial="01" vanity="">030 123456</number>
      <number type="mobile" prio="0" id="1">0171 3920012</number><number type="work" id="2">089 99998-123</number>
      <number type="fax_work" id="3">089 99998-199</number><number type="label:Büro Wien" id="4">+43 1 234567</number>
      <number type="memo" id="5">**600</number><number type="home" id="6"></number></telephony>
      <services nid="2"><email classifier="private" id="0">a@b.example</email><email id="1">c@d.example</email></services>
      <setup><ringTone>7</ringTone></setup><features doorphone="0" /><mod_time>1</mod_time><uniqueid>12</uniqueid></contact>`;
    const file = read('xml', book(contact, contact.replace('Müller', 'Maier')));
    expect(file.skipped).toEqual([]);
    expect(file.contacts.map(({ position, fields }) => [position, fields])).toEqual(
      ['Müller & Söhne', 'Maier & Söhne'].map((displayName, n) => [
        n + 1,
        {
          displayName,
          numbers: [
            { kind: 'private', raw: '030 123456' },
            { kind: 'mobile', raw: '0171 3920012' },
            { kind: 'business', raw: '089 99998-123' },
            { kind: 'fax', raw: '089 99998-199' },
            { kind: 'business', raw: '+43 1 234567' },
            { kind: 'other', raw: '**600' },
          ],
          emails: ['a@b.example', 'c@d.example'],
        },
      ]),
    );
  });

  it('of older ones is in another character set, and an empty one is none of something else', () => {
    const old = book(
      '<contact><person><realName>Käthe</realName></person><telephony><number>110</number></telephony></contact>',
    );
    const bytes = iconv.encode(old.replace('utf-8', 'iso-8859-1'), 'iso-8859-1');
    expect(people('xml', bytes)).toEqual([['Käthe', 'other 110']]);
    expect(read('xml', book()).contacts).toEqual([]);
  });

  it('loses nothing that can be read', () => {
    const text = fc.stringMatching(/^[A-Za-zäöüß0-9+&<>"' .()-]{1,30}$/).map((written) => `x${written}`.trim());
    const types = fc.constantFrom('home', 'work', 'mobile', 'fax_work', 'intern', 'label:Handy', 'new', '');
    const contact = fc.record({
      name: text,
      numbers: fc.array(fc.record({ type: types, raw: text }), { maxLength: 8 }),
      emails: fc.array(text, { maxLength: 3 }),
    });
    const escaped = (written: string) => written.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
    fc.assert(
      fc.property(fc.uniqueArray(contact, { maxLength: 5, selector: ({ name }) => name }), (contacts) => {
        const xml = contacts.map(
          ({ name, numbers, emails }) =>
            `<contact><person><realName>${escaped(name)}</realName></person><telephony>${numbers
              .map(({ type, raw }) => `<number type="${type}">${escaped(raw)}</number>`)
              .join(
                '',
              )}</telephony><services>${emails.map((email) => `<email>${escaped(email)}</email>`).join('')}</services></contact>`,
        );
        const file = read('xml', book(...xml));
        expect(file.skipped).toEqual([]);
        expect(
          file.contacts.map(({ fields }) => ({
            name: fields.displayName,
            numbers: fields.numbers.map(({ raw }) => raw),
            emails: fields.emails,
          })),
        ).toEqual(contacts.map(({ numbers, ...others }) => ({ ...others, numbers: numbers.map(({ raw }) => raw) })));
      }),
    );
  });
});
