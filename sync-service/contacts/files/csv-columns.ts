/**
 * The columns of Outlook's CSV export, English and German, of all versions since 2003: what each is for.
 * Names are compared without case, blanks and signs, because versions differ in them ("Telefon privat 2",
 * "Telefon (privat 2)").
 */
import type { NumberKind } from '../../../shared/contact';

/** What a column holds. */
export type ColumnRole =
  | { readonly role: 'number'; readonly kind: NumberKind }
  | { readonly role: 'email' }
  | {
      readonly role:
        | 'givenName'
        | 'middleName'
        | 'surname'
        | 'suffix'
        | 'displayName'
        | 'company'
        | 'department'
        | 'jobTitle'
        | 'notes';
    };

const number = (kind: NumberKind, ...names: string[]) => names.map((name) => [name, { role: 'number', kind }] as const);
const text = (role: Exclude<ColumnRole['role'], 'number'>, ...names: string[]) =>
  names.map((name) => [name, { role }] as const);

const columns = new Map<string, ColumnRole>(
  [
    ...text('givenName', 'First Name', 'Vorname', 'Given Name'),
    ...text('middleName', 'Middle Name', 'Weitere Vornamen'),
    ...text('surname', 'Last Name', 'Nachname', 'Surname', 'Family Name'),
    ...text('suffix', 'Suffix'),
    ...text('displayName', 'Display Name', 'Name', 'Full Name', 'Anzeigename', 'Vollständiger Name'),
    ...text('company', 'Company', 'Firma', 'Organization'),
    ...text('department', 'Department', 'Abteilung'),
    ...text('jobTitle', 'Job Title', 'Position', 'Title of position'),
    ...text('notes', 'Notes', 'Notizen'),
    ...text('email', 'E-mail Address', 'E-mail 2 Address', 'E-mail 3 Address', 'Email', 'E-mail'),
    ...text(
      'email',
      'E-Mail-Adresse',
      'E-Mail 2: Adresse',
      'E-Mail 3: Adresse',
      'E-Mail-Adresse 2',
      'E-Mail-Adresse 3',
    ),
    ...number('business', 'Business Phone', 'Business Phone 2', 'Work Phone'),
    ...number('business', 'Telefon geschäftlich', 'Telefon geschäftlich 2', 'Geschäftlich'),
    ...number('mobile', 'Mobile Phone', 'Mobile Phone 2', 'Car Phone', 'Mobile'),
    ...number('mobile', 'Mobiltelefon', 'Mobiltelefon 2', 'Autotelefon', 'Mobil'),
    ...number('private', 'Home Phone', 'Home Phone 2'),
    ...number('private', 'Telefon privat', 'Telefon privat 2'),
    ...number('main', 'Company Main Phone', 'Telefon Firma'),
    ...number('assistant', "Assistant's Phone", 'Telefon Assistent'),
    ...number('fax', 'Business Fax', 'Home Fax', 'Other Fax', 'Fax'),
    ...number('fax', 'Fax geschäftlich', 'Fax privat', 'Weiteres Fax'),
    ...number('pager', 'Pager'),
    ...number(
      'other',
      'Other Phone',
      'Primary Phone',
      'Callback',
      'ISDN',
      'Radio Phone',
      'TTY/TDD Phone',
      'Phone',
      'Telephone',
    ),
    ...number(
      'other',
      'Weiteres Telefon',
      'Haupttelefon',
      'Rückmeldung',
      'Funkruf',
      'Telefon für Hörbehinderte',
      'Telefon',
    ),
  ].map(([name, role]) => [foldColumn(name), role]),
);

/** The name of a column without case, blanks and signs. */
function foldColumn(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** What the column is for; undefined when it holds nothing that we keep. */
export function columnRole(name: string): ColumnRole | undefined {
  return columns.get(foldColumn(name));
}
