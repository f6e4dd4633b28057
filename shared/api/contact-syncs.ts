/** Syncing the personal directory with a mailbox (DESIGN §5). */
import * as z from 'zod/mini';
import {
  sourceAccountNameSchema,
  syncBatchSchema,
  syncModes,
  syncOptionsSchema,
  syncResultSchema,
  waitReasons,
} from '../contact-sync';
import { syncEndReasons, syncTriggers } from '../sync-history';
import { idParams, queryNumber } from './common';
import { route } from './route';

/** A source account with what the next sync must know. */
export const sourceAccountSchema = z.object({
  id: z.string(),
  ...sourceAccountNameSchema.shape,
  /** Commits so far; 0 before the first. */
  generation: z.number(),
  /** Contacts that came from it. */
  contacts: z.number(),
  lastSync: z.optional(z.object({ at: z.string(), result: syncResultSchema })),
  /** An open sync under lease, whoever runs it. */
  running: z.optional(z.object({ id: z.string(), since: z.string(), by: z.string() })),
  /** Since when every plan needs a word: the last sync was undone, and none was agreed to since. */
  heldSince: z.optional(z.string()),
  /** A plan that is held back until it is confirmed or given up: it removes much, or the sync before it was undone. */
  waiting: z.optional(
    z.object({
      id: z.string(),
      planHash: z.string(),
      removed: z.number(),
      remaining: z.number(),
      until: z.string(),
      reason: z.enum(waitReasons),
    }),
  ),
});
export type SourceAccount = z.infer<typeof sourceAccountSchema>;

export const openSyncSchema = z.object({
  id: z.string(),
  accountId: z.string(),
  generation: z.number(),
  /** States to go on from, per folder; a folder that is not named starts from zero. */
  folders: z.array(
    z.object({
      id: z.string(),
      state: z.string(),
      /** A day old: the newest one is sent even if nothing has changed, for a source forgets old ones. */
      stale: z.optional(z.boolean()),
    }),
  ),
  leaseUntil: z.string(),
});
export type OpenSync = z.infer<typeof openSyncSchema>;

export const listContactSyncs = route({
  name: 'listContactSyncs',
  method: 'GET',
  path: '/contact-syncs',
  access: 'user',
  summary: 'The source accounts of the user with last result, running sync and held-back removal.',
  status: 200,
  response: z.object({ items: z.array(sourceAccountSchema) }),
  errors: [],
});

export const openContactSync = route({
  name: 'openContactSync',
  method: 'POST',
  path: '/contact-syncs',
  access: 'user',
  summary: 'Begin a sync: takes the lease on the account (2 minutes, renewed by each batch).',
  body: z.object({
    account: sourceAccountNameSchema,
    mode: z.enum(syncModes),
    /**
     * The generation that the caller knows; another one is refused with `sync-outdated`. 0 for an unknown account.
     * Absent: go on from the newest, whatever it is; the answer says which.
     */
    generation: z.optional(z.number()),
    options: syncOptionsSchema,
    /** For people: who syncs, such as "Outlook on the web". Told to whoever gets `sync-running`. */
    by: z.optional(z.string().check(z.maxLength(80))),
    /** For the history. */
    trigger: z.optional(z.enum(syncTriggers)),
  }),
  status: 201,
  response: openSyncSchema,
  errors: ['sync-running', 'sync-outdated'],
});

export const putSyncBatch = route({
  name: 'putSyncBatch',
  method: 'PUT',
  path: '/contact-syncs/{id}/batches/{n}',
  access: 'user',
  summary: 'Stage batch n, counted from 1. The same batch again replaces itself.',
  params: z.object({ ...idParams.shape, n: queryNumber(1, 100_000) }),
  body: syncBatchSchema,
  maxBodyBytes: 4 * 1024 * 1024,
  status: 200,
  response: z.object({
    leaseUntil: z.string(),
    /** Places in `fingerprints` of what the service does not know, counted from 0; only where fingerprints were sent. */
    wanted: z.optional(z.array(z.number())),
  }),
  errors: ['sync-unknown', 'body-too-large'],
});

export const commitContactSync = route({
  name: 'commitContactSync',
  method: 'POST',
  path: '/contact-syncs/{id}/commit',
  access: 'user',
  summary: 'Plan and apply what was staged, with the new source state, in one transaction. Twice is once.',
  params: idParams,
  body: z.object({
    /** Say what would happen and keep the sync open. */
    preview: z.optional(z.boolean()),
    /** `planHash` of the removal that is confirmed. */
    confirm: z.optional(z.string().check(z.maxLength(128))),
    /** Number of batches sent; with it a lost last batch is noticed. */
    batches: z.optional(z.number()),
    /** The last batch, where it is small: it saves a request of its own. */
    last: z.optional(z.object({ n: z.number().check(z.gte(1), z.lte(100_000)), batch: syncBatchSchema })),
  }),
  status: 200,
  response: z.object({ generation: z.number(), result: syncResultSchema, planHash: z.optional(z.string()) }),
  errors: ['sync-unknown', 'sync-outdated', 'sync-incomplete', 'removal-needs-confirmation', 'confirmation-outdated'],
});

export const cancelContactSync = route({
  name: 'cancelContactSync',
  method: 'DELETE',
  path: '/contact-syncs/{id}',
  access: 'user',
  summary: 'Give a sync up: nothing of it is kept, the lease is free.',
  params: idParams,
  /** For the history. */
  query: z.object({ reason: z.optional(z.enum(syncEndReasons)) }),
  status: 204,
  errors: ['sync-unknown'],
});
