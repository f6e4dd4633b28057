/**
 * A contact as it comes from a source (Outlook, a file, the hand) and as it stands in a directory.
 * Names follow Microsoft Graph's `contact`. `raw` of a number is the truth; every other form is computed from it.
 */
import * as z from 'zod/mini';

/** What a number is for. `main` is the company's switchboard. Order is the order of display. */
export const numberKinds = [
  'internal',
  'business',
  'mobile',
  'private',
  'main',
  'other',
  'assistant',
  'fax',
  'pager',
] as const;
export type NumberKind = (typeof numberKinds)[number];

/** Why a written number could not be read. Stable words; the pane has a sentence for each. */
export const numberProblems = [
  /** No digit in it. */
  'empty',
  /** Letters or signs that no reading explains. */
  'not-a-number',
  /** More than one number, and they could not be told apart. */
  'several-numbers',
  'too-short',
  'too-long',
  /** Country code that ITU has not given out. */
  'unknown-country',
  /** Well formed, but such a number does not exist in its country's plan. */
  'invalid-for-country',
  /** An emergency or short number: it has no canonical form and is dialled as it is. */
  'short-number',
  /** Looks internal, but the site's extensions are of another length. */
  'not-an-extension',
] as const;
export type NumberProblem = (typeof numberProblems)[number];

/** Names a stored picture by its content: the SHA-256 of its bytes in base64url. The same picture has the same name. */
export const pictureHashSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));

/** Limits on one contact. A longer text is cut off nowhere: the contact is refused or skipped with the reason. */
export const contactLimits = { text: 256, notes: 8000, numbers: 40, emails: 20 } as const;

const text = z.string().check(z.maxLength(contactLimits.text));

/** A number as written at the source. */
export const writtenNumberSchema = z.object({ kind: z.enum(numberKinds), raw: text });
export type WrittenNumber = z.infer<typeof writtenNumberSchema>;

/** A further number of a field that holds several, such as `089 123456 / 0171 1234567`. */
export const furtherNumberSchema = z.object({
  e164: z.optional(z.string()),
  display: z.optional(z.string()),
  dialable: z.optional(z.string()),
  extension: z.optional(z.string()),
  assumed: z.optional(z.enum(['country', 'area'])),
});
export type FurtherNumber = z.infer<typeof furtherNumberSchema>;

/** The number with everything known of it. Exactly one of `e164`, `extension`, `problem` is there at least. */
export const contactNumberSchema = z.object({
  kind: z.enum(numberKinds),
  /** As written at the source, unchanged: the truth. */
  raw: z.string(),
  /** ITU E.164 with plus sign, such as `+4989700798765`. */
  e164: z.optional(z.string()),
  /** Canonical form for people: `+49 (89) 7007-98765` (NUM-1). */
  display: z.optional(z.string()),
  /** As one would dial it at a desk phone of the site, trunk access code included (NUM-2). */
  dialable: z.optional(z.string()),
  /** Own extension when the number is inside the site's block, else digits to dial after the connection. */
  extension: z.optional(z.string()),
  /** What was not written and is assumed to be the site's own: the country code, or country and area code. */
  assumed: z.optional(z.enum(['country', 'area'])),
  /** The second and later numbers of a field that holds several; the forms above are the first one's. */
  further: z.optional(z.array(furtherNumberSchema).check(z.maxLength(7))),
  problem: z.optional(z.enum(numberProblems)),
});
export type ContactNumber = z.infer<typeof contactNumberSchema>;

/** The fields of a contact that travel from a source to the directory. */
export const contactFieldsSchema = z.object({
  displayName: text,
  givenName: z.optional(text),
  surname: z.optional(text),
  company: z.optional(text),
  department: z.optional(text),
  jobTitle: z.optional(text),
  numbers: z.array(writtenNumberSchema).check(z.maxLength(contactLimits.numbers)),
  emails: z.array(text).check(z.maxLength(contactLimits.emails)),
  notes: z.optional(z.string().check(z.maxLength(contactLimits.notes))),
});
export type ContactFields = z.infer<typeof contactFieldsSchema>;

/** Where a contact of the personal directory came from. */
export const contactOriginSchema = z.discriminatedUnion('type', [
  /** Typed by the user, or an import that the user edited (SYN-7). */
  z.object({
    type: z.literal('hand'),
    detachedFrom: z.optional(z.object({ account: z.string(), itemId: z.string() })),
  }),
  z.object({ type: z.literal('imported'), account: z.string(), itemId: z.string() }),
]);
export type ContactOrigin = z.infer<typeof contactOriginSchema>;

/**
 * A stable text of the fields, equal exactly when the contacts are: keys in fixed order, absent ones left out.
 * Used to tell changed from unchanged; hash it where it is stored or travels.
 */
export function contactFingerprintText(fields: ContactFields): string {
  return JSON.stringify([
    fields.displayName,
    fields.givenName ?? null,
    fields.surname ?? null,
    fields.company ?? null,
    fields.department ?? null,
    fields.jobTitle ?? null,
    fields.numbers.map((number) => [number.kind, number.raw]),
    fields.emails,
    fields.notes ?? null,
  ]);
}
