/** The fields of a contact in the one form in which they are compared and kept, whoever sent them. */
import { createHash } from 'node:crypto';
import { contactFingerprintText } from '../../shared/contact';
import type { ContactFields } from '../../shared/contact';

/**
 * Leaves out what says nothing (blank texts, numbers and addresses) and gives a contact without a name that of its
 * company, else its first address, to be shown by. Numbers stay as written. Undefined when there is nothing to show.
 */
export function tidyFields(fields: ContactFields): ContactFields | undefined {
  const emails = [...new Set(fields.emails.map((email) => email.trim()).filter((email) => email !== ''))];
  const displayName = [fields.displayName, fields.company ?? '', ...emails].map((text) => text.trim()).find(Boolean);
  if (displayName === undefined) return undefined;
  return {
    displayName,
    ...optionalText('givenName', fields.givenName),
    ...optionalText('surname', fields.surname),
    ...optionalText('company', fields.company),
    ...optionalText('department', fields.department),
    ...optionalText('jobTitle', fields.jobTitle),
    numbers: fields.numbers.filter((number) => number.raw.trim() !== ''),
    emails,
    ...optionalText('notes', fields.notes),
  };
}

function optionalText<K extends keyof ContactFields>(key: K, text: string | undefined): { [P in K]?: string } {
  const trimmed = text?.trim() ?? '';
  // The computed key is K; TypeScript widens it to string.
  return (trimmed === '' ? {} : { [key]: trimmed }) as { [P in K]?: string };
}

/** True when any number has a digit: what SYN-3 means by a contact with a phone number. */
export function hasNumber(fields: ContactFields): boolean {
  return fields.numbers.some((number) => /\p{Nd}/u.test(number.raw));
}

/** SHA-256 of the fields' text; equal exactly when the contacts are. */
export function fingerprintOf(fields: ContactFields): string {
  return createHash('sha256').update(contactFingerprintText(fields)).digest('base64url');
}

/**
 * What two contacts are the same by for a person: the fields without the order of numbers and addresses, without case in
 * addresses, kinds of blanks and of line ends. Formats differ in how they write these.
 */
export function sameness(fields: ContactFields): string {
  const plain = (text: string | undefined) => (text ?? '').replace(/\s+/g, ' ').trim();
  const text = JSON.stringify([
    [fields.displayName, fields.givenName, fields.surname, fields.company].map(plain),
    [fields.department, fields.jobTitle, fields.notes].map(plain),
    fields.numbers.map(({ kind, raw }) => `${kind} ${plain(raw)}`).sort(),
    fields.emails.map((email) => plain(email).toLowerCase()).sort(),
  ]);
  return createHash('sha256').update(text).digest('base64url');
}
