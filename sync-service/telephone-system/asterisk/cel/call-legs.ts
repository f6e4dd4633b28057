/**
 * What the events of one call say: its channels, who dialled whom, who was connected with whom and when. Local channels,
 * which Asterisk puts between others, are seen through. Pure.
 */
import { deviceOf } from './cel-event';
import type { CelEvent } from './cel-event';

export interface Leg {
  readonly id: string;
  readonly channel: string;
  readonly device: string;
  /** Came from its phone or was called for it to dial; else somebody dialled it. */
  readonly own: boolean;
  /** What was dialled at it. */
  readonly extension: string;
  readonly startedAt: number;
  endedAt: number | undefined;
  /** When it was lifted. */
  answeredAt: number | undefined;
  /** Caller id of the channel. */
  readonly number: string | undefined;
  readonly name: string | undefined;
  /** While its phone was called so that it may dial: what that phone showed, the number to dial. */
  shown: string | undefined;
  cause: number | undefined;
  hangUpSource: string | undefined;
  dialStatus: string | undefined;
  /** It was dialled by this. */
  readonly dial: Dial | undefined;
  readonly dials: Dial[];
  /** Applications besides those that dial, such as `voicemail`, with what they were given. */
  readonly applications: { readonly name: string; readonly data: string; readonly at: number }[];
  /** When it was first together with somebody. */
  talkedAt: number | undefined;
  /** Its phone was called to fetch a colleague's call. */
  forPickUp: boolean;
  /** Id of the channel that picked it up. */
  pickedUpBy: string | undefined;
}

/** An application that calls others: Dial, Queue. */
export interface Dial {
  readonly by: Leg;
  readonly at: number;
  endedAt: number | undefined;
  readonly application: string;
  /** Extension in whose course it dials. */
  readonly extension: string;
  /** What it dials, one by one. */
  readonly targets: readonly string[];
  /** The caller as he is shown. */
  readonly number: string | undefined;
  readonly name: string | undefined;
  readonly redirecting: string | undefined;
  readonly legs: Leg[];
}

/** Two who are together. */
export interface Link {
  readonly a: Leg;
  readonly b: Leg;
  readonly at: number;
  to: number | undefined;
  /** Everybody who was there when it began. */
  readonly present: ReadonlySet<Leg>;
}

export interface Guest {
  readonly leg: Leg;
  readonly from: number;
  to: number | undefined;
}

/** An event that the dialplan wrote. */
export interface Mark {
  readonly name: string;
  readonly words: readonly string[];
  readonly leg: Leg;
  readonly at: number;
}

export interface CallLegs {
  readonly legs: ReadonlyMap<string, Leg>;
  readonly dials: readonly Dial[];
  readonly links: readonly Link[];
  readonly marks: readonly Mark[];
  /** The other end of a Local channel. */
  otherEnd(leg: Leg): Leg | undefined;
  /** Who was connected with a Local channel, in order: first whoever made it, later whom it was given to. */
  guestsOf(leg: Leg): readonly Guest[];
  readonly endedAt: number;
}

export const isLocal = ({ channel }: { readonly channel: string }): boolean => channel.startsWith('Local/');

const dialling = new Set(['dial', 'queue', 'followme', 'page']);
/** Ids of channels, and the context of the dialplan, with which a phone is called to pick up. */
const pickUpPrefix = 'ucp-';
const pickUpContext = 'uc-pickup';
/** Where a waiting caller is before the phone's own leg takes him: not answered yet. */
const takeContext = 'uc-take';
/** Pairs of larger rounds (conference rooms) are not told apart. */
const largestRound = 12;

/** Whether what is dialled (`PJSIP/330`, `PJSIP/330/sip:…`, `Local/330@office/n`) leads to such channels. */
function isTarget(target: string, device: string): boolean {
  return target === device || target.startsWith(`${device}/`);
}

