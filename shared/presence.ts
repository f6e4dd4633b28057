/** What people say of themselves (PRE-1 to PRE-4): status, when they return, a text, and who may see it. Pure. */
import * as z from 'zod/mini';

export const presenceStatuses = [
  'office',
  'meeting',
  'sick',
  'break',
  'out-of-office',
  'vacation',
  'lunch',
  'home',
  'do-not-disturb',
] as const;
export type PresenceStatus = (typeof presenceStatuses)[number];
export const presenceStatusSchema = z.enum(presenceStatuses);

/** What colleagues see: `absent` stands for `sick` where its user has not opened it. */
export const colleagueStatuses = [...presenceStatuses, 'absent', 'not-visible'] as const;
export type ColleagueStatus = (typeof colleagueStatuses)[number];

export const presenceVisibilities = ['internal-and-external', 'internal', 'not-visible'] as const;
export type PresenceVisibility = (typeof presenceVisibilities)[number];

/** Who set it: its user in the pane, a telephone (star code, desk phone), the Outlook calendar, or the service. */
export const presenceAuthors = ['user', 'telephone', 'calendar', 'system'] as const;
export type PresenceAuthor = (typeof presenceAuthors)[number];

/** Signs of an information text at most. */
export const presenceTextLimit = 150;

/** A colleague's presence. `not-visible` has neither time nor text, and a time that has passed is not told (PRE-2). */
export const colleaguePresenceSchema = z.object({
  userId: z.string(),
  status: z.enum(colleagueStatuses),
  /** ISO 8601 UTC. */
  returnAt: z.optional(z.string()),
  text: z.optional(z.string()),
});
export type ColleaguePresence = z.infer<typeof colleaguePresenceSchema>;

/** Why do not disturb cannot be set (PRE-3): my phone is one of a MULAP, or the intercept position. */
export const unavailableReasons = ['mulap', 'intercept'] as const;
export type UnavailableReason = (typeof unavailableReasons)[number];

/** The own presence, as its user set it. */
export const ownPresenceSchema = z.object({
  status: presenceStatusSchema,
  /** ISO 8601 UTC. Told also when it has passed: its user may want to change it. */
  returnAt: z.optional(z.string()),
  text: z.optional(z.string()),
  visibility: z.enum(presenceVisibilities),
  /** Colleagues see `sick` as such; else as `absent`. */
  sickVisible: z.boolean(),
  /** ISO 8601 UTC, with milliseconds. */
  changedAt: z.string(),
  changedBy: z.enum(presenceAuthors),
  /** The telephone system acts by it. Always so where the site has none. */
  inForce: z.boolean(),
  /** A change at the telephone that may not be was put back. */
  putBack: z.optional(z.object({ status: presenceStatusSchema, reason: z.enum(unavailableReasons) })),
  unavailable: z.array(z.object({ status: presenceStatusSchema, reason: z.enum(unavailableReasons) })),
});
export type OwnPresence = z.infer<typeof ownPresenceSchema>;

/** What is wrong with an information text; undefined where nothing is. */
export function presenceTextProblem(
  text: string,
): 'too-long' | 'control-character' | 'direction-character' | undefined {
  // Line breaks too: it is one line everywhere it is shown.
  if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text)) return 'control-character';
  if (/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u.test(text)) return 'direction-character';
  return [...text].length > presenceTextLimit ? 'too-long' : undefined;
}

/** Whether version `a` of all presences is later than `b`. Versions of different lives of the service are not comparable: true. */
export function isLaterPresence(a: string, b: string | undefined): boolean {
  const [epochA, countA] = parts(a);
  const [epochB, countB] = parts(b ?? '');
  return epochA !== epochB || countA > countB;
}

/** A version: the life of the service, and the count of what was told in it. */
export function presenceVersion(epoch: string, count: number): string {
  return `${epoch}-${count}`;
}

function parts(version: string): [epoch: string, count: number] {
  const at = version.lastIndexOf('-');
  return [version.slice(0, at), Number(version.slice(at + 1))];
}
