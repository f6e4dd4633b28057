/**
 * Whom the large installation of the bench knows: what contacts hold, who has how many of them, and the colleagues. The
 * same on every machine and in both databases.
 */
import { generateContacts } from '../../demo/mailbox/contacts';
import { createRandom } from '../../demo/mailbox/random';
import { readGraphContact } from '../../shared/mailbox/graph-contact';
import type { ContactFields } from '../../shared/contact';
import { readContent } from '../../sync-service/contacts/contact-record';
import type { ContactContent, NumberRules } from '../../sync-service/contacts/contact-record';
import { munich } from '../fixtures/dial-plans';

/** Different contacts. A prime, so that every stride through them meets each once. */
export const poolSize = 20_011;

/** German family names are mostly made of two parts; some thousand of them, as many as a large address book has. */
const first =
  'Alt Baum Berg Birken Brand Breiten Buch Burg Dietz Dorn Ebers Eichen Engel Erlen Falken Feld Fichten Frei Fried Gold Grün Haber Hahn Hart Hasel Heil Heiden Hein Hirsch Hof Hohen Kalten Kirch Klein König Korn Krumm Lang Lauter Linden Mühl Neu Nieder Ober Ohlen Ost Pfaffen Reich Rosen Roth Sand Schön Schwarz See Stein Sommer Stein Tal Tannen Unter Vogel Wald Weiden Weiß Wiesen Winter Wolfs Ziegel'.split(
    ' ',
  );
const second =
  'ach auer bach bacher bauer baum beck berg berger born brink bruch burger dorf dorfer eder egger felder fels hagen hammer haus hauser heim heimer hofer hoff holz huber inger könig kamp kötter land lehner ler loher maier mann meier meister meyer müller öhler reiter reuter rieder scheid schmidt stein steiner tal thaler wald wanger weiler wieser'.split(
    ' ',
  );
const given =
  'Aaron Alexander Amelie Andreas Anja Anna Annika Barbara Beate Ben Birgit Björn Charlotte Christa Christian Claudia Clara Daniel David Dirk Elias Elke Emil Emma Erika Eva Fabian Felix Finn Florian Frank Franziska Georg Gerhard Gisela Greta Günther Hannah Hans Heike Heinz Helga Henri Ingrid Jakob Jan Jana Johanna Jonas Jörg Josef Julia Jürgen Karin Karl Katharina Klaus Kristin Lara Laura Lea Lena Leon Lina Lukas Manfred Maria Marie Marion Markus Martin Matthias Max Mia Michael Monika Moritz Nadine Nico Nina Norbert Olaf Oskar Paul Peter Petra Philipp Rainer Ralf Renate Sabine Sarah Sebastian Silke Simon Sofia Stefan Susanne Sven Thomas Tim Tobias Ulrike Ursula Uwe Vera Werner Wolfgang Yvonne Zoe'.split(
    ' ',
  );

export function nameOf(n: number): { readonly given: string; readonly surname: string } {
  const random = createRandom(`name ${n}`);
  return { given: random.pick(given), surname: random.pick(first) + random.pick(second) };
}

/** The contacts that address books are filled from: those of the demo, most of them with a name of their own. */
export function largePool(rules: NumberRules): ContactContent[] {
  const pool: ContactContent[] = [];
  for (const { contact } of generateContacts({ seed: 11, count: Math.ceil(poolSize * 1.1) }).contacts) {
    const reading = readGraphContact(contact);
    if ('skipped' in reading) continue;
    const n = pool.length;
    if (n === poolSize) break;
    pool.push(readContent(withOwnName(reading.contact, n), rules, munich));
  }
  if (pool.length < poolSize) throw new Error(`Only ${pool.length} contacts`);
  return pool;
}

/** A number that nobody else has, so that a caller is found by it; four of five have a rare name. */
function withOwnName(fields: ContactFields, n: number): ContactFields {
  const numbers = [{ kind: 'business' as const, raw: numberOf(n) }, ...fields.numbers.slice(1)];
  if (n % 5 === 0 || fields.surname === undefined) return { ...fields, numbers };
  const { given: givenName, surname } = nameOf(n);
  return { ...fields, numbers, displayName: `${givenName} ${surname}`, givenName, surname };
}

export function numberOf(n: number): string {
  return `+49 89 ${5_000_000 + n * 37}`;
}

export interface Owner {
  readonly id: string;
  /** Contacts. */
  readonly size: number;
  /** Which of the pool he has: `start`, `start + stride` and so on. */
  readonly start: number;
  readonly stride: number;
}

/** Every twentieth has 3,000 contacts, the others some 370: on average 500. */
export function largeOwners(count: number): Owner[] {
  return Array.from({ length: count }, (_, n) => ({
    id: userIdOf(n),
    size: n % 20 === 7 ? 3000 : n % 2 === 0 ? 368 : 369,
    start: (n * 7919) % poolSize,
    stride: 1 + ((n * 104_729) % (poolSize - 1)),
  }));
}

/** Users are numbered; the first of them own contacts. As long as an id of the service. */
export function userIdOf(n: number): string {
  return `01890000-0000-7000-8000-${String(100_000_000_000 + n)}`;
}

/** Place in the pool of an owner's contact. */
export function placeOf({ start, stride }: Owner, index: number): number {
  return (start + index * stride) % poolSize;
}
