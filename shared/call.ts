/**
 * A call as one user sees it: his side of it, the *connection* of ECMA-269. Two users in one call have two of them.
 *
 * States are the simple call states of ECMA-269 §6.1.7, seen from the user's own device:
 *
 *     outgoing:  initiated ──lifted──▶ originated ──far end rings──▶ delivered ──answered──▶ connected
 *     incoming:  alerting ──answered──▶ connected
 *                alerting ──deflected, picked up, answered elsewhere──▶ ended
 *     connected ◀──hold / resume, alternate──▶ held
 *     connected ──consult──▶ held, and a second side `originated` that names it as `related`
 *     held + connected ──conference──▶ one side, connected, with `others`;  the second one ends as `conferenced`
 *     held + connected or delivered ──transfer──▶ both ended as `transferred`
 *     any outgoing state before connected ──busy, no answer, unknown …──▶ failed ──▶ ended
 *     every state ──hang up──▶ ended
 */
import * as z from 'zod/mini';
import { pictureHashSchema } from './contact';
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
  /** Nobody speaks: `heldBy` says who put it on hold. */
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
  /** An incoming call was sent on: by the user's deflection or by forwarding; `takenBy` says to whom. */
  'forwarded',
  /** A colleague picked it up; `takenBy` says who. */
  'picked-up',
  /** The user connected the others and is out of it. */
  'transferred',
  /** The consultation became part of the conference that its related call now is. */
  'conferenced',
] as const;
export type CallReason = (typeof callReasons)[number];

/** What can be done on a call just now. What is not named is not offered and is refused. */
export const callAbilities = [
  'answer',
  'hang-up',
  'hold',
  /** On a call that the user holds. With another one connected this ends that one first (ECMA-269 Reconnect Call). */
  'resume',
  /** Hold this call and dial somebody. */
  'consult',
  /** On the held one of two: hold the other and go on with this. */
  'alternate',
  /** To a number; on the held one of two also to the other call. */
  'transfer',
  /** On the connected one of two: everybody into one call. */
  'conference',
  /** Send what rings to a number. */
  'deflect',
  /** Send what rings to the user's voice box. */
  'deflect-to-voicemail',
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
  /** Picture of the directory entry (DIR-6), to be had at `GET /pictures/{hash}`. */
  picture: z.optional(pictureHashSchema),
});
export type CallParty = z.infer<typeof callPartySchema>;

export const heldBy = ['me', 'other'] as const;

/** The user's mobile in a call that is made with it: `called` until it is answered; a reason then tells why it was not. */
export const ownMobileStates = ['called', 'answered'] as const;
export type OwnMobileState = (typeof ownMobileStates)[number];

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
  /** Empty while a picked-up call is not accepted yet: the caller is withheld until then (FAV-4). */
  party: callPartySchema,
  /** Who put it on hold; with `held` only. */
  heldBy: z.optional(z.enum(heldBy)),
  /** Id of the user's other side of a call that this one is a consultation of, and the other way round. */
  related: z.optional(z.string()),
  /** Everybody else in a conference, besides `party`. */
  others: z.optional(z.array(callPartySchema)),
  /** Incoming: whom the caller had called before it was forwarded, transferred or picked up. */
  redirectedFrom: z.optional(callPartySchema),
  /** Who has the call now; with `answered-elsewhere`, `forwarded`, `picked-up`, where it is known (CAL-5). */
  takenBy: z.optional(callPartySchema),
  /** Why the own phone is called, where it is not to dial: it fetches a colleague's call. */
  purpose: z.optional(z.literal('pick-up')),
  /** The call is made with the user's mobile in place of his telephone (CAL-6). */
  ownMobile: z.optional(z.enum(ownMobileStates)),
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
  /** The user's site has no telephone system: nothing is missing, there is a directory and no calls. */
  absent: z.optional(z.boolean()),
});
export type TelephoneLink = z.infer<typeof telephoneLinkSchema>;
