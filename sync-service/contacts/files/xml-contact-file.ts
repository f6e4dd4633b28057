/**
 * Contacts in XML (docs/contact-files.md), read as a stream: nothing is built of what is not a contact, and whatever goes
 * beyond a limit ends the reading where it stands. No document type is taken, so there are no entities but the five of XML
 * itself (no expansion, nothing is fetched).
 */
import sax from 'sax';
import { createRecordCollector } from './collect-records';
import type { RawRecord } from './collect-records';
import { maxRecords } from '../../../shared/contact-file';
import { ContactFileError } from './contact-file';
import type { ContactFile } from './contact-file';
import { xmlShapeOf } from './xml-shapes';
import type { XmlShape, XmlText } from './xml-shapes';

/** Elements within each other; a contact needs three, one of a FRITZ!Box five. */
const maxDepth = 16;
/** Elements of one contact; forty numbers, twenty addresses and the texts are seventy. */
const maxElements = 500;
/** UTF-16 units of one text; a longer one is too large for any contact. */
const maxTextLength = 64 * 1024;
/** What the parser is given at once: between two pieces it forgets what it has told. */
const pieceLength = 64 * 1024;

/** A word that the library knows and its types do not: without it the entities of HTML are taken as well. */
const onlyXmlEntities: sax.SAXOptions & { readonly strictEntities: boolean } = { strictEntities: true };

/** An element inside a contact, under way. */
interface Field {
  readonly name: string;
  readonly kind: string | undefined;
  text: string;
}

/** A contact under way. */
interface Draft {
  texts: Partial<Record<XmlText, string>>;
  numbers: { kind: RawRecord['numbers'][number]['kind']; raw: string; field: string }[];
  emails: string[];
  elements: number;
  tooLarge: boolean;
}

/** @throws ContactFileError `xml-broken`, `xml-doctype`, `xml-too-deep`, `xml-unknown`, `too-many-records`. */
export function readXml(text: string): ContactFile {
  const collector = createRecordCollector();
  const parser = sax.parser(true, onlyXmlEntities);
  let depth = 0;
  let position = 0;
  let others = 0;
  let shape: XmlShape | undefined;
  let draft: Draft | undefined;
  let field: Field | undefined;

  parser.onerror = (error) => {
    throw new ContactFileError(
      'xml-broken',
      `The file is not well-formed XML: ${error.message.split('\n').slice(0, 2).join(', ').slice(0, 200)}.`,
      error,
    );
  };
  parser.ondoctype = () => {
    throw new ContactFileError('xml-doctype', 'XML with a document type (<!DOCTYPE …>) is not taken. Remove it.');
  };
  parser.onopentag = ({ name, attributes }) => {
    depth += 1;
    if (depth > maxDepth) {
      throw new ContactFileError('xml-too-deep', `There are more than ${maxDepth} elements within each other.`);
    }
    const local = name.slice(name.indexOf(':') + 1);
    if (depth === 1) shape = xmlShapeOf(local);
    if (shape === undefined) {
      throw new ContactFileError(
        'xml-unknown',
        `The file is XML, but its outermost element is ${local.slice(0, 40)}, not contacts, nor the phonebooks of a FRITZ!Box. Export the contacts as vCard or CSV, or take the template.`,
      );
    }
    const { contactDepth, fieldDepth, kindAttribute } = shape;
    if (shape.levels[depth - 2]?.includes(local) === false) others += 1;
    if (depth === contactDepth && local === 'contact') {
      position += 1;
      if (position > maxRecords) {
        throw new ContactFileError(
          'too-many-records',
          `The file holds more than ${maxRecords} contacts. Export it in parts.`,
        );
      }
      draft = { texts: {}, numbers: [], emails: [], elements: 0, tooLarge: false };
    }
    if (draft === undefined || depth <= contactDepth) return;
    draft.elements += 1;
    if (draft.elements > maxElements) draft.tooLarge = true;
    const kind = attributes[kindAttribute];
    if (depth === fieldDepth) field = { name: local, kind: typeof kind === 'string' ? kind : undefined, text: '' };
  };
  const onText = (part: string) => {
    // Also of an element inside it: a number is not lost because it is marked up.
    if (draft === undefined || field === undefined) return;
    if (field.text.length + part.length > maxTextLength) draft.tooLarge = true;
    else field.text += part;
  };
  parser.ontext = onText;
  parser.oncdata = onText;
  parser.onclosetag = () => {
    depth -= 1;
    if (draft === undefined || shape === undefined) return;
    if (depth === shape.fieldDepth - 1 && field !== undefined) {
      if (!draft.tooLarge) take(draft, field, shape);
      field = undefined;
    } else if (depth === shape.contactDepth - 1) {
      if (draft.tooLarge) collector.addTooLarge(position);
      else collector.add(position, recordOf(draft));
      draft = undefined;
    }
  };

  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (let at = start; at < text.length; at += pieceLength) parser.write(text.slice(at, at + pieceLength));
  parser.close();
  if (position === 0 && others > 0) {
    throw new ContactFileError(
      'xml-unknown',
      'There is no contact inside this file, but other elements. Export the contacts as vCard or CSV, or take the template.',
    );
  }
  return collector.result();
}

function take(draft: Draft, field: Field, shape: XmlShape) {
  const text = field.text.trim();
  const use = shape.fieldOf(field.name);
  if (text === '' || use === undefined) return;
  if (use === 'email') draft.emails.push(text);
  else if (use === 'number') {
    const kind = shape.kindOf(field.kind ?? '') ?? 'other';
    draft.numbers.push({ kind, raw: text, field: `number (${kind})` });
  } else draft.texts[use] ??= text;
}

function recordOf({ texts, numbers, emails }: Draft): RawRecord {
  const text = (name: XmlText) => texts[name] ?? '';
  const name = [text('givenName'), text('surname')].filter((part) => part !== '').join(' ');
  return {
    displayName: text('displayName') || name || text('company') || emails[0] || '',
    givenName: text('givenName'),
    surname: text('surname'),
    company: text('company'),
    department: text('department'),
    jobTitle: text('jobTitle'),
    notes: text('notes'),
    numbers,
    emails,
  };
}
