import { existsSync, readdirSync, readFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContactFileError } from '../../../sync-service/contacts/files/contact-file';
import { columnUse } from '../../../sync-service/contacts/files/csv-columns';
import { readCsv } from '../../../sync-service/contacts/files/csv-contact-file';
import { decodeText as decode } from '../../../sync-service/contacts/files/decode-text';
import { isNumberUse } from '../../../sync-service/contacts/files/propose-columns';
import { readContactFile } from '../../../sync-service/contacts/files/read-contact-file';
import { readVCards } from '../../../sync-service/contacts/files/vcard-contact-file';

const corpora = new URL('../../../../shared/corpora/', import.meta.url);
const corpus = (path: string) => new Uint8Array(readFileSync(new URL(path, corpora)));
// Samples of others are no part of the repository: without them their tests are skipped.
const withCorpora = (title: string, act: () => void) =>
  it.skipIf(!existsSync(corpora))(`${title} (needs ../shared/corpora)`, act);
const decodeText = (bytes: Uint8Array, charset?: string) => decode(bytes, charset).text;
const problemOf = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (error instanceof ContactFileError) return error.problem;
    throw error;
  }
  return undefined;
};

describe('character sets', () => {
  const german =
    '"Vorname","Nachname","Straße geschäftlich","Mobiltelefon"\r\n"Jürgen","Größmann","Am Äußeren Tor","0171 3920012"\r\n';
  for (const charset of ['utf-8', 'windows-1252', 'utf-16le']) {
    it(`finds out ${charset} by itself`, () => {
      const bytes = iconv.encode(german, charset, { addBOM: charset !== 'windows-1252' });
      expect(decodeText(bytes)).toBe(german);
    });
  }
  it('reads signs that windows-1252 has and ISO 8859-1 has not', () => {
    expect(decodeText(iconv.encode('Name,Phone\r\nŽižek – „Büro“ €,1', 'windows-1252'))).toContain('Žižek – „Büro“ €');
  });
  it('takes the character set that was named', () => {
    expect(decodeText(iconv.encode('Łódź', 'windows-1250'), 'windows-1250')).toBe('Łódź');
  });
  it('refuses a character set that nobody knows, and UTF-8 that is none', () => {
    expect(problemOf(() => decodeText(Buffer.from('x'), 'latin-99'))).toBe('charset-unknown');
    expect(problemOf(() => decodeText(Buffer.from([0x4d, 0xfc, 0x6c]), 'utf-8'))).toBe('charset-wrong');
  });
  it('refuses pictures, archives and nothing at all', () => {
    expect(problemOf(() => decodeText(Buffer.from([0x50, 0x4b, 0x03, 0x04, 0, 0])))).toBe('binary');
    expect(problemOf(() => decodeText(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d])))).toBe('binary');
    expect(problemOf(() => decodeText(Buffer.from([1, 0, 0, 0, 7])))).toBe('binary');
    expect(problemOf(() => decodeText(Buffer.from(' \r\n ')))).toBe('empty');
  });
});

