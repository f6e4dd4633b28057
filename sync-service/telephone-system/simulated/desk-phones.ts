/**
 * The hands of people at the simulated phones: what a phone shows, and what a person does with it. Only demo and tests
 * hold this surface; the service sees the telephone system through the port.
 */
import type { CallReason } from '../../../shared/call';
import { mobileAddressOf } from './call-model';
import type { Phone } from './call-model';
import type { Exchange } from './exchange';
import type { Leg } from './leg';
import { identityOf } from './put-through';

export type PhoneActivity =
  | 'idle'
  /** Rings with an incoming call. */
  | 'ringing'
  /** Rings so that it is lifted and then dials: click to dial. */
  | 'ringing-to-dial'
  /** Has dialled; nobody answered yet. */
  | 'calling'
  | 'connected'
  /** Gives a tone: the call was not put through. */
  | 'tone';

/** What one sees of a desk phone. */
export interface PhoneState {
  readonly address: string;
  readonly extension: string;
  readonly displayName: string;
  /** Of the side in front: the one it speaks with, else the one that rings, else the one it holds. */
  readonly activity: PhoneActivity;
  /** Flashes also when a second call rings while it talks. */
  readonly lamp: 'off' | 'flashing' | 'on';
  /** Text of its display: the other party. Empty when idle or withheld. */
  readonly shown: { readonly number?: string; readonly name?: string };
  /** Why it gives a tone. */
  readonly reason?: CallReason;
  /** Since when it talks. Milliseconds since 1970. */
  readonly connectedAt?: number;
  /** The mobile of its user, while that makes a call in its place; it is lifted and laid down by this address. */
  readonly mobile?: { readonly address: string; readonly activity: PhoneActivity };
  /** The receiver is off. */
  readonly lifted: boolean;
  /** The sides of calls that the phone holds, the one in front first; two at most. */
  readonly connections: readonly PhoneConnection[];
  /** Extensions and numbers that are heard; nobody while it is held. */
  readonly hears: readonly string[];
}

/** A side of a call, without what the phone itself says. */
export type PhoneConnection = Omit<Leg, 'address'>;

export interface DeskPhones {
  /** Phones of the office, colleagues' included. */
  list(): readonly PhoneState[];
  /** Undefined when there is no such phone; the same holds for the rest. */
  state(address: string): PhoneState | undefined;
  /** Hears every change of the phone. Returns the function that ends the subscription. */
  watch(address: string, listener: (state: PhoneState) => void): () => void;
  /** As long as somebody attends a phone, it does nothing by itself. Returns the function that goes away again. */
  attend(address: string): () => void;
  /**
   * Takes the receiver off: answers what rings, or goes on with what it holds when that is named; what it speaks with
   * meanwhile is held. False when there is nothing of that kind.
   */
  lift(address: string, connectionId?: string): boolean;
  /** Lays the receiver down or presses the clear key: ends or refuses the side in front, or the named one. False when the phone is idle. */
  layDown(address: string, connectionId?: string): boolean;
  /** The hold key: holds whom it speaks with, else goes on with whom it holds. False when it can do neither. */
  holdKey(address: string): boolean;
  /** Dials by hand. False when the phone is in use. */
  dial(address: string, digits: string): boolean;
  /**
   * Somebody calls an extension: a colleague when `from` is an extension of the office, else somebody outside; an empty
   * `from` withholds the number. Gives the id of the call, undefined when it did not come about.
   */
  callIn(from: string, toExtension: string): string | undefined;
  /** The outside party of the call hangs up. */
  outsideHangsUp(callId: string): boolean;
}

const activities = {
  initiated: 'ringing-to-dial',
  originated: 'calling',
  delivered: 'calling',
  alerting: 'ringing',
  connected: 'connected',
  held: 'connected',
  failed: 'tone',
  ended: 'idle',
} as const satisfies Record<Leg['state'], PhoneActivity>;

const rings = ({ state }: Leg): boolean => state === 'alerting' || state === 'initiated';
const ownHold = ({ heldBy }: Leg): boolean => heldBy === 'me';

