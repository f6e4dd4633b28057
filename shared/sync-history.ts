/** What is told of past syncs and of plans that wait for a person's word. */
import * as z from 'zod/mini';
import { contactFieldsSchema, contactNumberSchema } from './contact';
import type { ContactFields, ContactNumber } from './contact';

/** How a sync ended. */
export const syncEnds = ['done', 'undone', 'cancelled', 'failed', 'interrupted'] as const;
export type SyncEnd = (typeof syncEnds)[number];

/** By what a sync was started. */
export const syncTriggers = ['button', 'ribbon', 'schedule', 'unattended', 'file'] as const;
export type SyncTrigger = (typeof syncTriggers)[number];

/** Why a sync was given up: at a person's wish, by the state of its source (as `SourceFailure`), or otherwise. */
export const syncEndReasons = [
  'cancelled',
  'refused',
  'sign-in-needed',
  'consent-needed',
  'forbidden',
  'on-premises',
  'unreachable',
  'throttled',
  'not-understood',
  'failed',
] as const;
export type SyncEndReason = (typeof syncEndReasons)[number];

export const syncChangeKinds = ['added', 'changed', 'removed'] as const;
export type SyncChangeKind = (typeof syncChangeKinds)[number];

/** A contact as it was or will be, with our reading of its numbers. */
export const contactImageSchema = z.object({
  ...contactFieldsSchema.shape,
  numbers: z.array(contactNumberSchema),
});
export type ContactImage = z.infer<typeof contactImageSchema>;

/** Fields in the order in which they are shown. */
export const differenceFields = [
  'displayName',
  'givenName',
  'surname',
  'company',
  'department',
  'jobTitle',
  'numbers',
  'emails',
  'notes',
] as const satisfies readonly (keyof ContactFields)[];
export type DifferenceField = (typeof differenceFields)[number];

/** One field that is not the same. A list is one text, its entries apart by commas. */
export interface FieldDifference {
  readonly field: DifferenceField;
  readonly before: string;
  readonly after: string;
}

/**
 * The fields in which two images differ; an image that is not there has empty fields. Numbers are compared as they are
 * written and shown in canonical form: where only the writing differs, as they are written.
 */
export function differencesOf(
  before: ContactImage | undefined,
  after: ContactImage | undefined,
  nameOfKind: (kind: ContactNumber['kind']) => string,
): FieldDifference[] {
  return differenceFields.flatMap((field): FieldDifference[] => {
    if (textOf(before, field, writtenOf) === textOf(after, field, writtenOf)) return [];
    const shown = (image: ContactImage | undefined) =>
      textOf(image, field, (number) => `${nameOfKind(number.kind)}: ${number.display ?? number.raw}`);
    const written = (image: ContactImage | undefined) =>
      textOf(image, field, (number) => `${nameOfKind(number.kind)}: ${number.raw}`);
    const read = shown(before) === shown(after) ? written : shown;
    return [{ field, before: read(before), after: read(after) }];
  });
}

const writtenOf = ({ kind, raw }: ContactNumber): string => `${kind} ${raw}`;

function textOf(
  image: ContactImage | undefined,
  field: DifferenceField,
  numberText: (number: ContactNumber) => string,
): string {
  if (image === undefined) return '';
  if (field === 'numbers') return image.numbers.map(numberText).join(', ');
  if (field === 'emails') return image.emails.join(', ');
  return image[field] ?? '';
}
