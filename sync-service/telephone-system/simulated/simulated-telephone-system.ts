/**
 * A full adapter without a telephone system behind it: an exchange with phones that are lifted and laid down through
 * `phones`, on a clock that is handed in. Default of a demo installation and of most tests.
 *
 * What is dialled (settings in `simulated-settings.ts`):
 * - an extension of the office rings that phone; attended by nobody it does what `extensions` or `unattended` say,
 * - a group of `groups` rings all its members that are free; who answers first has the call,
 * - trunk access code and number go out: the far end rings and answers after 4 s, unless the number ends in
 *   99990 (busy), 99991 (nobody answers), 99992 (no such number), 99993 (refused) or 99994 (not reachable),
 * - a mobile that is called back to make a call does the same as any number outside,
 * - star codes change presence and forwarding of the phone that dials them (`star-codes.ts`),
 * - everything else is an unknown number.
 *
 * What is published and `forwarding` send calls on, in this order; whoever is held for two minutes rings his holder again;
 * every extension has a voice box.
 */
import type { CallAbility } from '../../../shared/call';
import { assertPublishable } from '../publishable';
import { createRequestMemory } from '../request-memory';
import { TelephoneSystemError } from '../telephone-system';
import type {
  Connection,
  DeviceAddress,
  TelephoneSystem,
  TelephoneSystemEvent,
  WatchedDevice,
} from '../telephone-system';
import { systemTimers } from '../timers';
import type { Timers } from '../timers';
import { createDeskPhones } from './desk-phones';
import type { DeskPhones } from './desk-phones';
import { createExchange } from './exchange';
import type { CallHandling } from './call-handling';
import type { Side } from './call-model';
import type { Leg } from './leg';
import { readSimulatedSettings } from './simulated-settings';

export interface SimulatedTelephoneSystem extends TelephoneSystem {
  /** The people at the phones. */
  readonly phones: DeskPhones;
  /** Cuts the line between service and telephone system; calls go on. */
  cutLink(): void;
  /** Mends the line; the adapter takes the link up again. */
  restoreLink(): void;
}

export interface SimulatedDeps {
  /** The machine's clock where absent. */
  readonly timers?: Timers;
  /** Gives unique ids; random UUIDs where absent. */
  readonly ids?: () => string;
}

