/**
 * Reading a file of contacts as background work: 20 MB take seconds, which the main thread has not (DESIGN §6). With the
 * contacts come the numbers that cannot be read.
 */
import * as z from 'zod/mini';
import { contactFieldsSchema, numberProblems } from '../../shared/contact';
import type { DialPlan } from '../../shared/dial-plan';
import { dialPlanSchema } from '../../shared/dial-plan';
import { ServiceError } from '../../shared/errors';
import type { NumberReading } from '../../shared/phone-number';
import { defineJob, handleJob } from '../database/background-work';
import type { JobHandler } from '../database/background-work';
import { ContactFileError } from './files/contact-file';
import type { ContactFile, FileContact } from './files/contact-file';
import { readCsv } from './files/csv-contact-file';
import { decodeText } from './files/decode-text';
import { readVCards } from './files/vcard-contact-file';

export const fileFormats = ['csv', 'vcard'] as const;
export type FileFormat = (typeof fileFormats)[number];

export const readFileJob = defineJob(
  'contacts.read-file',
  z.object({
    format: z.enum(fileFormats),
    /** IANA name; found out where absent. */
    charset: z.optional(z.string()),
    bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
    dialPlan: dialPlanSchema,
  }),
  z.object({
    contacts: z.array(z.object({ position: z.number(), itemId: z.string(), fields: contactFieldsSchema })),
    skipped: z.array(
      z.object({ position: z.number(), reason: z.enum(['no-name', 'too-large', 'unreadable', 'duplicate']) }),
    ),
    problems: z.array(
      z.object({ position: z.number(), field: z.string(), raw: z.string(), problem: z.enum(numberProblems) }),
    ),
  }),
);

interface Rules {
  read(raw: string, plan: DialPlan): NumberReading;
}

/** @throws ServiceError `file-unreadable` with the reason. */
export function createReadFileHandler({ rules }: { readonly rules: Rules }): JobHandler {
  return handleJob(readFileJob, ({ format, charset, bytes, dialPlan }) => {
    const file = read(bytes, format, charset);
    return Promise.resolve({
      contacts: file.contacts.map(({ position, itemId, fields }) => ({ position, itemId, fields })),
      skipped: [...file.skipped],
      problems: file.contacts.flatMap((contact) => problemsOf(contact, dialPlan, rules)),
    });
  });
}

function read(bytes: Uint8Array, format: FileFormat, charset: string | undefined): ContactFile {
  try {
    const text = decodeText(bytes, charset);
    return format === 'csv' ? readCsv(text) : readVCards(text);
  } catch (error) {
    if (!(error instanceof ContactFileError)) throw error;
    throw new ServiceError('file-unreadable', error.message, { details: [{ reason: error.problem }], cause: error });
  }
}

function problemsOf(contact: FileContact, plan: DialPlan, rules: Rules) {
  return contact.fields.numbers.flatMap(({ raw }, index) => {
    const { problem } = rules.read(raw, plan);
    if (problem === undefined) return [];
    return [{ position: contact.position, field: contact.numberFields[index] ?? '', raw, problem }];
  });
}
