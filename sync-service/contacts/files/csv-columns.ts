/**
 * What the columns of a table are for, by their names: those of Outlook in English and German of all versions since
 * 2003, Thunderbird in both languages, Google, and our own export; then by words that the names of others have in them.
 * Names are compared without case, blanks and signs, because versions differ in them ("Telefon privat 2",
 * "Telefon (privat 2)").
 */
import { numberKinds } from '../../../shared/contact';
import type { NumberKind } from '../../../shared/contact';
import type { ColumnUse } from '../../../shared/contact-file';

const names = (use: ColumnUse, ...all: string[]) => all.map((name) => [foldColumn(name), use] as const);

const known = new Map<string, ColumnUse>([
  ...names('givenName', 'First Name', 'Vorname', 'Given Name'),
  ...names('middleName', 'Middle Name', 'Additional Name', 'Weitere Vornamen'),
  ...names('surname', 'Last Name', 'Nachname', 'Surname', 'Family Name', 'Familienname'),
  ...names('suffix', 'Suffix', 'Name Suffix'),
  ...names('displayName', 'Display Name', 'Name', 'Full Name', 'Anzeigename', 'Vollständiger Name'),
  ...names('company', 'Company', 'Firma', 'Unternehmen', 'Organization', 'Organisation'),
  ...names('company', 'Organization Name', 'Organization 1 - Name'),
  ...names('department', 'Department', 'Abteilung', 'Organization Department', 'Organization 1 - Department'),
  ...names('jobTitle', 'Job Title', 'Position', 'Title of position', 'Arbeitstitel'),
  ...names('jobTitle', 'Organization Title', 'Organization 1 - Title'),
  ...names('notes', 'Notes', 'Notizen'),
  ...names('email', 'E-mail Address', 'E-mail 2 Address', 'E-mail 3 Address', 'Email', 'E-mail'),
  ...names('email', 'E-Mail-Adresse', 'E-Mail 2: Adresse', 'E-Mail 3: Adresse'),
  ...names('email', 'E-Mail-Adresse 2', 'E-Mail-Adresse 3', 'Primary Email', 'Secondary Email'),
  ...names('email', 'Primäre E-Mail-Adresse', 'Sekundäre E-Mail-Adresse'),
  ...names('business', 'Business Phone', 'Business Phone 2', 'Work Phone'),
  ...names('business', 'Telefon geschäftlich', 'Telefon geschäftlich 2', 'Geschäftlich', 'Tel. dienstlich'),
  ...names('mobile', 'Mobile Phone', 'Mobile Phone 2', 'Car Phone', 'Mobile', 'Mobile Number'),
  ...names('mobile', 'Mobiltelefon', 'Mobiltelefon 2', 'Autotelefon', 'Mobil', 'Mobil-Tel.-Nr.', 'Handy'),
  ...names('private', 'Home Phone', 'Home Phone 2', 'Telefon privat', 'Telefon privat 2', 'Tel. privat'),
  ...names('main', 'Company Main Phone', 'Telefon Firma'),
  ...names('assistant', "Assistant's Phone", 'Telefon Assistent'),
  ...names('fax', 'Business Fax', 'Home Fax', 'Other Fax', 'Fax', 'Fax Number'),
  ...names('fax', 'Fax geschäftlich', 'Fax privat', 'Weiteres Fax', 'Fax-Nummer'),
  ...names('pager', 'Pager', 'Pager Number', 'Pager-Nummer'),
  ...names('internal', 'Extension', 'Durchwahl', 'Nebenstelle'),
  ...names('other', 'Other Phone', 'Primary Phone', 'Callback', 'ISDN', 'Radio Phone', 'TTY/TDD Phone'),
  ...names('other', 'Phone', 'Telephone', 'Weiteres Telefon', 'Haupttelefon', 'Rückmeldung', 'Funkruf'),
  ...names('other', 'Telefon für Hörbehinderte', 'Telefon'),
]);

