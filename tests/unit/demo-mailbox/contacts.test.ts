import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { generateContacts } from '../../../demo/mailbox/contacts';
import type { ContactContent } from '../../../demo/mailbox/graph-types';
import { readGraphContact } from '../../../shared/mailbox/graph-contact';

function numbersOf(contact: ContactContent): string[] {
  const { businessPhones = [], homePhones = [], mobilePhone } = contact;
  return [...businessPhones, ...homePhones, ...(typeof mobilePhone === 'string' ? [mobilePhone] : [])];
}

describe('generated contacts', () => {
  const { contacts, folders, contactLists } = generateContacts({ seed: 'a', count: 1000 });
  const all = contacts.map(({ contact }) => contact);
  const numbers = all.flatMap(numbersOf);

  it('are the same for the same seed, and others for another', () => {
    expect(generateContacts({ seed: 'a', count: 1000 })).toEqual({ contacts, folders, contactLists });
    expect(generateContacts({ seed: 'b', count: 1000 }).contacts).not.toEqual(contacts);
    expect(generateContacts({ seed: 7, count: 3 }).contacts).toHaveLength(3);
  });

  it('lie in the default folder, in one inside it, and in one inside that', () => {
    const inFolder = (key: string | undefined): number => contacts.filter(({ folder }) => folder === key).length;
    expect(inFolder(undefined)).toBeGreaterThan(600);
    expect(inFolder('suppliers')).toBeGreaterThan(50);
    expect(inFolder('fair')).toBeGreaterThan(20);
    expect(folders.find(({ key }) => key === 'fair')?.parent).toBe('suppliers');
  });

  it.each(['Søren', 'Łukasz', 'Straß', 'Müller', 'Γεωργίου', 'Петров', '渡邊'])('have somebody called %s', (name) => {
    expect(JSON.stringify(all)).toContain(name);
  });

  it('write most numbers so that they can be read, and some so that they cannot', () => {
    const readable = numbers.filter((raw) => {
      const plain = raw.replace(/(?:DW|App\.|Kl\.|, Durchw\.|ext\.).*$/, '').replace('(0)', '');
      const local = /^99998/.test(plain) ? `089 ${plain}` : plain;
      return parsePhoneNumberFromString(local, 'DE')?.isValid() === true;
    });
    expect(readable.length / numbers.length).toBeGreaterThan(0.93);
    expect(readable.length / numbers.length).toBeLessThan(0.995);
  });

  it('have extensions, local numbers, several numbers, none, colleagues, mail only, lists and duplicates', () => {
    expect(numbers.some((raw) => /DW|Durchw|App\./.test(raw))).toBe(true);
    expect(numbers.some((raw) => raw.startsWith('99998-'))).toBe(true);
    expect(numbers.some((raw) => /7007-?3\d\d$/.test(raw))).toBe(true);
    expect(all.some((contact) => numbersOf(contact).length >= 3)).toBe(true);
    expect(all.filter((contact) => numbersOf(contact).length === 0).length).toBeGreaterThan(20);
    expect(all.some((contact) => Object.keys(contact).join() === 'emailAddresses')).toBe(true);
    expect(all.some((contact) => (contact.emailAddresses?.length ?? 0) === 3)).toBe(true);
    expect(contactLists).toBe(3);
    const names = all.map((contact) => `${contact.displayName ?? ''} ${contact.emailAddresses?.[0]?.address ?? ''}`);
    expect(names.length - new Set(names).size).toBeGreaterThan(5);
  });

  it('use example domains only', () => {
    const domains = all.flatMap((contact) => contact.emailAddresses ?? []).map((mail) => mail.address.split('@')[1]);
    expect(domains.filter((domain) => domain !== undefined && !/^[a-z0-9-]+\.example$/.test(domain))).toEqual([]);
  });

  it('all become contacts', () => {
    expect(all.map(readGraphContact).filter((reading) => 'skipped' in reading)).toEqual([]);
  });
});
