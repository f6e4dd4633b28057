/** The journal (JRN-1 to JRN-4): own calls, newest first. */
import * as z from 'zod/mini';
import { callPartySchema } from '../call';
import { journalCountsSchema, journalEntrySchema, journalFolders, noteLimit } from '../journal';
import { idParams, pageQuery } from './common';
import { route } from './route';

/** A time as ISO 8601 with zone. In UTC its year still has four digits: times are compared as texts. */
const time = z.iso
  .datetime({ offset: true })
  .check(z.refine((text) => /^\d{4}-/.test(utcOf(text)), { error: 'the year is out of range' }));

function utcOf(text: string): string {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString();
}

export const listJournal = route({
  name: 'listJournal',
  method: 'GET',
  path: '/journal',
  access: 'user',
  summary: 'Entries of a folder, newest first, page by page, with the counts of all folders.',
  query: z.extend(pageQuery, { folder: z.enum(journalFolders) }),
  status: 200,
  response: z.object({
    items: z.array(journalEntrySchema),
    nextCursor: z.optional(z.string()),
    counts: journalCountsSchema,
  }),
  errors: [],
});

export const changeJournalEntry = route({
  name: 'changeJournalEntry',
  method: 'PATCH',
  path: '/journal/{id}',
  access: 'user',
  summary: 'Mark as done, write a note, set or take away a reminder. What is not named stays.',
  params: idParams,
  body: z.object({
    /** Takes an open entry out of Open; false puts one back that was not put through. */
    done: z.optional(z.boolean()),
    /** Null takes the note away. */
    note: z.optional(z.nullable(z.string().check(z.maxLength(noteLimit)))),
    /** Null takes the reminder away. At most a year ahead; one in the past is due at once. */
    remindAt: z.optional(z.nullable(time)),
  }),
  status: 200,
  response: journalEntrySchema,
  errors: ['not-found'],
});

export const deleteJournalEntry = route({
  name: 'deleteJournalEntry',
  method: 'DELETE',
  path: '/journal/{id}',
  access: 'user',
  summary: 'Delete one entry.',
  params: idParams,
  status: 204,
  errors: ['not-found'],
});

export const deleteJournal = route({
  name: 'deleteJournal',
  method: 'DELETE',
  path: '/journal',
  access: 'user',
  summary: 'Delete all entries of calls that began before a time; with the present time all.',
  query: z.object({ before: time }),
  status: 200,
  response: z.object({ deleted: z.number() }),
  errors: [],
});

export const markJournalSeen = route({
  name: 'markJournalSeen',
  method: 'PUT',
  path: '/journal/seen',
  access: 'user',
  summary: 'The user has looked: missed calls that began until then do not count as unseen any more.',
  body: z.object({ until: time }),
  status: 200,
  response: journalCountsSchema,
  errors: [],
});

export const listRedial = route({
  name: 'listRedial',
  method: 'GET',
  path: '/journal/redial',
  access: 'user',
  summary: 'Who was dialled last (CAL-1): at most ten, each number once, newest first.',
  status: 200,
  response: z.object({ items: z.array(callPartySchema) }),
  errors: [],
});
