/** The personal directory and its imports from files. */
import * as z from 'zod/mini';
import {
  contactFieldsSchema,
  contactNumberSchema,
  contactOriginSchema,
  numberProblems,
  pictureHashSchema,
} from '../contact';
import { idParams, pageQuery } from './common';
import { route } from './route';

/** A contact of the personal directory. */
export const contactSchema = z.object({
  ...contactFieldsSchema.shape,
  id: z.string(),
  /** Grows by one with each change; an edit names it in If-Match. */
  version: z.number(),
  numbers: z.array(contactNumberSchema),
  origin: contactOriginSchema,
  /** Its picture, to be had at `GET /pictures/{hash}`. */
  picture: z.optional(pictureHashSchema),
  updatedAt: z.string(),
});
export type StoredContact = z.infer<typeof contactSchema>;

export const listContacts = route({
  name: 'listContacts',
  method: 'GET',
  path: '/contacts',
  access: 'user',
  summary: 'Own contacts by name, page by page.',
  query: pageQuery,
  status: 200,
  response: z.object({ items: z.array(contactSchema), nextCursor: z.optional(z.string()) }),
  errors: [],
});

export const createContact = route({
  name: 'createContact',
  method: 'POST',
  path: '/contacts',
  access: 'user',
  summary: 'Add a contact by hand.',
  body: contactFieldsSchema,
  status: 201,
  response: contactSchema,
  errors: [],
});

export const getContact = route({
  name: 'getContact',
  method: 'GET',
  path: '/contacts/{id}',
  access: 'user',
  summary: 'One own contact.',
  params: idParams,
  status: 200,
  response: contactSchema,
  errors: ['not-found'],
});

export const changeContact = route({
  name: 'changeContact',
  method: 'PATCH',
  path: '/contacts/{id}',
  access: 'user',
  summary: 'Change some fields. An imported contact becomes one added by hand (SYN-7).',
  params: idParams,
  body: z.partial(contactFieldsSchema),
  ifMatch: true,
  status: 200,
  response: contactSchema,
  errors: ['not-found', 'version-conflict', 'version-required'],
});

export const deleteContact = route({
  name: 'deleteContact',
  method: 'DELETE',
  path: '/contacts/{id}',
  access: 'user',
  summary: 'Delete one contact. An import that is deleted by hand does not come back with the next sync.',
  params: idParams,
  ifMatch: true,
  status: 204,
  errors: ['not-found', 'version-conflict', 'version-required'],
});

export const deleteImportedContacts = route({
  name: 'deleteImportedContacts',
  method: 'DELETE',
  path: '/contacts',
  access: 'user',
  summary: 'Delete every imported contact and no hand-made one (SYN-8). The next sync starts from zero.',
  query: z.object({ origin: z.literal('imported') }),
  status: 200,
  response: z.object({ removed: z.number() }),
  errors: [],
});

export const importSkipReasons = [
  'no-name',
  'no-number',
  'too-large',
  'unreadable',
  'kept-by-hand',
  'duplicate',
] as const;

export const importResultSchema = z.object({
  added: z.number(),
  changed: z.number(),
  removed: z.number(),
  unchanged: z.number(),
  /** `position` counts records from 1, the header line not counted. */
  skipped: z.array(z.object({ position: z.number(), reason: z.enum(importSkipReasons) })),
  problems: z.array(
    z.object({
      position: z.number(),
      /** Column or property that held the number. */
      field: z.string(),
      raw: z.string(),
      problem: z.enum(numberProblems),
    }),
  ),
});
export type ImportResult = z.infer<typeof importResultSchema>;

/** Why a whole file is refused: the `reason` in the details of `file-unreadable`. Nothing is changed then. */
export const fileProblems = [
  /** No bytes, or only blanks. */
  'empty',
  /** Not text: a picture, an archive, a document of Office. */
  'binary',
  'charset-unknown',
  /** The bytes are not of the character set that was named. */
  'charset-wrong',
  /** No line is a CSV header that Outlook writes. */
  'header-unknown',
  /** Quotes that do not end, or the like. */
  'csv-broken',
  /** No `BEGIN:VCARD` in it. */
  'no-vcard',
  'too-many-records',
] as const;
export type FileProblem = (typeof fileProblems)[number];

export const importContacts = route({
  name: 'importContacts',
  method: 'POST',
  path: '/contacts/imports',
  access: 'user',
  summary: "Import a file: Outlook's CSV (English or German) or vCard. Adds and changes, removes nothing.",
  query: z.object({
    format: z.enum(['csv', 'vcard']),
    /** Character set by its IANA name; guessed where absent. */
    charset: z.optional(z.string().check(z.maxLength(40))),
    /** `true`: say what would happen and change nothing. */
    preview: z.optional(z.enum(['true', 'false'])),
  }),
  file: {
    maxBytes: 20 * 1024 * 1024,
    contentTypes: [
      'text/csv',
      'text/vcard',
      'text/x-vcard',
      'text/plain',
      'application/octet-stream',
      'application/vnd.ms-excel',
    ],
  },
  status: 200,
  response: importResultSchema,
  errors: ['file-unreadable', 'content-type-unsupported', 'body-too-large', 'sync-running'],
});