/** Reads the events of a call, in order. */
export function readLegs(events: readonly CelEvent[]): CallLegs {
  const legs = new Map<string, Leg>();
  const byName = new Map<string, Leg>();
  const dials: Dial[] = [];
  const links: Link[] = [];
  const marks: Mark[] = [];
  const bridges = new Map<string, Set<Leg>>();
  const bridgeOf = new Map<Leg, string>();
  const guests = new Map<Leg, Guest[]>();
  const together = new Map<Leg, Set<Leg>>();

  const otherEnd = (leg: Leg): Leg | undefined =>
    isLocal(leg) ? byName.get(leg.channel.replace(/[12]$/, (end) => (end === '1' ? '2' : '1'))) : undefined;

  /** Who dials such a channel just now. Queues do not say whom they dial. */
  function dialOf(event: CelEvent, device: string, local: boolean): Dial | undefined {
    const active = dials.filter((dial) => dial.endedAt === undefined && dial.by.id !== event.uniqueId);
    const named = active.findLast(({ targets }) => targets.some((target) => isTarget(target, device)));
    return named ?? (local ? undefined : active.at(-1));
  }

  function startLeg(event: CelEvent): void {
    const device = deviceOf(event.channel);
    const own = event.linkedId === event.uniqueId;
    const called = !own && !(isLocal(event) && event.channel.endsWith(';2'));
    const leg: Leg = {
      id: event.uniqueId,
      channel: event.channel,
      device,
      own,
      extension: event.extension,
      startedAt: event.at,
      endedAt: undefined,
      answeredAt: undefined,
      number: event.number,
      name: event.name,
      shown: undefined,
      cause: undefined,
      hangUpSource: undefined,
      dialStatus: undefined,
      dial: called ? dialOf(event, device, isLocal(event)) : undefined,
      dials: [],
      applications: [],
      talkedAt: undefined,
      forPickUp: event.uniqueId.startsWith(pickUpPrefix),
      pickedUpBy: undefined,
    };
    leg.dial?.legs.push(leg);
    legs.set(leg.id, leg);
    byName.set(leg.channel, leg);
  }

  /** Everybody in the bridge, and at the other ends of the Local channels in it. */
  function roundOf(bridge: string, seen = new Set<string>()): Set<Leg> {
    const round = new Set<Leg>();
    if (seen.has(bridge)) return round;
    seen.add(bridge);
    for (const leg of bridges.get(bridge) ?? []) {
      if (!isLocal(leg)) round.add(leg);
      const other = otherEnd(leg);
      const next = other && bridgeOf.get(other);
      if (next !== undefined) for (const member of roundOf(next, seen)) round.add(member);
    }
    return round;
  }

  function enter(leg: Leg, bridge: string, at: number): void {
    const members = bridges.get(bridge) ?? new Set();
    bridges.set(bridge, members);
    for (const member of members) {
      const [local, guest] = isLocal(leg) ? [leg, member] : [member, leg];
      if (!isLocal(local) || isLocal(guest)) continue;
      guests.set(local, [...(guests.get(local) ?? []), { leg: guest, from: at, to: undefined }]);
    }
    members.add(leg);
    bridgeOf.set(leg, bridge);
    const round = roundOf(bridge);
    if (round.size > 1) for (const member of round) member.talkedAt ??= at;
    if (round.size > largestRound) return;
    const people = [...round];
    for (const [index, a] of people.entries()) {
      for (const b of people.slice(index + 1)) {
        if (together.get(a)?.has(b) === true) continue;
        for (const [x, y] of [
          [a, b],
          [b, a],
        ] as const)
          together.set(x, (together.get(x) ?? new Set()).add(y));
        links.push({ a, b, at, to: undefined, present: round });
      }
    }
  }

  function leave(leg: Leg, at: number): void {
    const bridge = bridgeOf.get(leg);
    if (bridge === undefined) return;
    // Those whom a Local channel connected are apart without it.
    const apart = isLocal(leg) ? [...roundOf(bridge)] : [leg];
    for (const [local, list] of guests) {
      for (const guest of list) if (local === leg || guest.leg === leg) guest.to ??= at;
    }
    bridges.get(bridge)?.delete(leg);
    bridgeOf.delete(leg);
    for (const link of links) if (apart.includes(link.a) || apart.includes(link.b)) link.to ??= at;
    for (const member of apart) {
      for (const other of together.get(member) ?? []) together.get(other)?.delete(member);
      together.delete(member);
    }
  }

  function startApplication(leg: Leg, event: CelEvent): void {
    if (!dialling.has(event.application)) {
      leg.applications.push({ name: event.application, data: event.data, at: event.at });
      return;
    }
    const dial: Dial = {
      by: leg,
      at: event.at,
      endedAt: undefined,
      application: event.application,
      extension: event.extension,
      targets: (event.data.split(',')[0] ?? '').split('&'),
      number: event.number,
      name: event.name,
      redirecting: event.redirecting,
      legs: [],
    };
    leg.dials.push(dial);
    dials.push(dial);
  }

  function take(leg: Leg, event: CelEvent): void {
    const { extra } = event;
    if (leg.own && event.context === pickUpContext) leg.forPickUp = true;
    switch (event.type) {
      case 'ANSWER':
        if (event.context !== takeContext) leg.answeredAt ??= event.at;
        if (event.application === 'appdial2') leg.shown ??= event.number;
        break;
      case 'APP_START':
        startApplication(leg, event);
        break;
      case 'APP_END':
        if (dialling.has(event.application)) for (const dial of leg.dials) dial.endedAt ??= event.at;
        break;
      case 'BRIDGE_ENTER':
        leave(leg, event.at);
        enter(leg, extra.bridge_id ?? '', event.at);
        break;
      case 'BRIDGE_EXIT':
        if (bridgeOf.get(leg) === extra.bridge_id) leave(leg, event.at);
        break;
      case 'PICKUP':
        leg.pickedUpBy = extra.pickup_channel_uniqueid;
        break;
      case 'HANGUP':
        leg.cause = extra.hangupcause;
        leg.hangUpSource = extra.hangupsource;
        leg.dialStatus = extra.dialstatus;
        leg.endedAt = event.at;
        if (event.application === 'appdial2' && leg.dials.length === 0) leg.shown ??= event.number;
        break;
      case 'CHAN_END':
        leg.endedAt ??= event.at;
        leave(leg, event.at);
        for (const dial of leg.dials) dial.endedAt ??= event.at;
        break;
      default:
        if (extra.extra !== undefined) {
          marks.push({ name: event.type, words: extra.extra.split(' '), leg, at: event.at });
        }
    }
  }

  for (const event of events) {
    if (event.type === 'CHAN_START' && !legs.has(event.uniqueId)) startLeg(event);
    const leg = legs.get(event.uniqueId);
    if (leg !== undefined) take(leg, event);
  }
  return {
    legs,
    dials,
    links,
    marks,
    otherEnd,
    guestsOf: (leg) => guests.get(leg) ?? [],
    endedAt: events.reduce((latest, { at }) => Math.max(latest, at), 0),
  };
}
