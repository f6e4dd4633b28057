/** The personal directory and its imports from files. */
import * as z from 'zod/mini';
import {
  contactFieldsSchema,
  contactNumberSchema,
  contactOriginSchema,
  numberProblems,
  pictureHashSchema,
} from '../contact';
import { columnChoicesSchema, contactFileFormats, tableReadingSchema } from '../contact-file';
import { idParams, pageQuery, requestId } from './common';
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

export const exportContacts = route({
  name: 'exportContacts',
  method: 'GET',
  path: '/contacts/export',
  access: 'user',
  summary: 'The whole personal directory as a file; importing it gives the same contacts.',
  query: z.object({ format: z.enum(contactFileFormats) }),
  downloads: ['text/csv', 'text/vcard', 'application/xml'],
  status: 200,
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

/** Rows that an answer lists of each kind; all of them are kept with the import. */
export const listedRows = 500;

/** A record that was left out. `position` counts records from 1, the header line not counted. */
export const skippedRecordSchema = z.object({
  position: z.number(),
  /** Absent where the record has none. */
  name: z.optional(z.string()),
  reason: z.enum(importSkipReasons),
});

/** A number that is kept as it is written, because it cannot be read. */
export const unreadNumberSchema = z.object({
  position: z.number(),
  name: z.optional(z.string()),
  /** Column or property that held the number. */
  field: z.string(),
  raw: z.string(),
  problem: z.enum(numberProblems),
});

/** Why a picture is not taken while its contact is; the last ones are of `pictureProblems`. */
export const importPictureProblems = [
  /** An address only: it is never fetched. */
  'linked',
  /** More bytes than a picture may have. */
  'too-large',
  'not-a-picture',
  'too-many-pixels',
  'broken',
  'too-slow',
  /** The import was broken off or cancelled after its contacts, before it came to this picture. */
  'not-reached',
] as const;
export type ImportPictureProblem = (typeof importPictureProblems)[number];

/** A contact that is taken without its picture. */
export const unreadPictureSchema = z.object({
  position: z.number(),
  name: z.optional(z.string()),
  picture: z.enum(importPictureProblems),
});

/** A number that was written without a country code: that of the site is taken. */
export const assumedNumberSchema = z.object({
  position: z.number(),
  name: z.optional(z.string()),
  raw: z.string(),
  /** Canonical form, with what is assumed. */
  display: z.string(),
});

/** Numbers with an assumed country that an answer lists: examples, to see whether the assumption is right. */
export const listedAssumed = 50;

export const importResultSchema = z.object({
  added: z.number(),
  changed: z.number(),
  removed: z.number(),
  unchanged: z.number(),
  /** The first of them. */
  skipped: z.array(skippedRecordSchema),
  /** How many there are. */
  skippedCount: z.number(),
  /** The first of them. */
  problems: z.array(unreadNumberSchema),
  problemsCount: z.number(),
  /** Pictures that were taken, or would be. */
  pictures: z.number(),
  /** The first of the pictures that were not. What only decoding shows is found out by the import itself. */
  pictureProblems: z.array(unreadPictureSchema),
  pictureProblemsCount: z.number(),
  /** The first of the numbers whose country is assumed. */
  assumed: z.array(assumedNumberSchema),
  assumedCount: z.number(),
  /** The character set that the file was read in. */
  charset: z.string(),
  /** How a table was read. */
  table: z.optional(tableReadingSchema),
  /** The import among the past syncs, with all that was left out; absent for a preview. */
  historyId: z.optional(z.string()),
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
  /** A table in which nothing says who is who; or no table. */
  'header-unknown',
  /** Quotes that do not end, or the like. */
  'csv-broken',
  'too-many-columns',
  /** A row larger than any contact, or a quote that does not end. */
  'row-too-large',
  /** No `BEGIN:VCARD` in it. */
  'no-vcard',
  'vcard-too-deep',
  /** Not well-formed. */
  'xml-broken',
  /** It has a document type, and with it entities. */
  'xml-doctype',
  'xml-too-deep',
  /** Well-formed, but another kind of document. */
  'xml-unknown',
  'too-many-records',
] as const;
export type FileProblem = (typeof fileProblems)[number];

export const importContacts = route({
  name: 'importContacts',
  method: 'POST',
  path: '/contacts/imports',
  access: 'user',
  summary: 'Import a file of contacts: CSV, vCard or XML. Adds and changes, removes nothing.',
  query: z.object({
    format: z.enum(contactFileFormats),
    /** Character set by its IANA name; found out where absent. */
    charset: z.optional(z.string().check(z.maxLength(40))),
    /** Of a table: whether the first row names the columns; found out where absent. */
    header: z.optional(z.enum(['true', 'false'])),
    /** Of a table: what the columns are taken for, such as `3:givenName,9:business`; proposed where absent. */
    columns: z.optional(columnChoicesSchema),
    /** `true`: say what would happen and change nothing. */
    preview: z.optional(z.enum(['true', 'false'])),
    /** Names the import in the events that tell how far it is. */
    requestId: z.optional(requestId),
  }),
  file: {
    maxBytes: 20 * 1024 * 1024,
    contentTypes: [
      'text/csv',
      'text/vcard',
      'text/x-vcard',
      'text/xml',
      'application/xml',
      'text/plain',
      'application/octet-stream',
      'application/vnd.ms-excel',
    ],
  },
  status: 200,
  response: importResultSchema,
  errors: ['file-unreadable', 'content-type-unsupported', 'body-too-large', 'sync-running', 'sync-outdated'],
});
