/**
 * What pane and service say to each other during a sync (DESIGN §5).
 *
 *     open (lease) ──batches 1..n──▶ staged ──commit──▶ applied, next generation
 *                                          ├─commit {preview}──▶ plan only, still open
 *                                          └─guard──▶ removal-needs-confirmation, waits seven days
 */
import * as z from 'zod/mini';
import { contactFieldsSchema, numberKinds, numberProblems } from './contact';

/** Kinds of contact sources. */
export const sourceKinds = ['graph', 'file'] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** A source account: the mailbox or the file that contacts come from. */
export const sourceAccountNameSchema = z.object({
  kind: z.enum(sourceKinds),
  /** Stable key of the mailbox (its address in lower case). Unique with `kind` for one user. */
  key: z.string().check(z.minLength(1), z.maxLength(320)),
  /** For people. */
  name: z.string().check(z.maxLength(320)),
});

const id = z.string().check(z.minLength(1), z.maxLength(1024));

/**
 * A fingerprint of an item in its folder, of a source without delta: another one whenever the item is another one. Made
 * by `shared/mailbox/item-mark.ts`; the service only compares it.
 */
export const itemMarkSchema = z.string().check(z.minLength(8), z.maxLength(64));

/** One change at the source. A removal counts only if the contact's folder is still that folder (a move is two changes). */
export const contactChangeSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('upsert'),
    folderId: id,
    itemId: id,
    contact: contactFieldsSchema,
    mark: z.optional(itemMarkSchema),
    /** State of the item at the source: another one after every change, that of its picture included. Absent: unknown. */
    version: z.optional(z.string().check(z.minLength(1), z.maxLength(256))),
  }),
  z.object({ type: z.literal('remove'), folderId: id, itemId: id }),
]);
export type ContactChange = z.infer<typeof contactChangeSchema>;

/** Why an item of the source did not become a contact. */
export const skipReasons = [
  /** "Do not import contacts without a phone number" is on. */
  'no-number',
  /** Neither a name nor a company nor an address to show. */
  'no-name',
  /** A distribution list: several people, no number. */
  'distribution-list',
  /** The item breaks a limit of {@link contactFieldsSchema}. */
  'too-large',
  /** The item cannot be understood. */
  'unreadable',
  /** The user has edited or deleted this import by hand (SYN-7). */
  'kept-by-hand',
] as const;
export type SkipReason = (typeof skipReasons)[number];

/** A source item that is passed over, with a name for people where one is known. */
export const skippedItemSchema = z.object({
  folderId: id,
  itemId: id,
  name: z.optional(z.string().check(z.maxLength(256))),
  reason: z.enum(skipReasons),
  mark: z.optional(itemMarkSchema),
});
export type SkippedItem = z.infer<typeof skippedItemSchema>;

/**
 * One numbered batch. `folder` says which folder's round this batch belongs to:
 * `restarted` (on its first batch) means that the folder is told from zero: what does not come is gone. A folder that
 * the service gave no state for is taken as restarted in any case;
 * `state` (on its last batch) is the opaque state to go on from next time. A round without it is not finished and
 * cannot be committed; a sync from zero finishes the round of every folder.
 * `folders` (in any one batch) is the complete list of folders: what was in others is gone.
 * `finished` are rounds of folders in which nothing has changed, each with the state to go on from.
 * `fingerprints` (of a source without delta, in a folder's round that is told from zero) are the marks of the items that
 * are there now. The answer says which of them the service does not know; only those items are told in `changes`, and
 * those that it knows stay as they are.
 * Batches are taken in the order of their numbers, so pages are sent in the order in which they were read. An item stands
 * in one of `changes` and `skipped` of a batch, not in both.
 */
export const syncBatchSchema = z.object({
  folders: z.optional(z.array(z.object({ id, name: z.string().check(z.maxLength(256)) })).check(z.maxLength(1000))),
  folder: z.optional(
    z.object({
      id,
      restarted: z.optional(z.boolean()),
      state: z.optional(z.string().check(z.maxLength(16_384))),
    }),
  ),
  finished: z.optional(
    z.array(z.object({ id, state: z.string().check(z.maxLength(16_384)) })).check(z.maxLength(1000)),
  ),
  fingerprints: z.optional(z.array(itemMarkSchema).check(z.maxLength(5000))),
  changes: z.array(contactChangeSchema).check(z.maxLength(500)),
  skipped: z.optional(z.array(skippedItemSchema).check(z.maxLength(500))),
});
export type SyncBatch = z.infer<typeof syncBatchSchema>;

/** What decides which contacts are taken; when it differs from the last sync's, the source is read from zero. */
export const syncOptionsSchema = z.object({ skipContactsWithoutNumber: z.boolean() });
export type SyncOptions = z.infer<typeof syncOptionsSchema>;

/** `delta`: only what changed since the last commit. `full`: everything from zero, at the user's wish. */
export const syncModes = ['delta', 'full'] as const;
export type SyncMode = (typeof syncModes)[number];

/** What a sync did or, in a preview, would do. */
export const syncResultSchema = z.object({
  added: z.number(),
  changed: z.number(),
  removed: z.number(),
  unchanged: z.number(),
  /** The first {@link resultListLimit} of what was passed over. */
  skipped: z.array(z.object({ name: z.optional(z.string()), reason: z.enum(skipReasons) })),
  /** All that was passed over, listed or not. */
  skippedCount: z.optional(z.number()),
  /**
   * The first {@link resultListLimit} numbers that could not be normalised, of the contacts that the source told of.
   * The contact is kept with the number as written.
   */
  problems: z.array(
    z.object({
      displayName: z.string(),
      kind: z.enum(numberKinds),
      raw: z.string(),
      problem: z.enum(numberProblems),
    }),
  ),
  /** All such numbers, listed or not. */
  problemCount: z.optional(z.number()),
});
export type SyncResult = z.infer<typeof syncResultSchema>;

/** Why a plan waits for a person's word: it removes much, or the sync before it was undone. */
export const waitReasons = ['removal', 'after-undo'] as const;
export type WaitReason = (typeof waitReasons)[number];

/** Milliseconds that an open sync is kept without a batch. */
export const syncLeaseMs = 120_000;
/** Days that a guarded removal waits for its confirmation. */
export const confirmationDays = 7;
/** Entries of `skipped` and of `problems` that a result lists; the counts beside them are complete. */
export const resultListLimit = 1000;
/** Upper limit of what one sync may stage, in UTF-16 units of its batches as JSON. */
export const maxStagedLength = 64 * 1024 * 1024;
/** Fingerprints in one batch that the pane sends. */
export const fingerprintsPerBatch = 5000;
/** Upper limit of changes in one batch that the pane sends. */
export const syncBatchSize = 200;