/** Makes the adapter; throws ConfigurationError when the settings cannot be used. */
export function createSimulatedTelephoneSystem(settings: unknown, deps: SimulatedDeps = {}): SimulatedTelephoneSystem {
  const timers = deps.timers ?? systemTimers;
  const ids = deps.ids ?? (() => crypto.randomUUID());
  const read = readSimulatedSettings(settings);
  const exchange = createExchange(read, timers, ids);
  const requests = createRequestMemory<Connection>(() => timers.now());
  const listeners = new Set<(event: TelephoneSystemEvent) => void>();
  let watched = new Set<string>();
  let link: 'up' | 'down' = 'down';
  let state: 'new' | 'running' | 'stopped' = 'new';
  let line: 'whole' | 'cut' = 'whole';
  let untoldRecords = false;
  let cancelLinkUp: (() => void) | undefined;

  function tell(event: TelephoneSystemEvent): void {
    for (const listener of [...listeners]) listener(event);
  }

  const connections = (): Connection[] =>
    exchange
      .legs()
      .filter((leg) => watched.has(leg.address))
      .map(toConnection);

  exchange.onLeg((leg) => {
    if (link === 'up' && watched.has(leg.address)) tell({ type: 'connection', connection: toConnection(leg) });
  });
  exchange.onRecords(() => {
    if (link === 'up') tell({ type: 'call-records' });
    else untoldRecords = true;
  });

  exchange.published.onCode((state) => {
    if (link === 'up') tell({ type: 'published', state });
  });

  function takeUpLink(): void {
    cancelLinkUp?.();
    cancelLinkUp = timers.after(read.linkMs, () => {
      if (state !== 'running' || line === 'cut') return;
      tell({ type: 'snapshot', connections: connections() });
      link = 'up';
      tell({ type: 'link', state: 'up' });
      if (untoldRecords) tell({ type: 'call-records' });
      untoldRecords = false;
    });
  }

  function setDevices(devices: readonly WatchedDevice[]): void {
    const colleagues = read.colleagues.map((colleague) => ({
      address: `colleague/${colleague.extension}`,
      ...colleague,
    }));
    watched = new Set(devices.map((device) => device.address));
    exchange.setPhones([...colleagues, ...devices]);
  }

  function assertLink(): void {
    if (link === 'down') throw new TelephoneSystemError('unavailable', 'The telephone system cannot be reached.');
  }

  /** The side of a call that a command names. */
  function find(connectionId: string): Leg {
    assertLink();
    const leg = exchange.leg(connectionId);
    if (leg === undefined || !watched.has(leg.address)) {
      throw new TelephoneSystemError('unknown-connection', 'This call is over.');
    }
    return leg;
  }

  /** The side of a call that a command names and that can do this now. */
  function findAble(connectionId: string, ability: CallAbility): Leg {
    const leg = find(connectionId);
    if (!leg.abilities.includes(ability)) {
      throw new TelephoneSystemError('refused', `This call cannot do that now (${ability}).`);
    }
    return leg;
  }

  function assertDevice(device: DeviceAddress): void {
    assertLink();
    if (!watched.has(device)) throw new TelephoneSystemError('unknown-device', 'There is no such phone.');
  }

  function assertDigits(dialString: string): void {
    if (!/^[0-9*#]{1,64}$/.test(dialString)) {
      throw new TelephoneSystemError('refused', 'A number to dial has digits, * and # only.');
    }
  }

  function assertFree(leg: Leg | undefined): Connection {
    if (leg === undefined) throw new TelephoneSystemError('refused', 'The phone is in use.');
    return toConnection(leg);
  }

  function assertCalledBack(mobile: string, device: DeviceAddress, dialString: string): Connection {
    const leg = /^\d{1,64}$/.test(mobile) ? exchange.callBack(device, mobile, dialString) : undefined;
    if (leg === undefined) throw new TelephoneSystemError('refused', 'The mobile cannot be called now.');
    return toConnection(leg);
  }

  /** A command that does something with one side, if it can do that now. */
  const command =
    (ability: CallAbility, what: (handling: CallHandling, side: Side) => void) =>
    // Async, so that a refusal is a rejected promise.
    async (connectionId: string): Promise<void> => {
      exchange.handle(findAble(connectionId, ability).id, what);
      return Promise.resolve();
    };

  return {
    get link() {
      return link;
    },
    callsBack: true,
    phones: createDeskPhones(exchange),
    start(devices, names) {
      if (state !== 'new') return;
      state = 'running';
      if (names !== undefined) exchange.askNamesOf(names);
      setDevices(devices);
      takeUpLink();
    },
    setDevices,
    stop() {
      state = 'stopped';
      link = 'down';
      cancelLinkUp?.();
      exchange.stop();
      listeners.clear();
      return Promise.resolve();
    },
    dial: ({ device, dialString, callBackTo, requestId }) =>
      requests.once(requestId, async () => {
        assertDevice(device);
        assertDigits(dialString);
        if (callBackTo !== undefined) return Promise.resolve(assertCalledBack(callBackTo, device, dialString));
        return Promise.resolve(assertFree(exchange.clickToDial(device, dialString)));
      }),
    answer: command('answer', (handling, side) => handling.lift(side)),
    hangUp: command('hang-up', (handling, side) => handling.hangUp(side)),
    hold: command('hold', (handling, side) => handling.hold(side)),
    resume: command('resume', (handling, side) => handling.resume(side)),
    alternate: command('alternate', (handling, side) => handling.alternate(side)),
    conference: command('conference', (handling, side) => handling.conference(side)),
    consult: ({ connectionId, dialString, requestId }) =>
      requests.once(requestId, async () => {
        const leg = findAble(connectionId, 'consult');
        assertDigits(dialString);
        return Promise.resolve(assertFree(exchange.consult(leg.id, dialString)));
      }),
    async transfer(connectionId, target) {
      const leg = findAble(connectionId, 'transfer');
      if ('dialString' in target) {
        assertDigits(target.dialString);
        exchange.handle(leg.id, (handling, side) => handling.transferToNumber(side, target.dialString));
        return Promise.resolve();
      }
      const other = find(target.connectionId);
      const otherSide = exchange.side(other.id);
      const joinable = other.state === 'connected' || other.state === 'delivered';
      if (otherSide === undefined || other.id === leg.id || other.address !== leg.address || !joinable) {
        throw new TelephoneSystemError('refused', 'A call is transferred to another call of the same phone.');
      }
      exchange.handle(leg.id, (handling, side) => handling.transferTo(side, otherSide));
    },
    async deflect(connectionId, target) {
      if ('voicemail' in target) {
        const leg = findAble(connectionId, 'deflect-to-voicemail');
        const owner = exchange.phone(leg.address);
        if (owner === undefined) throw new TelephoneSystemError('unknown-device', 'There is no such phone.');
        exchange.handle(leg.id, (handling, side) => handling.deflectToVoiceBox(side, owner));
        return Promise.resolve();
      }
      const leg = findAble(connectionId, 'deflect');
      assertDigits(target.dialString);
      const takenBy = exchange.partyAt(target.dialString);
      if (takenBy === undefined) throw new TelephoneSystemError('refused', 'There is no such number.');
      exchange.handle(leg.id, (handling, side) => handling.deflect(side, { dialled: target.dialString, takenBy }));
    },
    pickUp: ({ device, connectionId, requestId }) =>
      requests.once(requestId, async () => {
        assertDevice(device);
        const ringing = exchange.leg(connectionId);
        if (ringing?.state !== 'alerting' || !watched.has(ringing.address)) {
          throw new TelephoneSystemError('taken', 'This call does not ring any more.');
        }
        if (ringing.address === device) {
          throw new TelephoneSystemError('refused', 'What rings at the own phone is answered there.');
        }
        return Promise.resolve(assertFree(exchange.pickUp(ringing.id, device)));
      }),
    async callRecords(cursor, limit) {
      // They can be read as soon as there is a line, before everything is told.
      if (line === 'cut') throw new TelephoneSystemError('unavailable', 'The telephone system cannot be reached.');
      return Promise.resolve(exchange.history.read(cursor, limit, ({ device }) => watched.has(device)));
    },
    async reaches(dialString) {
      assertLink();
      return Promise.resolve(exchange.partyAt(dialString) !== undefined);
    },
    async publish(wished) {
      assertLink();
      return Promise.resolve(exchange.published.write(assertPublishable(wished)));
    },
    async published(extensions) {
      assertLink();
      return Promise.resolve(extensions.map((extension) => exchange.published.read(extension)));
    },
    async withdraw(extension) {
      assertLink();
      exchange.published.remove(extension);
      return Promise.resolve();
    },
    connections: () => (link === 'up' ? connections() : []),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    cutLink() {
      line = 'cut';
      if (link === 'down') return;
      link = 'down';
      tell({ type: 'link', state: 'down' });
    },
    restoreLink() {
      if (line === 'whole') return;
      line = 'whole';
      if (state === 'running') takeUpLink();
    },
  };
}

function toConnection({ address, ...leg }: Leg): Connection {
  return { ...leg, device: address };
}
