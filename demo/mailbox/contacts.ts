/**
 * Believable contacts for the demo mailboxes, tests and benches: the same seed gives the same contacts.
 * E-mail domains end in `.example`, numbers see `countries.ts`. Real contact groups cannot be made here: Graph counts
 * them and never returns them, so there is only their number; what looks like a list is a contact with many addresses.
 */
import { countries, type Country } from './countries';
import type { ContactContent, EmailAddressJson, FolderContent, MailboxContents } from './graph-types';
import { createRandom, type Random } from './random';

export interface GenerateOptions {
  readonly seed: string | number;
  /** How many contacts, all folders together. */
  readonly count: number;
}

const folders: readonly FolderContent[] = [
  { key: 'suppliers', name: 'Lieferanten' },
  { key: 'fair', name: 'Messe München', parent: 'suppliers' },
  { key: 'private', name: 'Privat' },
];

const departments = ['Einkauf', 'Vertrieb', 'Buchhaltung', 'Sales', 'Purchasing', 'Geschäftsführung', 'IT'];
const titles = ['Geschäftsführerin', 'Einkäufer', 'Account Manager', 'Projektleiter', 'Buyer', 'Service Technician'];
const notes = [
  'Ruft gern vor neun an.',
  'Messe 2024, Halle B3.\r\nKatalog geschickt.',
  'Nur vormittags erreichbar',
  'Kunde seit 2009\n\nZahlung auf Rechnung',
];
/** Texts in number fields that are no number, no valid one, or more than one. */
const broken = [
  'siehe E-Mail',
  '089 999',
  '+49',
  '+999 123 456',
  '0171 39200',
  '089 99998-12 oder 0171 3920012',
  'n/a',
  '0089 99998123456789012',
  '089 / 99998 l23',
  '???',
];
/** People who are in every mailbox, so that whoever shows the product finds them. */
const cast: readonly (readonly [country: string, given: string, surname: string])[] = [
  ['Danmark', 'Søren', 'Kjærgaard'],
  ['Polska', 'Łukasz', 'Błaszczyk'],
  ['Deutschland', 'Anna', 'Müller'],
  ['Deutschland', 'Jürgen', 'Straß'],
  ['Ελλάδα', 'Ελένη', 'Γεωργίου'],
  ['日本', '美咲', '渡邊'],
];

/** Makes `count` contacts in the default folder and three others. */
export function generateContacts({ seed, count }: GenerateOptions): MailboxContents {
  const random = createRandom(seed);
  const contacts: { folder?: string; contact: ContactContent; hasPhoto?: boolean }[] = [];
  for (let index = 0; index < count; index += 1) {
    const earlier = contacts.length > 20 && random.chance(0.02) ? random.pick(contacts) : undefined;
    const contact = earlier === undefined ? makeContact(random, index) : duplicateOf(earlier.contact, random);
    const folder = chooseFolder(random);
    // Three of ten people have a photo, those at the beginning among them.
    const hasPhoto = contact.givenName !== undefined && (index < cast.length || index % 10 < 3);
    contacts.push({ ...(folder === undefined ? {} : { folder }), contact, ...(hasPhoto ? { hasPhoto } : {}) });
  }
  return { folders, contacts, contactLists: count === 0 ? 0 : 3 };
}

function chooseFolder(random: Random): string | undefined {
  const place = random.next();
  if (place < 0.76) return undefined;
  return place < 0.9 ? 'suppliers' : place < 0.96 ? 'fair' : 'private';
}

function makeContact(random: Random, index: number): ContactContent {
  const member = cast[index];
  if (member !== undefined) {
    const [name, given, surname] = member;
    const home = countries.find((candidate) => candidate.name === name) ?? random.pick(countries);
    return person(random, home, given, surname);
  }
  const home = chooseCountry(random);
  const kind = random.next();
  if (kind < 0.1) return company(random, home);
  if (kind < 0.13) return mailOnly(random, home);
  if (kind < 0.14) return listLike(random);
  if (kind < 0.16) return colleague(random, home);
  return person(random, home, random.pick(home.given), random.pick(home.surnames));
}

function person(random: Random, home: Country, given: string, surname: string): ContactContent {
  const companyName = random.chance(0.75) ? random.pick(home.companies) : undefined;
  const full = home.surnameFirst === true ? `${surname} ${given}` : `${given} ${surname}`;
  const address = addressOf(random, given, surname, companyName);
  // Some address books were filled by programs that set no display name.
  const named = random.chance(0.03) ? {} : { displayName: full };
  return {
    ...named,
    givenName: given,
    surname,
    fileAs: `${surname}, ${given}`,
    ...(companyName === undefined ? {} : { companyName }),
    ...(companyName !== undefined && random.chance(0.4) ? { department: random.pick(departments) } : {}),
    ...(companyName !== undefined && random.chance(0.5) ? { jobTitle: random.pick(titles) } : {}),
    ...phones(random, home, companyName !== undefined),
    ...(random.chance(0.8) ? { emailAddresses: [mail(full, address)] } : {}),
    ...(random.chance(0.1) ? { personalNotes: random.pick(notes) } : {}),
    ...(random.chance(0.08) ? { birthday: birthday(random) } : {}),
    ...(random.chance(0.1) ? { categories: [random.pick(['Kunde', 'Lieferant', 'VIP'])] } : {}),
  };
}

