/**
 * Microsoft Graph's `contact` as it comes in JSON, and what becomes of it: a contact, or the reason why not.
 * Graph names only business, home and mobile numbers; fax, pager, assistant and others are extended properties, which
 * Graph does not document for delta queries, so they are left out. Personal contact lists are never returned by Graph.
 */
import * as z from 'zod/mini';
import { contactFieldsSchema, type ContactFields, type NumberKind, type WrittenNumber } from '../contact';
import type { SkipReason } from '../contact-sync';

const text = z.optional(z.nullable(z.string()));
const texts = z.optional(z.nullable(z.array(z.nullable(z.string()))));

/** The selected properties of a contact. Any may be null; absent ones were not sent. Others are ignored. */
export const graphContactSchema = z.object({
  displayName: text,
  givenName: text,
  surname: text,
  fileAs: text,
  companyName: text,
  department: text,
  jobTitle: text,
  businessPhones: texts,
  mobilePhone: text,
  homePhones: texts,
  emailAddresses: z.optional(z.nullable(z.array(z.nullable(z.object({ name: text, address: text }))))),
  personalNotes: text,
});
export type GraphContact = z.infer<typeof graphContactSchema>;

/** What is asked of Graph with `$select`; `id` always comes. */
export const selectedProperties = Object.keys(graphContactSchema.shape);

/** An item of a delta page. Ids beyond the limit of a sync batch are not ids of Exchange. */
export const graphItemSchema = z.looseObject({
  id: z.string().check(z.minLength(1), z.maxLength(1024)),
  '@removed': z.optional(z.unknown()),
});

/** Whether Graph sent every selected property. After a small change it sends the changed ones only. */
export function isComplete(item: Readonly<Record<string, unknown>>): boolean {
  return selectedProperties.every((property) => property in item);
}

/** A contact, or why there is none. */
export type GraphReading =
  | { readonly contact: ContactFields }
  | { readonly skipped: Extract<SkipReason, 'no-name' | 'too-large' | 'unreadable'>; readonly name?: string };

/** Reads Graph's contact. Total: never throws. */
export function readGraphContact(item: unknown): GraphReading {
  const parsed = graphContactSchema.safeParse(item);
  if (!parsed.success) return { skipped: 'unreadable' };
  const source = parsed.data;
  const emails = readEmails(source);
  const displayName = nameOf(source, emails);
  if (displayName === undefined) return { skipped: 'no-name' };
  const notes = clean(source.personalNotes ?? '').trim();
  const contact = contactFieldsSchema.safeParse({
    displayName,
    ...optional('givenName', line(source.givenName)),
    ...optional('surname', line(source.surname)),
    ...optional('company', line(source.companyName)),
    ...optional('department', line(source.department)),
    ...optional('jobTitle', line(source.jobTitle)),
    numbers: readNumbers(source),
    emails,
    ...optional('notes', notes === '' ? undefined : notes),
  });
  return contact.success ? { contact: contact.data } : { skipped: 'too-large', name: displayName.slice(0, 256) };
}

function nameOf(source: GraphContact, emails: readonly string[]): string | undefined {
  const parts = [line(source.givenName), line(source.surname)].filter((part) => part !== undefined).join(' ');
  const mailName = source.emailAddresses?.map((email) => line(email?.name)).find((name) => name !== undefined);
  return (
    line(source.displayName) ??
    (parts === '' ? undefined : parts) ??
    line(source.fileAs) ??
    line(source.companyName) ??
    mailName ??
    emails[0]
  );
}

function readNumbers(source: GraphContact): WrittenNumber[] {
  const written: readonly (readonly [NumberKind, readonly (string | null)[]])[] = [
    ['business', source.businessPhones ?? []],
    ['mobile', [source.mobilePhone ?? null]],
    ['private', source.homePhones ?? []],
  ];
  const numbers = new Map<string, WrittenNumber>();
  for (const [kind, raws] of written) {
    for (const raw of raws) {
      const kept = clean(raw ?? '');
      if (kept.trim() !== '') numbers.set(`${kind} ${kept}`, { kind, raw: kept });
    }
  }
  return [...numbers.values()];
}

/** SMTP addresses once each. Exchange also stores internal ones (`/o=…/cn=…`), which nobody outside can use. */
function readEmails(source: GraphContact): string[] {
  const emails = new Map<string, string>();
  for (const email of source.emailAddresses ?? []) {
    const address = line(email?.address);
    if (address === undefined || address.startsWith('/') || !address.includes('@')) continue;
    const key = address.toLowerCase();
    if (!emails.has(key)) emails.set(key, address);
  }
  return [...emails.values()];
}

/** Without what no database takes: NUL and halves of surrogate pairs. */
function clean(value: string): string {
  return value.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** One line of text without control characters; undefined where nothing is left. */
function line(value: string | null | undefined): string | undefined {
  const kept = clean(value ?? '')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
  return kept === '' ? undefined : kept;
}

function optional<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  const entry: Partial<Record<K, string>> = {};
  if (value !== undefined) entry[key] = value;
  return entry;
}
