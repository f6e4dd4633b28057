/** The two ways of writing contacts in XML that are read: our own, and the telephone book of a FRITZ!Box. */
import { numberKinds } from '../../../shared/contact';
import type { NumberKind } from '../../../shared/contact';
import { kindInWords, numberKindOf } from './csv-columns';

export const xmlTexts = ['displayName', 'givenName', 'surname', 'company', 'department', 'jobTitle', 'notes'] as const;
export type XmlText = (typeof xmlTexts)[number];

export interface XmlShape {
  /** The outermost element is 1 deep. */
  readonly contactDepth: number;
  readonly fieldDepth: number;
  /** What may stand within the outermost element, level by level, down to where contacts do. */
  readonly levels: readonly (readonly string[])[];
  /** What an element inside a contact holds; undefined for one that is passed over. */
  fieldOf(name: string): XmlText | 'number' | 'email' | undefined;
  /** The attribute that says of what kind a number is, and how to read it. */
  readonly kindAttribute: string;
  kindOf(written: string): NumberKind | undefined;
}

const own: XmlShape = {
  contactDepth: 2,
  fieldDepth: 3,
  levels: [['contact']],
  fieldOf: (name) => (name === 'number' || name === 'email' ? name : xmlTexts.find((text) => text === name)),
  kindAttribute: 'kind',
  kindOf: (written) => numberKinds.find((kind) => kind === written.trim().toLowerCase()),
};

/** `phonebooks/phonebook/contact`, its fields within `person`, `telephony` and `services`. */
const fritzBox: XmlShape = {
  contactDepth: 3,
  fieldDepth: 5,
  levels: [['phonebook'], ['contact', 'timestamp']],
  fieldOf: (name) => (name === 'realName' ? 'displayName' : name === 'number' || name === 'email' ? name : undefined),
  kindAttribute: 'type',
  // `home`, `work`, `mobile`, `fax_work`, or `label:` with a person's own word.
  kindOf: (written) => numberKindOf(kindInWords(written)),
};

/** By the outermost element; undefined where it is of something else. */
export function xmlShapeOf(outermost: string): XmlShape | undefined {
  return outermost === 'contacts' ? own : outermost === 'phonebooks' ? fritzBox : undefined;
}
