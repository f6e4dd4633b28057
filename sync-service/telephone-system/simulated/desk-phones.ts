/**
 * The hands of people at the simulated phones: what a phone shows, and what a person does with it. Only demo and tests
 * hold this surface; the service sees the telephone system through the port.
 */
import type { CallReason } from '../../../shared/call';
import type { Exchange, Leg, Phone } from './exchange';

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
  readonly activity: PhoneActivity;
  readonly lamp: 'off' | 'flashing' | 'on';
  /** Text of its display: the other party. Empty when idle or withheld. */
  readonly shown: { readonly number?: string; readonly name?: string };
  /** Why it gives a tone. */
  readonly reason?: CallReason;
  /** Since when it talks. Milliseconds since 1970. */
  readonly connectedAt?: number;
  /** The receiver is off. */
  readonly lifted: boolean;
  /** The same as the sides of calls that the phone holds: none or one. */
  readonly connections: readonly PhoneConnection[];
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
  /** Takes the receiver off: answers what rings. False when nothing rings there. */
  lift(address: string): boolean;
  /** Lays the receiver down or presses the clear key: ends or refuses. False when the phone is idle. */
  layDown(address: string): boolean;
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

const lamps = {
  idle: 'off',
  ringing: 'flashing',
  'ringing-to-dial': 'flashing',
  calling: 'on',
  connected: 'on',
  tone: 'on',
} as const satisfies Record<PhoneActivity, PhoneState['lamp']>;

/** What a phone shows with this side of a call, or without any. Pure. */
export function phoneState(phone: Phone, leg: Leg | undefined): PhoneState {
  const { address, extension, displayName } = phone;
  const activity = leg === undefined ? 'idle' : activities[leg.state];
  if (leg === undefined || activity === 'idle') {
    return {
      address,
      extension,
      displayName,
      activity: 'idle',
      lamp: 'off',
      shown: {},
      lifted: false,
      connections: [],
    };
  }
  const { address: _here, ...connection } = leg;
  return {
    address,
    extension,
    displayName,
    activity,
    lamp: lamps[activity],
    shown: leg.party,
    lifted: lamps[activity] === 'on',
    connections: [connection],
    ...(leg.state === 'failed' && leg.reason !== undefined ? { reason: leg.reason } : {}),
    ...(leg.connectedAt === undefined ? {} : { connectedAt: leg.connectedAt }),
  };
}

export function createDeskPhones(exchange: Exchange): DeskPhones {
  const state = (address: string): PhoneState | undefined => {
    const phone = exchange.phone(address);
    return phone === undefined ? undefined : phoneState(phone, exchange.legAt(address));
  };
  return {
    list: () => exchange.phones().map((phone) => phoneState(phone, exchange.legAt(phone.address))),
    state,
    watch: (address, listener) =>
      exchange.onLeg((leg) => {
        const now = leg.address === address ? state(address) : undefined;
        if (now !== undefined) listener(now);
      }),
    attend: (address) => exchange.attend(address),
    lift: (address) => exchange.lift(address),
    layDown(address) {
      const leg = exchange.legAt(address);
      return leg !== undefined && exchange.hangUp(leg.id);
    },
    dial: (address, digits) => exchange.dial(address, digits) !== undefined,
    callIn(from, toExtension) {
      const colleague = exchange.phones().find((phone) => phone.extension === from);
      if (colleague !== undefined) return exchange.dial(colleague.address, toExtension)?.callId;
      const { callId, rings } = exchange.callIn(from, toExtension);
      return rings ? callId : undefined;
    },
    outsideHangsUp: (callId) => exchange.outsideHangsUp(callId),
  };
}
