import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { contactFieldsSchema } from '../../../shared/contact';
import { isComplete, readGraphContact } from '../../../shared/mailbox/graph-contact';
import { anyText } from '../../fixtures/any-text';

// Samples of others are no part of the repository: without them their tests are skipped.
const corpora = '../shared/corpora/graph';

function contactOf(item: unknown): unknown {
  const reading = readGraphContact(item);
  return 'contact' in reading ? reading.contact : reading;
}

describe('reading a contact of Graph', () => {
  it('takes names, company, numbers by kind, addresses and notes', () => {
    const item = {
      displayName: 'Søren Sørensen',
      givenName: 'Søren',
      surname: 'Sørensen',
      companyName: 'Nordsø A/S',
      department: 'Salg',
      jobTitle: 'Buyer',
      businessPhones: ['+45 32 12 34 56', '+45 32 12 34 57'],
      mobilePhone: '+45 34 41 23 45',
      homePhones: ['32 12 34 58'],
      emailAddresses: [{ name: 'Søren', address: 'soeren@nordsoe.example' }],
      personalNotes: 'Line one\r\nline two',
    };
    expect(contactOf(item)).toEqual({
      displayName: 'Søren Sørensen',
      givenName: 'Søren',
      surname: 'Sørensen',
      company: 'Nordsø A/S',
      department: 'Salg',
      jobTitle: 'Buyer',
      numbers: [
        { kind: 'business', raw: '+45 32 12 34 56' },
        { kind: 'business', raw: '+45 32 12 34 57' },
        { kind: 'mobile', raw: '+45 34 41 23 45' },
        { kind: 'private', raw: '32 12 34 58' },
      ],
      emails: ['soeren@nordsoe.example'],
      notes: 'Line one\r\nline two',
    });
  });

  it('takes null, empty texts and empty lists for absent', () => {
    const item = {
      displayName: 'A',
      surname: null,
      companyName: ' ',
      businessPhones: [],
      mobilePhone: '',
      homePhones: null,
      personalNotes: '',
    };
    expect(contactOf(item)).toEqual({ displayName: 'A', numbers: [], emails: [] });
  });

  it.each([
    [{ givenName: 'Ada', surname: 'Byron', fileAs: 'Byron, Ada' }, 'Ada Byron'],
    [{ surname: 'Byron' }, 'Byron'],
    [{ displayName: '', fileAs: 'Byron, Ada' }, 'Byron, Ada'],
    [{ fileAs: '', companyName: 'Acme' }, 'Acme'],
    [{ emailAddresses: [{ name: 'Ada B.', address: 'ada@post.example' }] }, 'Ada B.'],
    [{ emailAddresses: [{ address: 'ada@post.example' }] }, 'ada@post.example'],
  ])('makes a name of what there is: %j', (item, name) => {
    expect(contactOf(item)).toMatchObject({ displayName: name });
  });

  it('skips what has nothing to show, and what is not of the shape', () => {
    expect(readGraphContact({ mobilePhone: '0171 3920012' })).toEqual({ skipped: 'no-name' });
    expect(readGraphContact({ displayName: 'A', businessPhones: '123' })).toEqual({ skipped: 'unreadable' });
    expect(readGraphContact(null)).toEqual({ skipped: 'unreadable' });
  });

  it('skips what breaks a limit, with the name', () => {
    const many = Array.from({ length: 41 }, (_, n) => `+49 89 ${String(n)}`);
    expect(readGraphContact({ displayName: 'Many', businessPhones: many })).toEqual({
      skipped: 'too-large',
      name: 'Many',
    });
    const long = 'x'.repeat(257);
    expect(readGraphContact({ displayName: long })).toEqual({ skipped: 'too-large', name: 'x'.repeat(256) });
  });

  it('leaves out addresses that only Exchange understands, and repeated ones', () => {
    const emailAddresses = [
      { name: 'A', address: '/o=ExchangeLabs/ou=x/cn=a' },
      { address: 'a@post.example' },
      { address: 'A@POST.example' },
      { address: null },
      null,
    ];
    expect(contactOf({ displayName: 'A', emailAddresses })).toMatchObject({ emails: ['a@post.example'] });
  });

  it('keeps a number as written, and the same one of a kind once', () => {
    const item = { displayName: 'A', businessPhones: [' 089 / 1-2 DW 3 ', ' 089 / 1-2 DW 3 ', null, '  '] };
    expect(contactOf(item)).toMatchObject({ numbers: [{ kind: 'business', raw: ' 089 / 1-2 DW 3 ' }] });
  });

  it('takes out what no database stores', () => {
    expect(contactOf({ displayName: 'A\u0000B\tC', personalNotes: 'x\u0000\ud800' })).toMatchObject({
      displayName: 'AB C',
      notes: 'x\uFFFD',
    });
  });

  it('always gives a contact within the limits or a reason, whatever Graph sends', { timeout: 30_000 }, () => {
    const text = fc.option(anyText({ maxLength: 300 }));
    const texts = fc.option(fc.array(text, { maxLength: 45 }));
    const item = fc.record(
      {
        displayName: text,
        givenName: text,
        fileAs: text,
        businessPhones: texts,
        homePhones: texts,
        mobilePhone: text,
        personalNotes: text,
        emailAddresses: fc.option(fc.array(fc.option(fc.record({ name: text, address: text })), { maxLength: 25 })),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(item, fc.jsonValue()), (value) => {
        const reading = readGraphContact(value);
        if ('contact' in reading) expect(contactFieldsSchema.safeParse(reading.contact).success).toBe(true);
        else expect(reading.skipped).toBeTruthy();
      }),
    );
  });

  it('knows a complete item by its properties, null ones included', () => {
    const nulls = Object.fromEntries(
      'displayName givenName surname fileAs companyName department jobTitle businessPhones mobilePhone homePhones emailAddresses personalNotes'
        .split(' ')
        .map((key) => [key, null]),
    );
    expect(isComplete(nulls)).toBe(true);
    expect(isComplete({ id: 'x', displayName: 'A' })).toBe(false);
  });

  it.skipIf(!existsSync(corpora))('reads the published samples (needs ../shared/corpora/graph)', () => {
    const sample = (name: string): unknown => JSON.parse(readFileSync(`${corpora}/${name}`, 'utf8'));
    expect(contactOf(sample('contact-get.response.json'))).toEqual({
      displayName: 'Alex Wilber',
      givenName: 'Alex',
      surname: 'Wilber',
      numbers: [],
      emails: ['Alex@FineArtSchool.net'],
    });
    expect(contactOf(sample('contact-update.response.json'))).toMatchObject({
      displayName: 'Garth Fort',
      company: 'Contoso, Inc.',
      numbers: [{ kind: 'business', raw: '+1 918 555 0101' }],
    });
  });
});
