/** Past syncs with what they changed, plans that wait for a word, and undo. */
import * as z from 'zod/mini';
import { waitReasons } from '../contact-sync';
import { contactImageSchema, syncChangeKinds, syncEndReasons, syncEnds, syncTriggers } from '../sync-history';
import { idParams, pageQuery } from './common';
import { skippedRecordSchema, unreadNumberSchema, unreadPictureSchema } from './contacts';
import { route } from './route';

export const pastSyncSchema = z.object({
  id: z.string(),
  /** Name of the mailbox or file. */
  account: z.string(),
  status: z.enum(syncEnds),
  reason: z.optional(z.enum(syncEndReasons)),
  /** Where it ran. */
  by: z.string(),
  /** Absent where it is not known. */
  trigger: z.optional(z.enum(syncTriggers)),
  at: z.string(),
  /** How many syncs that ended alike this row stands for, without news or with the same failure. */
  times: z.number(),
  added: z.number(),
  changed: z.number(),
  removed: z.number(),
  /** Of an import: how many rows of the file there is something to tell of; see `listImportRows`. */
  rows: z.optional(z.number()),
  /** Of an import that can be undone: how many pictures of contacts that were there before it has replaced. */
  pictures: z.optional(z.number()),
  /** Until when it can be undone; absent: it cannot. */
  undoUntil: z.optional(z.string()),
  undone: z.optional(z.object({ at: z.string(), leftAlone: z.number() })),
});
export type PastSync = z.infer<typeof pastSyncSchema>;

export const syncChangeSchema = z.object({
  kind: z.enum(syncChangeKinds),
  /** The contact where it is or was; absent for one that would be added. */
  contactId: z.optional(z.string()),
  name: z.string(),
  before: z.optional(contactImageSchema),
  after: z.optional(contactImageSchema),
});
export type SyncChange = z.infer<typeof syncChangeSchema>;

/** What a waiting sync waits for; see `listContactSyncs`. */
export const waitReasonSchema = z.enum(waitReasons);

export const listSyncHistory = route({
  name: 'listSyncHistory',
  method: 'GET',
  path: '/sync-history',
  access: 'user',
  summary: 'The newest syncs of the own mailboxes and files, 100 at most.',
  status: 200,
  response: z.object({ items: z.array(pastSyncSchema) }),
  errors: [],
});

export const listSyncChanges = route({
  name: 'listSyncChanges',
  method: 'GET',
  path: '/sync-history/{id}/changes',
  access: 'user',
  summary: 'What a past sync changed, or what an open one would change (after a preview), contact by contact.',
  params: idParams,
  query: z.object({
    ...pageQuery.shape,
    kind: z.optional(z.enum(syncChangeKinds)),
    /** Part of the name. */
    text: z.optional(z.string().check(z.maxLength(100))),
  }),
  status: 200,
  response: z.object({ items: z.array(syncChangeSchema), nextCursor: z.optional(z.string()) }),
  errors: ['not-found'],
});

/** A row of an imported file about which there is something to tell. */
export const importRowSchema = z.union([unreadNumberSchema, unreadPictureSchema, skippedRecordSchema]);
export type ImportRow = z.infer<typeof importRowSchema>;

export const listImportRows = route({
  name: 'listImportRows',
  method: 'GET',
  path: '/sync-history/{id}/rows',
  access: 'user',
  summary:
    'What an import of a file left out, and the numbers and pictures in it that cannot be read, in the order of the file.',
  params: idParams,
  query: pageQuery,
  status: 200,
  response: z.object({ items: z.array(importRowSchema), nextCursor: z.optional(z.string()) }),
  errors: ['not-found'],
});

export const undoContactSync = route({
  name: 'undoContactSync',
  method: 'POST',
  path: '/sync-history/{id}/undo',
  access: 'user',
  summary:
    'Take the last sync with news back, within a day. What was edited since stays. The next plan waits for a word.',
  params: idParams,
  status: 200,
  response: z.object({ restored: z.number(), leftAlone: z.number() }),
  errors: ['not-found', 'undo-not-possible'],
});
