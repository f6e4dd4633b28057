/** Searching the three directories (DIR-1 to DIR-3) and finding out who calls (DIR-6). */
import * as z from 'zod/mini';
import { directoryItemSchema, directorySearchSchema } from '../directory';
import { queryNumber } from './common';
import { route } from './route';

export const searchDirectory = route({
  name: 'searchDirectory',
  method: 'GET',
  path: '/directory',
  access: 'user',
  summary: 'Search by first letters of any words of a name, in any order, or by any written form of a number.',
  query: z.object({
    /** Empty or absent: the first of each directory by name. */
    q: z.optional(z.string().check(z.maxLength(256))),
    /** Items per directory, 1 to 200; 20 where absent. */
    limit: z.optional(queryNumber(1, 200)),
  }),
  status: 200,
  response: directorySearchSchema,
  errors: [],
});

export const lookUpDirectory = route({
  name: 'lookUpDirectory',
  method: 'POST',
  path: '/directory/lookups',
  access: 'user',
  summary:
    'Entries by e-mail address or number, at most 200 keys. Answers in the order of the keys; unknown ones are null.',
  body: z
    .object({
      emails: z.array(z.string().check(z.maxLength(320))),
      numbers: z.array(z.string().check(z.maxLength(256))),
    })
    .check(z.refine((keys) => keys.emails.length + keys.numbers.length <= 200, { error: 'at most 200 keys' })),
  maxBodyBytes: 128 * 1024,
  status: 200,
  response: z.object({
    emails: z.array(z.nullable(directoryItemSchema)),
    numbers: z.array(z.nullable(directoryItemSchema)),
  }),
  errors: [],
});

export const identifyCaller = route({
  name: 'identifyCaller',
  method: 'GET',
  path: '/directory/callers/{number}',
  access: 'user',
  summary: 'The best match for a number: personal, then internal, then system directory.',
  params: z.object({ number: z.string().check(z.minLength(1), z.maxLength(256)) }),
  status: 200,
  response: directoryItemSchema,
  errors: ['caller-unknown'],
});
