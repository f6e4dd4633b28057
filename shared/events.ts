/**
 * Live events. Each type declares its audience; the service filters by it, so nobody hears what is not his.
 * On the stream (`GET /api/v1/events`, server-sent events) each has an id `epoch-seq`: a known one is continued,
 * any other is answered with `snapshot` first, so there is never a gap.
 */
import * as z from 'zod/mini';
import { callSchema, telephoneLinkSchema } from './call';
import { forwardingSchema } from './forwarding';
import { directoryItemSchema } from './directory';
import { journalCountsSchema, journalEntrySchema } from './journal';
import { lineStateSchema } from './line-state';
import { colleaguePresenceSchema, ownPresenceSchema } from './presence';

/** Who hears an event: one user, or everybody who is signed in. */
export type Audience = { readonly user: string } | { readonly everybody: true };

/** The state that a client starts from. It replaces all that the client believed. */
export const snapshotEventSchema = z.object({
  type: z.literal('snapshot'),
  telephoneSystem: telephoneLinkSchema,
  /** Calls of the user that are not over. */
  calls: z.array(callSchema),
  /** Of everybody whose telephone is not idle. Empty while the link is not up. */
  lineStates: z.array(lineStateSchema),
  journal: journalCountsSchema,
  /** Ids of colleagues for whom the user waits to be free; absent for none. */
  watches: z.optional(z.array(z.string())),
  /** Of `GET /presence`: a client that knows another version reads it anew. */
  presenceVersion: z.string(),
  ownPresence: ownPresenceSchema,
});

/** A side of a call is new or changed. `ended` is told once. */
export const callEventSchema = z.object({ type: z.literal('call'), call: callSchema });

/** The link to the telephone system changed. While it is not up, known calls are not to be trusted. */
export const telephoneSystemEventSchema = z.object({ type: z.literal('telephone-system'), link: telephoneLinkSchema });

/** Telephones of colleagues do something else now. For everybody. */
export const lineStatesEventSchema = z.object({ type: z.literal('line-states'), lineStates: z.array(lineStateSchema) });

/** Presence of colleagues changed; each is told whole, `office` without a text included. For everybody. */
export const presenceEventSchema = z.object({
  type: z.literal('presence'),
  version: z.string(),
  items: z.array(colleaguePresenceSchema),
});

/** The own presence changed, here or elsewhere (PRE-7). */
export const ownPresenceEventSchema = z.object({ type: z.literal('own-presence'), presence: ownPresenceSchema });

/** The own forwarding changed, here or elsewhere. */
export const forwardingEventSchema = z.object({ type: z.literal('forwarding'), forwarding: forwardingSchema });

/** Own journal entries are new, changed or gone; views read them again. */
export const journalEventSchema = z.object({ type: z.literal('journal'), counts: journalCountsSchema });

/** The reminder of an own journal entry is due. Told once. */
export const reminderEventSchema = z.object({ type: z.literal('reminder'), entry: journalEntrySchema });

/** Personal contacts changed (sync, import, edit); views read them again. */
export const contactsEventSchema = z.object({ type: z.literal('contacts') });

/** How far an import of a file is; the last one is told by the answer to its request. */
export const importProgressEventSchema = z.object({
  type: z.literal('import-progress'),
  /** As the client has named it. */
  requestId: z.string(),
  done: z.number(),
  total: z.number(),
});

/** Whom the user waits for, all of them: `PUT /presence/{userId}/watch`. */
export const presenceWatchesEventSchema = z.object({
  type: z.literal('presence-watches'),
  watches: z.array(z.string()),
});

/** A colleague for whom the user waited is free. Told once; the waiting is over. */
export const colleagueFreeEventSchema = z.object({ type: z.literal('colleague-free'), colleague: directoryItemSchema });

/** Own favourites changed; views read them again. */
export const favoritesEventSchema = z.object({ type: z.literal('favorites') });

/**
 * Users, groups or speed dials have changed: what is shown of the internal and the system directory is read again.
 * Everybody hears it at once, so each client waits up to `spreadMs`, a time of its own, before it reads.
 */
export const directoryEventSchema = z.object({ type: z.literal('directory'), spreadMs: z.number() });

/** The user's session has ended; the stream ends after it. */
export const sessionEndedEventSchema = z.object({ type: z.literal('session-ended') });

export const liveEventSchema = z.discriminatedUnion('type', [
  snapshotEventSchema,
  callEventSchema,
  telephoneSystemEventSchema,
  lineStatesEventSchema,
  presenceEventSchema,
  ownPresenceEventSchema,
  forwardingEventSchema,
  journalEventSchema,
  reminderEventSchema,
  contactsEventSchema,
  importProgressEventSchema,
  favoritesEventSchema,
  directoryEventSchema,
  presenceWatchesEventSchema,
  colleagueFreeEventSchema,
  sessionEndedEventSchema,
]);
export type LiveEvent = z.infer<typeof liveEventSchema>;

/** Milliseconds between two heartbeat comments; a client that hears nothing for twice that long connects anew. */
export const heartbeatMs = 15_000;
