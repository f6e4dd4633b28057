/**
 * What the simulated exchange knows of calls, and what a side of a call shows of it. Nobody sets the state of a side: it
 * follows from where its call is and from who holds it. Pure.
 *
 *     call:   to-lift ──lifted──▶ dialled ──somebody rings──▶ ringing ──answered──▶ talking
 *                                   └─────────────────────────────┴──▶ failed ──tone over──▶ (gone)
 *             talking ──sent to a number──▶ dialled             (whoever is sent on keeps its side)
 *             talking ──the holder lays down──▶ ringing         (recall)
 *
 *     side:   who calls     to-lift: initiated   dialled: originated   ringing: delivered   failed: failed
 *             who rings     alerting
 *             who was connected before and is put through anew: held by the other until somebody answers
 *             talking       connected; held while it or the other one of two holds
 *
 * A phone has at most two sides, and of these at most one that neither rings nor is held by the phone itself: the one
 * whose party it speaks with, or is about to.
 */
import type { CallReason, CallState } from '../../../shared/call';
import type { Party } from '../telephone-system';
import type { OutsideBehaviour } from './simulated-settings';

/** A phone of the office. */
export interface Phone {
  readonly address: string;
  readonly extension: string;
  readonly displayName: string;
  /** It is a mobile outside, in the place of the phone `of` while its user makes a call with it. */
  readonly mobile?: { readonly of: string; readonly behaviour: OutsideBehaviour };
}

/** Address of the mobile in the place of a phone. */
export const mobileAddressOf = (address: string): string => `mobile of ${address}`;

/** Somebody's side of a call. */
export interface Side {
  readonly id: string;
  /** Its phone. Absent: somebody outside, or a voice box. */
  readonly address: string | undefined;
  /** Who it is to an incoming call's display, and what a phone of the office dials to reach him. */
  readonly self: Party;
  readonly dialledAs: string | undefined;
  readonly direction: 'incoming' | 'outgoing';
  readonly startedAt: number;
  readonly purpose: 'pick-up' | undefined;
  /** The group that was called. */
  readonly group: Party | undefined;
  call: Call;
  /** Whom it speaks with or is about to. */
  party: Party;
  /** Whom it called or who called it in the beginning. */
  firstParty: Party;
  holds: boolean;
  /** The phone's other side: one of the two is a consultation of the other. */
  related: Side | undefined;
  redirectedFrom: Party | undefined;
  connectedAt: number | undefined;
  /** It is a voice box: nobody can be connected with it but its caller. */
  readonly voiceBox: boolean;
  /** The caller was sent to the voice box. */
  voicemail: boolean;
  over: { readonly reason: CallReason; readonly takenBy: Party | undefined } | undefined;
  /** What it does while it rings. */
  behaviour: OutsideBehaviour;
  /** Takes back the recall after a long hold. */
  cancelRecall: (() => void) | undefined;
}

export interface Call {
  readonly id: string;
  phase: 'to-lift' | 'dialled' | 'ringing' | 'talking' | 'failed';
  /** Why it failed. */
  reason: CallReason | undefined;
  /** Who talks, or waits to be put through. */
  members: Side[];
  /** Who rings. */
  rings: Side[];
  /** With `to-lift`: what is dialled then, or whose call is fetched. */
  dialled: string;
  fetches: Side | undefined;
  /** Whom the call was for before it was sent on. */
  redirectedFrom: Party | undefined;
  /** So often it was forwarded. */
  forwards: number;
  /** Takes back what time would do next to the call. */
  cancels: (() => void)[];
}

/** The other party as the viewer's display names it: as dialled at a phone that called, as signalled at one that was called. */
export function seenBy(viewer: Side, other: Side): Party {
  if (viewer.direction === 'incoming' || other.dialledAs === undefined) return other.self;
  return { ...other.self, number: other.dialledAs };
}

export const othersIn = (side: Side): Side[] => side.call.members.filter((member) => member !== side);

/** Who put it on hold; `me` when both did. */
export function heldBy(side: Side): 'me' | 'other' | undefined {
  if (side.over !== undefined || side.call.rings.includes(side)) return undefined;
  if (side.holds) return 'me';
  if (side.call.phase === 'talking') return othersIn(side).some((other) => other.holds) ? 'other' : undefined;
  return side.connectedAt !== undefined && side.call.phase !== 'failed' ? 'other' : undefined;
}

export function stateOf(side: Side): CallState {
  if (side.over !== undefined) return 'ended';
  if (side.call.rings.includes(side)) return 'alerting';
  if (heldBy(side) !== undefined) return 'held';
  const states = {
    'to-lift': 'initiated',
    dialled: 'originated',
    ringing: 'delivered',
    talking: 'connected',
    failed: 'failed',
  } as const;
  return states[side.call.phase];
}

/** Two people talk: what can be held, sent on and joined. */
export const isPair = ({ call }: Side): boolean =>
  call.phase === 'talking' && call.members.length === 2 && !call.members.some(({ voiceBox }) => voiceBox);

/** The phone speaks there, or is about to: it does not ring and does not hold it. */
export const isActive = (side: Side): boolean => !side.holds && stateOf(side) !== 'alerting';

/** Whom the side hears: extensions and numbers. */
export function heardBy(side: Side): string[] {
  if (stateOf(side) !== 'connected') return [];
  return othersIn(side).flatMap(({ self }) => (self.number === undefined ? [] : [self.number]));
}
