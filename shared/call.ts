/**
 * A call as one user sees it: his side of it, the *connection* of ECMA-269. Two users in one call have two of them.
 *
 * States are the simple call states of ECMA-269 §6.1.7, seen from the user's own device:
 *
 *     outgoing:  initiated ──lifted──▶ originated ──far end rings──▶ delivered ──answered──▶ connected
 *     incoming:  alerting ──answered──▶ connected
 *     connected ◀──hold / resume──▶ held
 *     any outgoing state before connected ──busy, no answer, unknown …──▶ failed ──▶ ended
 *     every state ──hang up──▶ ended
 */
import * as z from 'zod/mini';
import { directoryNames } from './directory';

export const callStates = [
  /** The own phone is being called so that it can be lifted (click to dial). */
  'initiated',
  /** The number was dialled, the network has not answered yet. */
  'originated',
  /** The far end rings. */
  'delivered',
  /** The own phone rings with an incoming call. */
  'alerting',
  'connected',
  'held',
  /** It could not be put through; `reason` says why. The phone may still give a tone. */
  'failed',
  /** Over. Told once, then the call is forgotten. */
  'ended',
] as const;
export type CallState = (typeof callStates)[number];

/** Why a call failed or ended. Names of ECMA-269 event causes, in our spelling. */
export const callReasons = [
  'normal',
  'busy',
  'no-answer',
  'unknown-number',
  'rejected',
  'unreachable',
  'cancelled',
  /** Somebody else answered it. */
  'answered-elsewhere',
  'network',
] as const;
export type CallReason = (typeof callReasons)[number];

/** What can be done on a call just now. What is not named is not offered and is refused. */
export const callAbilities = [
  'answer',
  'hang-up',
  'hold',
  'resume',
  'consult',
  'alternate',
  'transfer',
  'conference',
  'deflect',
] as const;
export type CallAbility = (typeof callAbilities)[number];

/** The other party. */
export const callPartySchema = z.object({
  /** As the telephone system says it; absent when withheld. */
  number: z.optional(z.string()),
  e164: z.optional(z.string()),
  /** The number for people, canonical where it can be. */
  display: z.optional(z.string()),
  /** Name of the caller's entry in the user's directories, else the name that the telephone system sent. */
  name: z.optional(z.string()),
  /** Where the name came from; absent when it came from the telephone system. */
  directory: z.optional(z.enum(directoryNames)),
  /** The directory entry. */
  itemId: z.optional(z.string()),
  company: z.optional(z.string()),
});
export type CallParty = z.infer<typeof callPartySchema>;

export const callDirections = ['incoming', 'outgoing'] as const;

/** My side of a call. */
export const callSchema = z.object({
  /** Opaque id of this side; every command names it. */
  id: z.string(),
  /** The call that both sides belong to. */
  callId: z.string(),
  /** Id of the user's device. */
  device: z.string(),
  state: z.enum(callStates),
  direction: z.enum(callDirections),
  party: callPartySchema,
  reason: z.optional(z.enum(callReasons)),
  /** When it began, when it was answered. ISO 8601 UTC. */
  startedAt: z.string(),
  connectedAt: z.optional(z.string()),
  abilities: z.array(z.enum(callAbilities)),
});
export type Call = z.infer<typeof callSchema>;

/** Link between service and telephone system, as the user is told it. */
export const telephoneLinkSchema = z.object({
  state: z.enum(['up', 'down', 'connecting']),
  /** Since when. ISO 8601 UTC. */
  since: z.string(),
});
export type TelephoneLink = z.infer<typeof telephoneLinkSchema>;
