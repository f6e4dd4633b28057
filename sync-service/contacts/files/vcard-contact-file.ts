/** vCards (3.0, and what writers of 2.1 and 4.0 put beside it) as contacts. */
import type { NumberKind } from '../../../shared/contact';
import { createRecordCollector } from './collect-records';
import type { RawRecord } from './collect-records';
import { maxRecords } from '../../../shared/contact-file';
import { kindInWords, numberKindOf } from './csv-columns';
import { ContactFileError } from './contact-file';
import type { ContactFile } from './contact-file';
import { pictureOfCard } from './vcard-picture';
import { components, readProperty, unescapeValue, unfold } from './vcard-property';
import type { VCardProperty } from './vcard-property';

/** Properties of one card that are looked at: ten times what the largest real ones have. */
const maxProperties = 2000;

/** Cards within each other; those of real files (an AGENT of 2.1) are two. */
const maxDepth = 20;

const beginsCard = /^\s*BEGIN\s*:\s*VCARD\s*$/i;
const endsCard = /^\s*END\s*:\s*VCARD\s*$/i;

/**
 * @throws ContactFileError `no-vcard`, `vcard-too-deep`, `too-many-records`.
 */
export function readVCards(text: string): ContactFile {
  const collector = createRecordCollector();
  const nested = isBalanced(text);
  if (nested === undefined) {
    throw new ContactFileError(
      'no-vcard',
      'There is no vCard in this file: it should begin with BEGIN:VCARD. Export the contacts as vCard and choose that file.',
    );
  }
  let card: VCardProperty[] | undefined;
  let depth = 0;
  let position = 0;
  const end = () => {
    if (card === undefined) return;
    if (card.length > maxProperties) collector.addTooLarge(position);
    else collector.add(position, toRecord(card));
    card = undefined;
  };
  for (const line of unfold(text)) {
    if (beginsCard.test(line)) {
      // Where a card does not end, the next one is no card inside it, and both have been written to be read.
      if (!nested) {
        end();
        depth = 0;
      }
      depth += 1;
      if (depth > maxDepth) {
        throw new ContactFileError('vcard-too-deep', `There are more than ${maxDepth} cards within each other.`);
      }
      // A card inside a card (an AGENT of 2.1) is somebody else's and not taken.
      if (depth > 1) continue;
      position += 1;
      if (position > maxRecords) {
        throw new ContactFileError(
          'too-many-records',
          `The file holds more than ${maxRecords} contacts. Export it in parts.`,
        );
      }
      card = [];
    } else if (endsCard.test(line)) {
      depth = Math.max(0, depth - 1);
      if (depth === 0) end();
    } else if (depth === 1 && card !== undefined && card.length <= maxProperties) {
      const property = readProperty(line.trimEnd());
      if (property !== undefined) card.push(property);
    }
  }
  // The file was cut off inside a card.
  if (card !== undefined) collector.addUnreadable(position);
  return collector.result();
}

/** Each card that begins ends: then a card inside a card is meant. Undefined where none begins. */
function isBalanced(text: string): boolean | undefined {
  let open = 0;
  let begins = false;
  // Only one behind a blank may be none, but the end of a folded text.
  const borders = /^[ \t]+(?:BEGIN|END)[ \t]*:[ \t]*VCARD[ \t]*$/im.test(text) ? unfold(text) : linesWithBorders(text);
  for (const line of borders) {
    const isBegin = beginsCard.test(line);
    if (!isBegin && !endsCard.test(line)) continue;
    begins ||= isBegin;
    open = Math.max(0, open + (isBegin ? 1 : -1));
  }
  return begins ? open === 0 : undefined;
}

function* linesWithBorders(text: string): Generator<string> {
  for (const [line] of text.matchAll(/^(?:BEGIN|END)[ \t]*:[ \t]*VCARD[ \t]*$/gim)) yield line;
}

function toRecord(card: readonly VCardProperty[]): RawRecord {
  const first = (name: string) =>
    card.find((property) => property.name === name && property.value.trim() !== '')?.value ?? '';
  const [surname = '', givenName = '', middleName = '', , suffix = ''] = components(first('N'));
  const [company = '', department = ''] = components(first('ORG'));
  const emails = card.flatMap(({ name, value }) => {
    const address = unescapeValue(value).replace(/^mailto:/i, '');
    return name === 'EMAIL' && address !== '' ? [address] : [];
  });
  const assembled = [givenName, middleName, surname, suffix].filter((part) => part !== '').join(' ');
  const uid = unescapeValue(first('UID'));
  const picture = pictureOfCard(card);
  // Gathered once: looking them up for each number would take the square of a hostile card.
  const labels = new Map<string, string>();
  for (const { group, name, value } of card) {
    if (group !== '' && name === 'X-ABLABEL' && !labels.has(group)) labels.set(group, value);
  }
  return {
    displayName:
      unescapeValue(first('FN')) || assembled || unescapeValue(first('NICKNAME')) || company || (emails[0] ?? ''),
    givenName,
    surname,
    company,
    department,
    jobTitle: unescapeValue(first('TITLE')),
    notes: unescapeValue(first('NOTE')),
    numbers: card.flatMap((property) => numberOf(property, labels)),
    emails,
    ...(picture === undefined ? {} : { picture }),
    ...(uid === '' ? {} : { uid }),
  };
}

function numberOf(property: VCardProperty, labels: ReadonlyMap<string, string>): RawRecord['numbers'] {
  if (property.name === 'X-SIP' || property.name === 'IMPP') return sipNumberOf(property);
  // X-MS-TEL is where Outlook 2007 puts callback, company and assistant numbers.
  if (property.name !== 'TEL' && property.name !== 'X-MS-TEL') return [];
  const raw = unescapeValue(property.value).replace(/^tel:/i, '');
  if (raw === '') return [];
  const label = labels.get(property.group) ?? '';
  const types = [...property.types].sort().join(',');
  return [
    { kind: kindOf(property.types, label), raw, field: types === '' ? property.name : `${property.name} (${types})` },
  ];
}

/** Telephones write the number of an account for internet telephony beside the others; an address like a mail's is none. */
function sipNumberOf({ name, value }: VCardProperty): RawRecord['numbers'] {
  const raw = unescapeValue(value).replace(/^(?:sip|sips|tel):/i, '');
  return /^\+?\d[\d().\s-]*$/.test(raw) ? [{ kind: 'other', raw, field: name }] : [];
}

/** RFC 2426 §3.3.1 types, Outlook's and Apple's own ones. Fax and pager first: such a number is never for talking. */
function kindOf(types: ReadonlySet<string>, label: string): NumberKind {
  if (types.has('fax')) return 'fax';
  if (types.has('pager')) return 'pager';
  if (types.has('x-internal')) return 'internal';
  if (types.has('cell') || types.has('car') || types.has('iphone')) return 'mobile';
  if (types.has('assistant') || types.has('x-assistant') || /assistant/i.test(label)) return 'assistant';
  if (['company', 'main', 'x-main', 'x-company_main'].some((type) => types.has(type))) return 'main';
  if (types.has('home')) return 'private';
  if (types.has('work')) return 'business';
  // Nothing said but in the words that a person has written beside it.
  return numberKindOf(kindInWords(label)) ?? 'other';
}
