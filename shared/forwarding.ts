/** Where the calls of a user go while a status lasts (PRE-6). Pure. */
import * as z from 'zod/mini';
import { presenceAuthors, presenceStatuses, presenceStatusSchema } from './presence';

/** Every status but do not disturb, whose callers hear that it is busy. */
export const forwardedStatuses = presenceStatuses.filter((status) => status !== 'do-not-disturb');
export type ForwardedStatus = (typeof forwardedStatuses)[number];
export const forwardedStatusSchema = z.enum(forwardedStatuses);

export const forwardingTargetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('off') }),
  z.object({ kind: z.literal('voicemail') }),
  /** The mobile number of the user's profile. */
  z.object({ kind: z.literal('mobile') }),
  /** The external number of the user's profile. */
  z.object({ kind: z.literal('external') }),
  /** Any number, as typed. */
  z.object({ kind: z.literal('number'), number: z.string().check(z.minLength(1), z.maxLength(64)) }),
]);
export type ForwardingTarget = z.infer<typeof forwardingTargetSchema>;

/** Why calls cannot go there. */
export const forwardingProblems = [
  /** The profile has no such number. */
  'no-number',
  /** Nothing that could be dialled. */
  'not-a-number',
  /** A star code or the like: it would set something instead of ringing. */
  'feature-code',
  'emergency',
  'premium-rate',
  /** Nothing is known by this extension. */
  'unknown-extension',
  /** It is the user's own extension, whichever way it is written. */
  'self',
  /** It leads over the forwarding of others back to the user. */
  'ring',
] as const;
export type ForwardingProblem = (typeof forwardingProblems)[number];

export const forwardingRuleSchema = z.object({
  target: forwardingTargetSchema,
  /** The number for people, canonical where it can be. */
  display: z.optional(z.string()),
  /** Why calls ring at the phone instead. */
  problem: z.optional(z.enum(forwardingProblems)),
});
export type ForwardingRule = z.infer<typeof forwardingRuleSchema>;

export const forwardingSchema = z.object({
  /** By status, all of them. */
  rules: z.record(forwardedStatusSchema, forwardingRuleSchema),
  /** ISO 8601 UTC, with milliseconds. */
  changedAt: z.string(),
  changedBy: z.enum(presenceAuthors),
  /** The telephone system acts by it. Always so where the site has none. */
  inForce: z.boolean(),
  /** A change at the telephone that may not be was put back. */
  putBack: z.optional(z.object({ status: presenceStatusSchema, reason: z.enum(forwardingProblems) })),
});
export type Forwarding = z.infer<typeof forwardingSchema>;

/** What holds where nobody has chosen: the voice box for every absence. */
export function defaultTarget(status: ForwardedStatus): ForwardingTarget {
  return { kind: status === 'office' ? 'off' : 'voicemail' };
}