/** The side in front comes first: spoken with, ringing, held by the phone itself. Pure. */
export function byImportance(legs: readonly Leg[]): readonly Leg[] {
  const rank = (leg: Leg): number => (ownHold(leg) ? 2 : leg.state === 'alerting' ? 1 : 0);
  return [...legs].sort((a, b) => rank(a) - rank(b));
}

/** What a phone shows with these sides of calls. Pure. */
export function phoneState(phone: Phone, legs: readonly Leg[], hears: readonly string[]): PhoneState {
  const { address, extension, displayName } = phone;
  const sorted = byImportance(legs);
  const [front] = sorted;
  return {
    address,
    extension,
    displayName,
    activity: front === undefined ? 'idle' : activities[front.state],
    lamp: front === undefined ? 'off' : sorted.some(rings) ? 'flashing' : 'on',
    // A mobile is shown who calls it, not what is dialled then.
    shown: phone.mobile !== undefined && front?.state === 'initiated' ? identityOf(phone) : (front?.party ?? {}),
    lifted: sorted.some((leg) => !rings(leg)),
    connections: sorted.map(({ address: _here, ...connection }) => connection),
    hears,
    ...(front?.state === 'failed' && front.reason !== undefined ? { reason: front.reason } : {}),
    ...(front?.connectedAt === undefined ? {} : { connectedAt: front.connectedAt }),
  };
}

export function createDeskPhones(exchange: Exchange): DeskPhones {
  const ofPhone = (phone: Phone): PhoneState =>
    phoneState(phone, exchange.legsAt(phone.address), exchange.heardAt(phone.address));
  const stateOf = (phone: Phone): PhoneState => {
    const mobile = exchange.phone(mobileAddressOf(phone.address));
    const { address, activity } = mobile === undefined ? { address: '', activity: 'idle' as const } : ofPhone(mobile);
    return { ...ofPhone(phone), ...(activity === 'idle' ? {} : { mobile: { address, activity } }) };
  };
  const state = (address: string): PhoneState | undefined => {
    const phone = exchange.phone(address);
    return phone === undefined ? undefined : stateOf(phone);
  };
  /** The phone's sides, the one in front first; the named one alone where one is named. */
  const legsAt = (address: string, connectionId: string | undefined): readonly Leg[] =>
    byImportance(exchange.legsAt(address)).filter(({ id }) => connectionId === undefined || id === connectionId);

  return {
    list: () => exchange.phones().map(stateOf),
    state,
    watch: (address, listener) =>
      exchange.onLeg((leg) => {
        const now = leg.address === address ? state(address) : undefined;
        if (now !== undefined) listener(now);
      }),
    attend: (address) => exchange.attend(address),
    lift(address, connectionId) {
      const named = connectionId !== undefined;
      const leg = legsAt(address, connectionId).find((each) => rings(each) || (named && ownHold(each)));
      return leg !== undefined && exchange.handle(leg.id, (handling, side) => handling.lift(side));
    },
    layDown(address, connectionId) {
      const [leg] = legsAt(address, connectionId);
      return leg !== undefined && exchange.handle(leg.id, (handling, side) => handling.layDown(side));
    },
    holdKey(address) {
      const legs = legsAt(address, undefined);
      const talks = legs.find(({ abilities }) => abilities.includes('hold'));
      if (talks !== undefined) return exchange.handle(talks.id, (handling, side) => handling.hold(side));
      const held = legs.find(ownHold);
      if (held === undefined || legs.some((leg) => leg !== held && leg.state !== 'alerting' && !ownHold(leg)))
        return false;
      return exchange.handle(held.id, (handling, side) => handling.lift(side));
    },
    dial: (address, digits) => exchange.dial(address, digits) !== undefined,
    callIn(from, toExtension) {
      const colleague = exchange.phones().find((phone) => phone.extension === from);
      if (colleague !== undefined) return exchange.dial(colleague.address, toExtension)?.callId;
      const { callId, rings: comesAbout } = exchange.callIn(from, toExtension);
      return comesAbout ? callId : undefined;
    },
    outsideHangsUp: (callId) => exchange.outsideHangsUp(callId),
  };
}