function phones(random: Random, home: Country, atWork: boolean): ContactContent {
  if (random.chance(0.04)) return {};
  if (random.chance(0.03)) return { businessPhones: [random.pick(broken)], mobilePhone: write(random, home.mobile) };
  if (random.chance(0.01)) return { mobilePhone: random.pick(broken) };
  const business = atWork ? [write(random, home.landline)] : [];
  if (atWork && random.chance(0.15)) business.push(write(random, home.landline));
  const mobile = !atWork || random.chance(0.5) ? { mobilePhone: write(random, home.mobile) } : {};
  const home_ = random.chance(atWork ? 0.12 : 0.6) ? { homePhones: [write(random, home.landline)] } : {};
  return { ...(business.length === 0 ? {} : { businessPhones: business }), ...mobile, ...home_ };
}

function company(random: Random, home: Country): ContactContent {
  const companyName = random.pick(home.companies);
  const number = { businessPhones: [write(random, home.landline)] };
  const address = `info@${domainOf(companyName)}`;
  const named = random.chance(0.6) ? { displayName: companyName } : { fileAs: companyName };
  return { ...named, companyName, ...number, emailAddresses: [mail(companyName, address)] };
}

/** Saved from a mail by a click: an address and nothing else, sometimes one that only Exchange understands. */
function mailOnly(random: Random, home: Country): ContactContent {
  const address = addressOf(random, random.pick(home.given), random.pick(home.surnames), undefined);
  const internal = '/o=ExchangeLabs/ou=Exchange Administrative Group/cn=Recipients/cn=demo';
  const emailAddresses = random.chance(0.2)
    ? [{ name: address, address: internal }, { address }]
    : [{ name: address, address }];
  return random.chance(0.5) ? { emailAddresses } : { displayName: address, emailAddresses };
}

function listLike(random: Random): ContactContent {
  const members = Array.from({ length: 3 }, () => {
    const home = chooseCountry(random);
    const [given, surname] = [random.pick(home.given), random.pick(home.surnames)];
    return mail(`${given} ${surname}`, addressOf(random, given, surname, undefined));
  });
  const displayName = `Verteiler ${random.pick(departments)}`;
  return { displayName, fileAs: displayName, emailAddresses: members };
}

/** Somebody of the demo organisation, by the full number of the own block. */
function colleague(random: Random, home: Country): ContactContent {
  const [givenName, surname] = [random.pick(home.given), random.pick(home.surnames)];
  const extension = String(331 + random.below(19));
  const written = random.pick([`+49 89 7007-${extension}`, `089 7007${extension}`, `+49 (89) 7007-${extension}`]);
  const displayName = `${givenName} ${surname}`;
  return { displayName, givenName, surname, department: random.pick(departments), businessPhones: [written] };
}

/** The same person once more, as address books have it: the number written otherwise, no company. */
function duplicateOf(contact: ContactContent, random: Random): ContactContent {
  const respaced = contact.businessPhones?.map((number) =>
    number.replaceAll(/[ ()/-]+/g, random.chance(0.5) ? ' ' : '-'),
  );
  const { displayName, givenName, surname, emailAddresses, mobilePhone } = contact;
  return {
    displayName: displayName ?? null,
    givenName: givenName ?? null,
    surname: surname ?? null,
    mobilePhone: mobilePhone ?? null,
    ...(respaced === undefined ? {} : { businessPhones: respaced.map((number) => number.replace(/^[ -]+/, '')) }),
    ...(emailAddresses === undefined ? {} : { emailAddresses }),
    ...(givenName === undefined && contact.companyName !== undefined ? { companyName: contact.companyName } : {}),
  };
}

function chooseCountry(random: Random): Country {
  const total = countries.reduce((sum, { share }) => sum + share, 0);
  let place = random.below(total);
  return countries.find(({ share }) => (place -= share) < 0) ?? random.pick(countries);
}

function write(random: Random, styles: readonly string[]): string {
  // Digits from 1, so that no extension starts with the switchboard's zero.
  return random.pick(styles).replaceAll('#', () => String(1 + random.below(9)));
}

function birthday(random: Random): string {
  const day = `19${String(50 + random.below(50))}-0${String(1 + random.below(9))}-1${String(random.below(9))}`;
  return random.chance(0.5) ? day : `${day}T11:59:00Z`;
}

function addressOf(random: Random, given: string, surname: string, companyName: string | undefined): string {
  const local = [slug(given), slug(surname)].filter((part) => part !== '').join('.');
  const domain = companyName === undefined ? 'post.example' : domainOf(companyName);
  return `${local === '' ? `kontakt${String(random.below(1000))}` : local}@${domain}`;
}

function domainOf(companyName: string): string {
  const name = slug(companyName.split(' ').slice(0, 2).join(' '));
  return `${name === '' ? 'firma' : name}.example`;
}

function mail(name: string, address: string): EmailAddressJson {
  return { name, address };
}

/** Latin letters of a name for an address: Søren → soeren, Straß → strass. Other scripts leave nothing. */
function slug(text: string): string {
  const spelled = text
    .toLowerCase()
    .replace(/[äæ]/g, 'ae')
    .replace(/[öøœ]/g, 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .replaceAll('ı', 'i');
  return spelled
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, (gap) => (/\s/.test(gap) ? '-' : ''))
    .replace(/^-+|-+$/g, '');
}