describe("Outlook's CSV", () => {
  it('reads a German export', () => {
    const file = readCsv(
      '"Anrede","Vorname","Weitere Vornamen","Nachname","Firma","Abteilung","Position","Telefon geschäftlich","Telefon (privat 2)","Mobiltelefon","Fax geschäftlich","E-Mail-Adresse","E-Mail 2: Adresse","Notizen"\r\n' +
        '"Herr","Jürgen","M.","Größmann","Straß GmbH","Einkauf","Leiter","+49 (89) 99998-123","","0171 3920012","089 99998 199","j@strass.example","/o=Exchange/cn=x","zwei\r\nZeilen, mit ""Zitat"""\r\n',
    );
    expect(file.skipped).toEqual([]);
    expect(file.contacts).toMatchObject([
      {
        position: 1,
        fields: {
          displayName: 'Jürgen M. Größmann',
          givenName: 'Jürgen',
          surname: 'Größmann',
          company: 'Straß GmbH',
          department: 'Einkauf',
          jobTitle: 'Leiter',
          emails: ['j@strass.example'],
          notes: 'zwei\r\nZeilen, mit "Zitat"',
          numbers: [
            { kind: 'business', raw: '+49 (89) 99998-123' },
            { kind: 'mobile', raw: '0171 3920012' },
            { kind: 'fax', raw: '089 99998 199' },
          ],
        },
        numberFields: ['Telefon geschäftlich', 'Mobiltelefon', 'Fax geschäftlich'],
      },
    ]);
  });
  for (const [name, delimiter] of [
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
  ] as const) {
    it(`reads an English export with ${name}`, () => {
      const row = (...cells: string[]) => cells.map((cell) => `"${cell}"`).join(delimiter);
      const text = [
        row('First Name', 'Last Name', 'Company', 'Business Phone', "Assistant's Phone"),
        row('Ann', 'Lee', 'A;B,C', '555', '7'),
      ].join('\n');
      expect(readCsv(text).contacts[0]?.fields).toMatchObject({
        displayName: 'Ann Lee',
        company: 'A;B,C',
        numbers: [
          { kind: 'business', raw: '555' },
          { kind: 'assistant', raw: '7' },
        ],
      });
    });
  }
  it('takes the company where there is no person, and passes over a line without any name', () => {
    const file = readCsv('Last Name,Company,Business Phone\n,ACME,1\n,,2\n');
    expect(file.contacts.map(({ fields }) => fields.displayName)).toEqual(['ACME']);
    expect(file.skipped).toEqual([{ position: 2, reason: 'no-name' }]);
  });
  it('passes over the second of two equal lines and keeps two people of one name', () => {
    const file = readCsv('Last Name,Business Phone\nLee,1\nLee,1\nLee,2\n');
    expect(file.skipped).toEqual([{ position: 2, reason: 'duplicate', name: 'Lee' }]);
    expect(new Set(file.contacts.map(({ itemId }) => itemId)).size).toBe(2);
  });
  it('knows a person again whose number changed', () => {
    const idOf = (number: string) => readCsv(`Last Name,Business Phone\nLee,${number}\n`).contacts[0]?.itemId;
    expect(idOf('1')).toBe(idOf('2'));
  });
  it('tells a contact that is too large by its line and keeps the others', () => {
    const file = readCsv(`Last Name,Business Phone\n${'x'.repeat(300)},1\nLee,2\n`);
    expect(file.skipped).toMatchObject([{ position: 1, reason: 'too-large' }]);
    expect(file.contacts).toHaveLength(1);
  });
  it('refuses what is no export of contacts', () => {
    expect(readCsv('Betrag,Datum\n1,2\n')).toMatchObject({ contacts: [], table: { missing: 'number' } });
    expect(problemOf(() => readCsv('BEGIN:VCARD\nFN:x\nEND:VCARD\n'))).toBe('header-unknown');
    expect(problemOf(() => readCsv('Last Name,Business Phone\n"Lee,1\n'))).toBe('csv-broken');
  });
  withCorpora('knows every telephone column of the real German headers', () => {
    for (const file of ['csv/de-outlook-2010.header.win1252.csv', 'csv/de-outlook-365.header.utf8.csv']) {
      const header = decodeText(corpus(file));
      const names = header.split(',').map((name) => name.replace(/[\r\n"]/g, ''));
      const telephones = names.filter((name) => /tele(?!x)|fax|pager|isdn|rückmeldung/i.test(name));
      expect(telephones.length).toBeGreaterThanOrEqual(17);
      expect(telephones.filter((name) => !isNumberUse(columnUse(name)))).toEqual([]);
      const row = names.map((name) =>
        name === 'Nachname' ? 'Straß' : telephones.includes(name) ? '089 99998123' : 'x',
      );
      const read = readCsv(`${header.trim()}\r\n${row.map((cell) => `"${cell}"`).join(',')}\r\n`);
      expect(read.contacts[0]?.fields.numbers).toHaveLength(telephones.length);
    }
  });
});

describe('vCard', () => {
  it('reads a card of version 3.0', () => {
    const file = readVCards(
      'BEGIN:VCARD\r\nVERSION:3.0\r\nN:Größmann;Jürgen;;;\r\nFN:Jürgen Größmann\r\nORG:Straß\\, Söhne;Einkauf\r\n' +
        'TEL;TYPE=WORK,VOICE:+49 89 99998\r\n -123\r\nitem1.TEL:123\r\nitem1.X-ABLabel:_$!<AssistantPhone>!$_\r\nEMAIL;TYPE=INTERNET:a@b.example\r\nNOTE:eins\\nzwei\r\nUID:u-1\r\nEND:VCARD\r\n',
    );
    expect(file.contacts[0]).toMatchObject({
      fields: {
        displayName: 'Jürgen Größmann',
        company: 'Straß, Söhne',
        department: 'Einkauf',
        notes: 'eins\nzwei',
        numbers: [
          { kind: 'business', raw: '+49 89 99998-123' },
          { kind: 'assistant', raw: '123' },
        ],
        emails: ['a@b.example'],
      },
      numberFields: ['TEL (voice,work)', 'TEL'],
    });
  });
  it('tells a card that is cut off', () => {
    const file = readVCards('BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:B\nTEL:1');
    expect(file.contacts).toHaveLength(1);
    expect(file.skipped).toEqual([{ position: 2, reason: 'unreadable' }]);
  });
  it('does not take the card inside a card for the person', () => {
    const file = readVCards(
      'BEGIN:VCARD\nFN:Chef\nAGENT:\nBEGIN:VCARD\nFN:Vertretung\nTEL:2\nEND:VCARD\nTEL:1\nEND:VCARD',
    );
    expect(file.contacts.map(({ fields }) => [fields.displayName, fields.numbers.map(({ raw }) => raw)])).toEqual([
      ['Chef', ['1']],
    ]);
  });
  it('takes time in proportion to a file that folds one line a million times', () => {
    const text = `BEGIN:VCARD\nNOTE;x\n${' a\n'.repeat(1_000_000)}END:VCARD\nBEGIN:VCARD\nFN:A\nEND:VCARD`;
    expect(readVCards(text).contacts).toHaveLength(1);
  }, 5000);
  it('tells a card of a million numbers as too large, at once', () => {
    const text = `BEGIN:VCARD\nFN:A\n${'g.TEL:1\n'.repeat(1_000_000)}END:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD`;
    const file = readVCards(text);
    expect(file.skipped).toEqual([{ position: 1, reason: 'too-large' }]);
    expect(file.contacts).toHaveLength(1);
  }, 5000);
  it('passes over a line of millions of parameters', () => {
    const file = readVCards(`BEGIN:VCARD\nTEL${';'.repeat(20_000_000)}\nFN:A\nEND:VCARD`);
    expect(file.contacts).toHaveLength(1);
  });
  it('reads quoted-printable in which signs beyond the basic plane stand as they are', () => {
    const file = readVCards('BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:J=C3=BCrgen 😀=\n =3D=zz\nEND:VCARD');
    expect(file.contacts[0]?.fields.displayName).toBe('Jürgen 😀 ==zz');
  });
  it('refuses a file without any card', () => {
    expect(problemOf(() => readVCards('Last Name,Business Phone\nLee,1\n'))).toBe('no-vcard');
  });
  it('ends on any input without another error than its own', () => {
    const lines = fc.constantFrom(
      'BEGIN:VCARD',
      'END:VCARD',
      'TEL;WORK:1',
      'N;CHARSET=x;ENCODING=QUOTED-PRINTABLE:=C3=',
      '=BC',
      ' folded',
      'ORG:a;b\\;c',
      ';:',
      'PHOTO;BASE64:',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(lines, fc.string())), (all) => {
        problemOf(() => readVCards(all.join('\n')));
        problemOf(() => readCsv(['Last Name,Business Phone', ...all].join('\n')));
      }),
    );
  });
  const vcf = existsSync(corpora)
    ? readdirSync(new URL('vcard/ez-vcard/', corpora)).filter((name) => name.endsWith('.vcf'))
    : [];
  withCorpora('finds the real exports', () => expect(vcf.length).toBeGreaterThan(10));
  for (const name of vcf) {
    it(`reads every number and address of the real export ${name}`, () => {
      const text = decodeText(corpus(`vcard/ez-vcard/${name}`));
      const file = readVCards(text);
      const cards = text.match(/^BEGIN:VCARD/gim)?.length ?? 0;
      // Counted by another way than the reader's: whole lines that begin with the property.
      const unfolded = text.replace(/\r?\n[ \t]/g, '');
      const written = unfolded.match(/^(?:[\w-]+\.)?(?:X-MS-)?TEL[;:].*:?.+$/gim)?.length ?? 0;
      const addresses = unfolded.match(/^(?:[\w-]+\.)?EMAIL[;:].*:?.+$/gim)?.length ?? 0;
      expect(file.skipped).toEqual([]);
      expect(file.contacts).toHaveLength(cards);
      expect(file.contacts.flatMap(({ fields }) => fields.numbers)).toHaveLength(written);
      expect(file.contacts.flatMap(({ fields }) => fields.emails)).toHaveLength(addresses);
      expect(file.contacts.filter(({ fields }) => /=[0-9A-F]{2}|\\[,;n]|�/.test(fields.displayName))).toEqual([]);
    });
  }
  withCorpora('reads what Outlook 2007 writes beside the standard', () => {
    const [contact] = readVCards(decodeText(corpus('vcard/ez-vcard/outlook-2007.vcf'))).contacts;
    expect(contact?.fields).toMatchObject({
      displayName: 'Mr. Michael Angstadt Jr.',
      company: 'TheCompany',
      department: 'TheDepartment',
    });
    expect(contact?.fields.numbers).toContainEqual({ kind: 'other', raw: '(111) 555-4444' });
    expect(contact?.fields.notes).toContain('I assume it encodes this text inside a NOTE vCard type.');
  });
  withCorpora('refuses jCard and xCard with the reason', () => {
    for (const name of ['jcard-example.json', 'rfc6351-example.xml']) {
      expect(problemOf(() => readVCards(decodeText(corpus(`vcard/ez-vcard/${name}`))))).toBe('no-vcard');
    }
  });
  withCorpora('reads the cards of telephones with every number in them', () => {
    const read = Object.fromEntries(
      readdirSync(new URL('vcard/aosp/', corpora)).map((name) => {
        const file = readVCards(decodeText(corpus(`vcard/aosp/${name}`)));
        expect(file.contacts.length + file.skipped.length, name).toBeGreaterThan(0);
        expect(file.skipped.filter(({ reason }) => reason !== 'no-name')).toEqual([]);
        const numbers = file.contacts.flatMap(({ fields }) => fields.numbers.map(({ raw }) => raw));
        return [name.replace('.vcf', ''), numbers.join(' ')];
      }),
    );
    expect(Object.fromEntries(Object.entries(read).filter(([, numbers]) => numbers !== ''))).toEqual({
      v21_blackberry_photo: '+5555555 +5555556',
      v21_complicated: '(111) 555-1212 (404) 555-1212 0311111111 0322222222 0333333333',
      v21_japanese_1: '0300000000',
      v21_multiple_entry: '9 10 11 12 13 14 15 16 17 18 19 20',
      v21_nest: '1',
      v21_pref_handling: '1 2 3',
      v21_sip: '888 90-180-360',
      v21_x_param: '1 2',
      v30_comma_separated: '1',
      v30_ios_613_multiline: '(650) 555-1212',
      v30_multibyte_param: '1',
      v30_pager: '6101231234@pagersample.com',
      v30_pause_wait: 'p1234p5678w9',
      v30_simple: '0300000000',
      v40_sip: '1 sip:example@example.com',
    });
  });
  withCorpora('reads Japanese cards in Shift_JIS', () => {
    const names = ['v21_japanese_1', 'v21_japanese_2', 'v21_multiple_entry', 'v30_japanese'].flatMap((name) =>
      readVCards(decodeText(corpus(`vcard/aosp/${name}.vcf`))).contacts.map(({ fields }) => fields.displayName),
    );
    expect(names.filter((name) => !/^[\u3040-\u30ff\u4e00-\u9fff\s\d]+$/.test(name))).toEqual([]);
    expect(names).toContain('安藤ロイド3');
  });
});

it.each([
  ['each in its own way', 'Name,Phone\r\nA,089 1\nB,089 2\rC,089 3\n\r\n'],
  ['and the separator is said in a line of its own', 'sep=;\r\nName;Phone\r\nA;089 1\r\nB;089 2\r\nC;089 3'],
])('reads every row of a table whose lines end, %s', (_, text) => {
  const { contacts } = readContactFile({ format: 'csv', bytes: Buffer.from(text) });
  expect(contacts.map(({ position, fields }) => [position, fields.displayName, fields.numbers[0]?.raw])).toEqual([
    [1, 'A', '089 1'],
    [2, 'B', '089 2'],
    [3, 'C', '089 3'],
  ]);
});

it('takes the square of nothing for a card of thousands of labelled numbers', () => {
  const card = `BEGIN:VCARD\nFN:x\n${'i.TEL:1\n'.repeat(1990)}END:VCARD\n`;
  const before = process.cpuUsage().user;
  const { contacts, skipped } = readContactFile({ format: 'vcard', bytes: Buffer.from(card.repeat(50)) });
  expect([contacts.length, skipped.length]).toEqual([0, 50]);
  expect((process.cpuUsage().user - before) / 1000).toBeLessThan(2000);
});
