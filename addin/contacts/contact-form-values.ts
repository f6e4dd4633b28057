/** The form of a contact: what stands in it, and what is sent. */
import type { StoredContact } from '../../shared/api/contacts';
import type { ContactFields, WrittenNumber } from '../../shared/contact';
import type { ContactDraft } from '../shell/navigation';

/** Every field as text; an empty one is left out when sent. */
export interface FormValues {
  readonly displayName: string;
  readonly givenName: string;
  readonly surname: string;
  readonly company: string;
  readonly department: string;
  readonly jobTitle: string;
  readonly notes: string;
  readonly numbers: readonly WrittenNumber[];
  readonly emails: readonly string[];
}

/** Fields that are one line of text each, in the order of the form. */
export const textFields = ['displayName', 'givenName', 'surname', 'company', 'department', 'jobTitle'] as const;

const emptyNumber: WrittenNumber = { kind: 'business', raw: '' };

/** The form for a new contact. */
export function valuesOfDraft(draft: ContactDraft): FormValues {
  const numbers = draft.numbers ?? [];
  const emails = draft.emails ?? [];
  return {
    displayName: draft.displayName ?? '',
    givenName: '',
    surname: '',
    company: draft.company ?? '',
    department: '',
    jobTitle: '',
    notes: '',
    numbers: numbers.length > 0 ? numbers : [emptyNumber],
    emails: emails.length > 0 ? emails : [''],
  };
}

/** The form for a contact that is there. */
export function valuesOfContact(contact: StoredContact): FormValues {
  return {
    displayName: contact.displayName,
    givenName: contact.givenName ?? '',
    surname: contact.surname ?? '',
    company: contact.company ?? '',
    department: contact.department ?? '',
    jobTitle: contact.jobTitle ?? '',
    notes: contact.notes ?? '',
    numbers: contact.numbers.length > 0 ? contact.numbers.map(({ kind, raw }) => ({ kind, raw })) : [emptyNumber],
    emails: contact.emails.length > 0 ? contact.emails : [''],
  };
}

/** What is sent; undefined when nothing in it could be shown as a name. */
export function fieldsOf(values: FormValues): ContactFields | undefined {
  const text = (value: string) => value.trim();
  const displayName =
    text(values.displayName) || text(`${text(values.givenName)} ${text(values.surname)}`) || text(values.company);
  if (displayName === '') return undefined;
  const optional = (['givenName', 'surname', 'company', 'department', 'jobTitle', 'notes'] as const)
    .map((name) => [name, text(values[name])] as const)
    .filter(([, value]) => value !== '');
  return {
    displayName,
    ...Object.fromEntries(optional),
    numbers: values.numbers.map(({ kind, raw }) => ({ kind, raw: text(raw) })).filter(({ raw }) => raw !== ''),
    emails: values.emails.map(text).filter((email) => email !== ''),
  };
}

/** Optional fields that the user emptied, as empty texts: an edit that leaves a field out does not change it. */
export function changeOf(values: FormValues, before: StoredContact): Partial<ContactFields> | undefined {
  const fields = fieldsOf(values);
  if (!fields) return undefined;
  const emptied = (['givenName', 'surname', 'company', 'department', 'jobTitle', 'notes'] as const).filter(
    (name) => before[name] !== undefined && fields[name] === undefined,
  );
  return { ...fields, ...Object.fromEntries(emptied.map((name) => [name, ''])) };
}
