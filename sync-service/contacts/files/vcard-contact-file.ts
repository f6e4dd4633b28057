/** vCards (3.0, and what writers of 2.1 and 4.0 put beside it) as contacts. */
import type { NumberKind } from '../../../shared/contact';
import { createRecordCollector } from './collect-records';
import type { RawRecord } from './collect-records';
import { ContactFileError, maxRecords } from './contact-file';
import type { ContactFile } from './contact-file';
import { components, readProperty, unescapeValue, unfold } from './vcard-property';
import type { VCardProperty } from './vcard-property';

/** Properties of one card that are looked at: ten times what the largest real ones have. */
const maxProperties = 2000;

/**
 * @throws ContactFileError `no-vcard`, `too-many-records`.
 */
export function readVCards(text: string): ContactFile {
  const collector = createRecordCollector();
  let card: VCardProperty[] | undefined;
  let depth = 0;
  let position = 0;
  for (const line of unfold(text)) {
    if (/^\s*BEGIN\s*:\s*VCARD\s*$/i.test(line)) {
      depth += 1;
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
    } else if (/^\s*END\s*:\s*VCARD\s*$/i.test(line)) {
      depth = Math.max(0, depth - 1);
      if (depth > 0 || card === undefined) continue;
      if (card.length > maxProperties) collector.addTooLarge(position);
      else collector.add(position, toRecord(card));
      card = undefined;
    } else if (depth === 1 && card !== undefined && card.length <= maxProperties) {
      const property = readProperty(line.trimEnd());
      if (property !== undefined) card.push(property);
    }
  }
  // The file was cut off inside a card.
  if (card !== undefined) collector.addUnreadable(position);
  if (position === 0) {
    throw new ContactFileError(
      'no-vcard',
      'There is no vCard in this file: it should begin with BEGIN:VCARD. Export the contacts as vCard and choose that file.',
    );
  }
  return collector.result();
}

function toRecord(card: readonly VCardProperty[]): RawRecord {
  const first = (name: string) =>
    card.find((property) => property.name === name && property.value.trim() !== '')?.value ?? '';
  const [surname = '', givenName = '', middleName = '', , suffix = ''] = components(first('N'));
  const [company = '', department = ''] = components(first('ORG'));
  const emails = card.flatMap(({ name, value }) => {
    const address = unescapeValue(value).replace(/^mailto:/i, '');
    return name === 'EMAIL' && address.includes('@') ? [address] : [];
  });
  const assembled = [givenName, middleName, surname, suffix].filter((part) => part !== '').join(' ');
  const uid = unescapeValue(first('UID'));
  return {
    displayName:
      unescapeValue(first('FN')) || assembled || unescapeValue(first('NICKNAME')) || company || (emails[0] ?? ''),
    givenName,
    surname,
    company,
    department,
    jobTitle: unescapeValue(first('TITLE')),
    notes: unescapeValue(first('NOTE')),
    numbers: card.flatMap((property) => numberOf(property, card)),
    emails,
    ...(uid === '' ? {} : { uid }),
  };
}

function numberOf(property: VCardProperty, card: readonly VCardProperty[]): RawRecord['numbers'] {
  // X-MS-TEL is where Outlook 2007 puts callback, company and assistant numbers.
  if (property.name !== 'TEL' && property.name !== 'X-MS-TEL') return [];
  const raw = unescapeValue(property.value).replace(/^tel:/i, '');
  if (raw === '') return [];
  const label =
    card.find(({ group, name }) => group !== '' && group === property.group && name === 'X-ABLABEL')?.value ?? '';
  const types = [...property.types].sort().join(',');
  return [
    { kind: kindOf(property.types, label), raw, field: types === '' ? property.name : `${property.name} (${types})` },
  ];
}

/** RFC 2426 §3.3.1 types, Outlook's and Apple's own ones. Fax and pager first: such a number is never for talking. */
function kindOf(types: ReadonlySet<string>, label: string): NumberKind {
  if (types.has('fax')) return 'fax';
  if (types.has('pager')) return 'pager';
  if (types.has('cell') || types.has('car') || types.has('iphone')) return 'mobile';
  if (types.has('assistant') || /assistant/i.test(label)) return 'assistant';
  if (types.has('company') || types.has('main')) return 'main';
  if (types.has('home')) return 'private';
  if (types.has('work')) return 'business';
  return 'other';
}
