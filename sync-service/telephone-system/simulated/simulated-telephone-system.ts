/**
 * A full adapter without a telephone system behind it: an exchange with phones that are lifted and laid down through
 * `phones`, on a clock that is handed in. Default of a demo installation and of most tests.
 *
 * What is dialled (settings in `simulated-settings.ts`):
 * - an extension of the office rings that phone; attended by nobody it does what `extensions` or `unattended` say,
 * - trunk access code and number go out: the far end rings and answers after 4 s, unless the number ends in
 *   99990 (busy), 99991 (nobody answers), 99992 (no such number), 99993 (refused) or 99994 (not reachable),
 * - everything else is an unknown number.
 */
import type { CallAbility } from '../../../shared/call';
import { createRequestMemory } from '../request-memory';
import { TelephoneSystemError } from '../telephone-system';
import type { Connection, TelephoneSystem, TelephoneSystemEvent, WatchedDevice } from '../telephone-system';
import { systemTimers } from '../timers';
import type { Timers } from '../timers';
import { createDeskPhones } from './desk-phones';
import type { DeskPhones } from './desk-phones';
import { createExchange } from './exchange';
import type { Leg } from './exchange';
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

  function takeUpLink(): void {
    cancelLinkUp?.();
    cancelLinkUp = timers.after(read.linkMs, () => {
      if (state !== 'running' || line === 'cut') return;
      tell({ type: 'snapshot', connections: connections() });
      link = 'up';
      tell({ type: 'link', state: 'up' });
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
    const leg = exchange.legs().find(({ id, address }) => id === connectionId && watched.has(address));
    if (leg === undefined) throw new TelephoneSystemError('unknown-connection', 'This call is over.');
    return leg;
  }

  return {
    get link() {
      return link;
    },
    phones: createDeskPhones(exchange),
    start(devices) {
      if (state !== 'new') return;
      state = 'running';
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
    dial: ({ device, dialString, requestId }) =>
      requests.once(requestId, async () => {
        assertLink();
        if (!watched.has(device)) throw new TelephoneSystemError('unknown-device', 'There is no such phone.');
        if (!/^[0-9*#]{1,64}$/.test(dialString)) {
          throw new TelephoneSystemError('refused', 'A number to dial has digits, * and # only.');
        }
        const leg = exchange.clickToDial(device, dialString);
        if (leg === undefined) throw new TelephoneSystemError('refused', 'The phone is in use.');
        return Promise.resolve(toConnection(leg));
      }),
    async answer(connectionId) {
      const leg = find(connectionId);
      if (leg.state !== 'alerting') throw new TelephoneSystemError('refused', 'This call does not ring.');
      exchange.lift(leg.address);
      return Promise.resolve();
    },
    async hangUp(connectionId) {
      exchange.hangUp(find(connectionId).id);
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

const abilities: Partial<Record<Leg['state'], readonly CallAbility[]>> = {
  alerting: ['answer', 'hang-up'],
  ended: [],
};

function toConnection({ address, ...leg }: Leg): Connection {
  return { ...leg, device: address, abilities: abilities[leg.state] ?? ['hang-up'] };
}
