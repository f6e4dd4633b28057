/** A contact as it is kept: its fields, our reading of its numbers, and everything it is found by. */
import * as z from 'zod/mini';
import { contactFieldsSchema, contactNumberSchema } from '../../shared/contact';
import type { ContactFields, ContactNumber } from '../../shared/contact';
import { nameKeys, numberKeys, sortKey } from '../../shared/directory-keys';
import type { DialPlan } from '../../shared/dial-plan';
import type { NumberReading } from '../../shared/phone-number';
import { fingerprintOf } from './contact-fields';

/** How numbers are read. Handed in; the service's own rules stand in `shared/phone-number.ts`. */
export interface NumberRules {
  /** Total: never throws. */
  read(raw: string, plan: DialPlan): NumberReading;
  /** Changes whenever `read` may answer otherwise: rules, library or plan. */
  version(plan: DialPlan): string;
}

/** What is kept of a contact besides whose it is and where it came from. */
export interface ContactContent {
  readonly fields: ContactFields;
  readonly numbers: readonly ContactNumber[];
  readonly fingerprint: string;
  readonly sortKey: string;
  readonly rulesVersion: string;
  /** Search keys: words of the names and digits of the numbers. */
  readonly keys: readonly string[];
  /** Addresses in the form in which they are looked up. */
  readonly emails: readonly string[];
}

/** Enough to tell names apart in a list; and a cursor, which holds it, stays within its limit of 512. */
const storedSortKeyLength = 100;

export const storedNumbersSchema = z.array(contactNumberSchema);
export const storedFieldsSchema = contactFieldsSchema;

/** The content of a contact whose numbers have been read already. */
export function contentOf(
  fields: ContactFields,
  numbers: readonly ContactNumber[],
  rulesVersion: string,
  fingerprint = fingerprintOf(fields),
): ContactContent {
  return {
    fields,
    numbers,
    fingerprint,
    rulesVersion,
    sortKey: sortKey(fields.displayName).slice(0, storedSortKeyLength),
    keys: keysOf(fields, numbers),
    emails: [...new Set(fields.emails.map(foldEmail))],
  };
}

/** Reads the numbers and makes the content. */
export function readContent(fields: ContactFields, rules: NumberRules, plan: DialPlan): ContactContent {
  return contentOf(fields, readNumbers(fields, rules, plan), rules.version(plan));
}

/** Our reading of each written number, in order. */
export function readNumbers(fields: ContactFields, rules: NumberRules, plan: DialPlan): ContactNumber[] {
  return fields.numbers.map(({ kind, raw }) => ({ kind, ...rules.read(raw, plan) }));
}

/** An address as it is compared: without case, as mail systems treat it. */
export function foldEmail(email: string): string {
  return email.trim().toLowerCase();
}

function keysOf(fields: ContactFields, numbers: readonly ContactNumber[]): string[] {
  const { displayName, givenName, surname, company } = fields;
  const texts = [displayName, givenName, surname, company].filter((text) => text !== undefined);
  return [...new Set([...nameKeys(texts), ...numbers.flatMap(numberKeys)])];
}
