/**
 * What the contract of the telephone system port is played on: a rig offers the people at three phones and the line
 * between adapter and telephone system; what the adapter tells is kept and compared with what phones do and show.
 */
import { expect } from 'vitest';
import type { CallState } from '../../shared/call';
import type {
  Connection,
  PublishedState,
  TelephoneSystem,
  WatchedDevice,
} from '../../sync-service/telephone-system/telephone-system';

/** A phone and the hands at it. */
export interface RigPhone extends WatchedDevice {
  /** What rings: the number and name on the display. Undefined when nothing rings. */
  ringing(): { readonly number?: string; readonly name?: string } | undefined;
  /** Extensions of the phones whose voices are heard now; nobody while it is held or idle. */
  hears(): readonly string[];
  /** Answers what rings. */
  lift(): Promise<void>;
  /** Ends the call. */
  layDown(): Promise<void>;
  /** Refuses what rings. */
  refuse(): Promise<void>;
  /** Dials by hand. */
  dial(digits: string): Promise<void>;
  /** Presses the phone's own hold key: holds, or goes on. With the offer `hold-key`. */
  holdKey?(): Promise<void>;
}

/** Somebody's mobile outside, and the hands at it. */
export interface RigMobile extends RigPhone {
  /** How it is dialled at a phone of the office. */
  readonly dialString: string;
}

/** What a rig shall be like beyond the ordinary. */
export interface RigWishes {
  /** The phones ring with a second call while they talk; otherwise they are busy. With the offer `second-call`. */
  readonly secondCalls: boolean;
}

/** What only some rigs can show; without an offer its tests are not part of the suite. */
export const rigOffers = [
  'hold-key',
  'second-call',
  'voicemail',
  'names',
  'call-records',
  'publishing',
  'call-back',
] as const;
export type RigOffer = (typeof rigOffers)[number];

export interface TelephoneRig {
  /** The adapter, not started yet, watching all three phones once it is. */
  readonly system: TelephoneSystem;
  /** Phones 330, 331 and 332; the third is named `a",UC_EVIL=1,X="b`. */
  readonly phones: readonly [RigPhone, RigPhone, RigPhone];
  /** The mobile of whoever has the first phone, with the offer `call-back`; `extension` names its voice. */
  readonly mobile?: RigMobile;
  /** An extension that does not exist. */
  readonly unknownNumber: string;
  /** Waits until the check gives something that is not undefined or false; fails after a while, naming `what`. */
  until<T>(what: string, check: () => T | undefined | false): Promise<T>;
  /** Lets time go on in which nothing may happen. */
  quietTime(): Promise<void>;
  /** Cuts the line between adapter and telephone system, so that the adapter notices. */
  cutLink(): Promise<void>;
  restoreLink(): Promise<void>;
  /** Ends all calls and stops the adapter. */
  close(): Promise<void>;
}

/** A display name made to break out of a quoted string. */
export const evilName = 'a",UC_EVIL=1,X="b';

export type Heard =
  | { readonly type: 'link'; readonly state: 'up' | 'down' }
  | { readonly type: 'snapshot'; readonly connections: readonly Connection[] }
  | { readonly type: 'connection'; readonly connection: Connection };

/** A rig in which the adapter runs and is listened to, with what tests do there again and again. */
export interface Stage {
  readonly rig: TelephoneRig;
  readonly system: TelephoneSystem;
  readonly anna: RigPhone;
  readonly bernd: RigPhone;
  readonly carla: RigPhone;
  /** Everything that was told in order; wake-ups for call records are counted in `wakeUps`. */
  readonly heard: readonly Heard[];
  readonly wakeUps: () => number;
  /** What was told to be in force, in order. */
  readonly changes: readonly PublishedState[];
  readonly told: (phone: RigPhone) => Connection[];
  /** States of the phone's last side as they were told, repetitions left out. */
  readonly statesOf: (phone: RigPhone) => CallState[];
  /** The side whose change was told last has this state. */
  readonly reaches: (phone: RigPhone, state: CallState) => Promise<Connection>;
  /** The side of a call, as it was told last. */
  readonly last: (connectionId: string) => Connection | undefined;
  /** Waits until this side has the state; gives how it is told then. */
  readonly sideReaches: (connectionId: string, state: CallState) => Promise<Connection>;
  /** Waits until the side is told with all this. */
  readonly sideIs: (
    connectionId: string,
    what: string,
    check: (connection: Connection) => boolean,
  ) => Promise<Connection>;
  /** Waits for a side at the phone that is none of the known ones. */
  readonly newSideAt: (phone: RigPhone, known: readonly string[], state: CallState) => Promise<Connection>;
  readonly rings: (
    phone: Pick<RigPhone, 'extension' | 'ringing'>,
  ) => Promise<{ readonly number?: string; readonly name?: string }>;
  /** Waits until the phones hear exactly each other: everybody everybody else. */
  readonly talkTogether: (...phones: readonly Pick<RigPhone, 'extension' | 'hears'>[]) => Promise<void>;
  readonly hearsNobody: (phone: RigPhone) => Promise<void>;
  readonly requestId: () => string;
  readonly dial: (from: RigPhone, dialString: string, requestId?: string) => Promise<Connection>;
  /** Click to dial, lifted: the called phone rings. */
  readonly ringUp: (from: RigPhone, to: RigPhone) => Promise<Connection>;
  /** The same, answered; gives both sides. */
  readonly talk: (from: RigPhone, to: RigPhone) => Promise<Connection>;
  /** The side that the phone has now; there must be one. */
  readonly sideAt: (phone: RigPhone) => Connection;
  readonly endedOnce: (phone: RigPhone, id: string) => void;
  /** No call is left: nothing is told of one, and nothing rings. */
  readonly allIdle: () => Promise<void>;
}