/** Columns of which a table may have any number, for Google and our own export. */
const numbered: readonly (readonly [RegExp, ColumnUse])[] = [
  [/^phone\d+(?:type|label|kind)$/, 'numberKind'],
  [/^phone\d+(?:value)?$/, 'other'],
  [/^e?mail\d+(?:value)?$/, 'email'],
];

/** Columns that sound like others and are not: of streets, of labels, of the same name written for its sound. */
const passedOver =
  /yomi|phonetic|phonetisch|telex|label|type$|typ$|street|stra(?:ß|ss)e|address|adresse|relation|website|webseite|birthday|geburtstag|anniversary/;

/** Words in a name, the more telling first. */
const words: readonly (readonly [RegExp, ColumnUse])[] = [
  [/e?mail/, 'email'],
  [/fax/, 'fax'],
  [/pager/, 'pager'],
  [/mobil|handy|cell|gsm|natel/, 'mobile'],
  [/^privat$/, 'private'],
  [/^(?:dienstlich|büro|work|office)$/, 'business'],
  [/durchwahl|nebenstelle|extension/, 'internal'],
  [/assist/, 'assistant'],
  [/zentrale|switchboard/, 'main'],
  // A house has a number of another kind.
  [/(?:priv|home|zuhause|haus).*(?:tel|phone|fon|ruf)|(?:tel|phone|fon|ruf).*(?:priv|home|zuhause)/, 'private'],
  [/(?:priv|home|zuhause).*(?:nummer|number)/, 'private'],
  [/(?:tel|phone|fon|ruf).*(?:gesch|dienst|arbeit|büro|work|business|office)/, 'business'],
  [/(?:gesch|dienst|arbeit|büro|work|business|office).*(?:tel|phone|fon|ruf)/, 'business'],
  [/telefon|phone|rufnummer|festnetz|landline|^tel|^(?:nummer|number)$/, 'other'],
  [/vorname|firstname|givenname|forename/, 'givenName'],
  [/nachname|lastname|surname|familyname|familienname/, 'surname'],
  [/firma|company|unternehmen|organi[sz]ation/, 'company'],
  [/abteilung|department/, 'department'],
  [/notiz|bemerkung|notes|comment|kommentar/, 'notes'],
];

/** The name of a column without case, blanks and signs. */
function foldColumn(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** What a known program's column of that name is for; undefined when it holds nothing that we keep. */
export function columnUse(name: string): ColumnUse | undefined {
  const folded = foldColumn(name.slice(0, 200));
  return known.get(folded) ?? numbered.find(([pattern]) => pattern.test(folded))?.[1];
}

/** What a column may be for by the words in its name. */
export function likelyColumnUse(name: string): ColumnUse | undefined {
  const folded = foldColumn(name.slice(0, 200));
  return passedOver.test(folded) && !/mail/.test(folded)
    ? undefined
    : words.find(([pattern]) => pattern.test(folded))?.[1];
}

const kindWords: readonly (readonly [RegExp, ColumnUse])[] = [
  [/fax/, 'fax'],
  [/pager/, 'pager'],
  [/mobil|handy|cell|iphone/, 'mobile'],
  [/^internal|intern$/, 'internal'],
  [/assist/, 'assistant'],
  [/main|zentrale/, 'main'],
  [/home|priv/, 'private'],
  [/work|business|geschäft|arbeit|dienst|büro|office/, 'business'],
];

/** The kind that a cell beside a number names, such as Google's "* Work Fax"; undefined where it names none that we know. */
export function kindInWords(text: string): ColumnUse | undefined {
  const folded = foldColumn(text.slice(0, 100));
  return kindWords.find(([pattern]) => pattern.test(folded))?.[1];
}

/** The use as a kind of number; undefined where it is another one. */
export function numberKindOf(use: ColumnUse | undefined): NumberKind | undefined {
  return numberKinds.find((kind) => kind === use);
}
