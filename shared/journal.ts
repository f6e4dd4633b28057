/**
 * The journal: every call of a user, live and afterwards for the time the service was away (JRN-1 to JRN-4).
 *
 *     not put through ─▶ open ──done, or the person was reached──▶ not open any more
 *     note + reminder ──time──▶ due: told once, and in the folder `overdue` until the reminder is taken away
 */
import * as z from 'zod/mini';
import { callDirections, callPartySchema, callReasons } from './call';

/**
 * Folders hold both directions (JRN-1). Every entry stands in `all` and in one of `missed` (nobody answered, also after
 * the person was reached) and `answered` (put through, to the user or to whoever took it over); besides in `open` until
 * it is done, and in `overdue` from the time of its reminder until that is taken away.
 */
export const journalFolders = ['open', 'missed', 'answered', 'all', 'overdue'] as const;
export type JournalFolder = (typeof journalFolders)[number];

export const journalResults = [
  'answered',
  /** Not put through, for whatever reason. */
  'not-answered',
  /** Incoming and forwarded, or picked up by a colleague; `takenBy` says who has it. */
  'taken-over',
] as const;
export type JournalResult = (typeof journalResults)[number];

/** A note has so many characters at most. */
export const noteLimit = 2000;

export const journalEntrySchema = z.object({
  id: z.string(),
  direction: z.enum(callDirections),
  result: z.enum(journalResults),
  /** Why it was not put through. */
  reason: z.optional(z.enum(callReasons)),
  /** The other party, named by the directories of today. */
  party: callPartySchema,
  /** The group that was called; present when it was a call to a group. */
  group: z.optional(callPartySchema),
  /** With `taken-over`: who has it. */
  takenBy: z.optional(callPartySchema),
  /** Whom the caller had called: forwarded to me, or picked up by me. */
  redirectedFrom: z.optional(callPartySchema),
  /** The caller was sent to the voice box. */
  voicemail: z.boolean(),
  /** ISO 8601 UTC. */
  startedAt: z.string(),
  connectedAt: z.optional(z.string()),
  endedAt: z.string(),
  /** Seconds of talk; 0 when nobody answered. */
  durationSeconds: z.number(),
  /** Stands in the folder Open. */
  open: z.boolean(),
  note: z.optional(z.string()),
  /** When to be reminded. ISO 8601 UTC. */
  remindAt: z.optional(z.string()),
});
export type JournalEntry = z.infer<typeof journalEntrySchema>;

/** Entries per folder; exact. */
export const journalCountsSchema = z.object({
  open: z.number(),
  missed: z.number(),
  answered: z.number(),
  all: z.number(),
  overdue: z.number(),
  /** Missed incoming calls since the user last looked (SET-6): the sign on the place, and the window's badge. */
  unseen: z.number(),
});
export type JournalCounts = z.infer<typeof journalCountsSchema>;