/** Names that the adapter asks for, changed by tests. */
export interface NameBook {
  nameOf(device: string, number: string): Promise<string | undefined>;
}

const same = (one: readonly string[], other: readonly string[]): boolean =>
  JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());

/** Starts the adapter in the rig and waits for its link. */
export async function openStage(rig: TelephoneRig, names: NameBook): Promise<Stage> {
  const { system } = rig;
  const [anna, bernd, carla] = rig.phones;
  const heard: Heard[] = [];
  const changes: PublishedState[] = [];
  let wakeUps = 0;
  let requests = 0;
  system.subscribe((event) => {
    if (event.type === 'call-records') wakeUps += 1;
    else if (event.type === 'published') changes.push(event.state);
    else heard.push(event);
  });
  system.start(
    rig.phones.map(({ address, extension, displayName }) => ({ address, extension, displayName })),
    { nameOf: (device, number) => names.nameOf(device, number) },
  );
  expect(system.link).toBe('down');
  await rig.until('link up', () => system.link === 'up');

  const everything = (): Connection[] =>
    heard.flatMap((event) => (event.type === 'connection' ? [event.connection] : []));
  const told = (phone: RigPhone): Connection[] => everything().filter(({ device }) => device === phone.address);
  const last = (connectionId: string): Connection | undefined =>
    everything()
      .filter(({ id }) => id === connectionId)
      .at(-1);
  const rings: Stage['rings'] = (phone) => rig.until(`phone ${phone.extension} rings`, () => phone.ringing());
  const reaches: Stage['reaches'] = (phone, state) =>
    rig.until(`${phone.extension} ${state}`, () => {
      const newest = told(phone).at(-1);
      return newest?.state === state ? newest : undefined;
    });
  const sideIs: Stage['sideIs'] = (connectionId, what, check) =>
    rig.until(`${last(connectionId)?.device ?? connectionId} ${what}`, () => {
      const now = last(connectionId);
      return now !== undefined && check(now) ? now : undefined;
    });
  const requestId = (): string => `request-${Date.now()}-${++requests}`;
  const dial: Stage['dial'] = (from, dialString, id = requestId()) =>
    system.dial({ device: from.address, dialString, requestId: id });
  const ringUp: Stage['ringUp'] = async (from, to) => {
    const own = await dial(from, to.extension);
    await rings(from);
    await from.lift();
    await rings(to);
    await reaches(to, 'alerting');
    return own;
  };

  return {
    rig,
    system,
    anna,
    bernd,
    carla,
    heard,
    wakeUps: () => wakeUps,
    changes,
    told,
    statesOf(phone) {
      const newest = told(phone).at(-1)?.id;
      return told(phone)
        .filter(({ id }) => id === newest)
        .map(({ state }) => state)
        .filter((state, index, states) => state !== states[index - 1]);
    },
    reaches,
    last,
    sideReaches: (connectionId, state) => sideIs(connectionId, state, (now) => now.state === state),
    sideIs,
    newSideAt: (phone, known, state) =>
      rig.until(`a new side of ${phone.extension} ${state}`, () =>
        system
          .connections()
          .find((side) => side.device === phone.address && side.state === state && !known.includes(side.id)),
      ),
    rings,
    talkTogether: async (...phones) => {
      for (const phone of phones) {
        const others = phones.filter((other) => other !== phone).map(({ extension }) => extension);
        await rig.until(`${phone.extension} hears ${others.join(' and ')}`, () => same(phone.hears(), others));
      }
    },
    hearsNobody: async (phone) => {
      await rig.until(`${phone.extension} hears nobody`, () => phone.hears().length === 0);
    },
    requestId,
    dial,
    ringUp,
    talk: async (from, to) => {
      const own = await ringUp(from, to);
      await to.lift();
      await reaches(from, 'connected');
      await reaches(to, 'connected');
      return own;
    },
    sideAt(phone) {
      const [side] = system.connections().filter(({ device }) => device === phone.address);
      if (side === undefined) throw new Error(`${phone.extension} has no call.`);
      return side;
    },
    endedOnce(phone, id) {
      expect(told(phone).filter((side) => side.id === id && side.state === 'ended')).toHaveLength(1);
    },
    allIdle: async () => {
      await rig.until('all calls over', () => system.connections().length === 0);
      for (const phone of rig.phones) await rig.until('all quiet', () => phone.ringing() === undefined);
      const ids = new Set(everything().map(({ id }) => id));
      for (const id of ids) {
        expect(everything().filter((side) => side.id === id && side.state === 'ended')).toHaveLength(1);
      }
    },
  };
}
