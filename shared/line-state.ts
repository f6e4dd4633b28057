/** What an internal user's telephones do just now, as colleagues see it (PRE-5). Never who the other party is. */
import * as z from 'zod/mini';

export const lineStates = ['idle', 'ringing', 'calling', 'in-call'] as const;
export type LineStateName = (typeof lineStates)[number];

/** The other party is of the office, or outside of it. */
export const lineScopes = ['internal', 'external'] as const;
export type LineScopeName = (typeof lineScopes)[number];

export const lineStateSchema = z.object({
  /** Id of the user; the internal directory's entry has the same. */
  userId: z.string(),
  state: z.enum(lineStates),
  /** With every state but `idle`, where it is known. */
  scope: z.optional(z.enum(lineScopes)),
});
export type LineState = z.infer<typeof lineStateSchema>;
