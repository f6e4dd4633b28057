/**
 * Calls of users: which device dials, what is dialled, whose event it is and who the other party is. The call itself
 * belongs to the telephone system; nothing of it is stored here.
 */
import type { Logger } from 'pino';
import type { Call, CallAbility, CallParty, TelephoneLink } from '../../shared/call';
import type { DialPlan } from '../../shared/dial-plan';
import type { EventBus } from '../events/event-bus';
import type { TelephoneSystem, TelephoneSystemEvent } from '../telephone-system/telephone-system';
import { systemTimers } from '../telephone-system/timers';
import type { Timers } from '../telephone-system/timers';
import { createCallBook } from './call-book';
import type { KnownCall } from './call-book';
import { describedParty, signalledParty, withheldParty } from './call-state';
import type { CallDevice, CallerDirectory, DeviceBook, NumberRulesForCalls } from './caller-directory';
import { asServiceError, callUnknown, deviceUnknown, notAble, notDialable, unavailable } from './calls.errors';

/** Who calls. */
export interface CallUser {
  readonly id: string;
  readonly siteId: string;
}

export interface DialRequest {
  /** As the user wrote or clicked it: with + canonical, else as one dials at the desk phone (NUM-2). */
  readonly number: string;
  /** Id of one of the user's devices; "my phone" where absent. */
  readonly device?: string | undefined;
  readonly requestId: string;
}

export interface CallsServiceDeps {
  /** Telephone system of each site. */
  readonly systems: ReadonlyMap<string, TelephoneSystem>;
  readonly devices: DeviceBook;
  readonly callers: CallerDirectory;
  readonly numbers: NumberRulesForCalls;
  readonly dialPlanOf: (siteId: string) => Promise<DialPlan>;
  readonly events: EventBus;
  readonly logger: Logger;
  /** The machine's clock where absent. */
  readonly timers?: Timers;
}

export interface CallsService {
  /** Reads the devices and takes up the links. */
  start(): Promise<void>;
  /** Users or devices were changed: reads them again. */
  devicesChanged(): Promise<void>;
  /** Ends the links; calls go on. */
  stop(): Promise<void>;
  /**
   * Rings the user's own device, then dials. The same `requestId` again acts once (for ten minutes).
   * Throws ServiceError `number-not-dialable`, `device-unknown`, `telephone-system-unavailable`, `not-supported-by-device`.
   */
  dial(user: CallUser, request: DialRequest): Promise<Call>;
  /** Throws ServiceError `call-unknown`, `telephone-system-unavailable`, `not-supported-by-device`. */
  answer(user: CallUser, callId: string): Promise<Call>;
  /** Hangs up, or refuses what rings. Throws as {@link CallsService.answer}. */
  hangUp(user: CallUser, callId: string): Promise<Call>;
  /** What a client starts from. `siteId` tells the link of a user who has no telephone. */
  snapshotOf(userId: string, siteId?: string): { readonly telephoneSystem: TelephoneLink; readonly calls: Call[] };
}

export function createCallsService(deps: CallsServiceDeps): CallsService {
  const { systems, numbers, dialPlanOf, callers, events, logger } = deps;
  const timers = deps.timers ?? systemTimers;
  const now = (): string => new Date(timers.now()).toISOString();
  const began = now();
  const links = new Map<string, TelephoneLink>();
  let devices: readonly CallDevice[] = [];
  let byAddress = new Map<string, CallDevice>();
  let unsubscribes: (() => void)[] = [];

  const devicesOf = (userId: string): readonly CallDevice[] => devices.filter((device) => device.userId === userId);
  const devicesAt = (siteId: string): readonly CallDevice[] => devices.filter((device) => device.siteId === siteId);
  const linkOf = (siteId: string | undefined): TelephoneLink =>
    (siteId === undefined ? undefined : links.get(siteId)) ?? { state: 'down', since: began };

  /** The other party by number rules and directories; what the telephone system says where those fail. */
  async function describe(device: CallDevice, connection: Parameters<typeof signalledParty>[0]): Promise<CallParty> {
    const { number } = connection.party;
    if (number === undefined) return signalledParty(connection);
    try {
      const dialPlan = await dialPlanOf(device.siteId);
      const reading =
        connection.direction === 'outgoing'
          ? numbers.readDialled(number, dialPlan)
          : numbers.readSignalled(number, dialPlan);
      // A word in place of the number, such as "anonymous": it is withheld.
      if (reading.problem === 'empty') return withheldParty(connection);
      const viewer = { userId: device.userId, siteId: device.siteId, dialPlan };
      return describedParty(connection, reading, await callers.identify(viewer, reading));
    } catch (error) {
      logger.warn({ err: error }, 'a caller could not be looked up');
      return signalledParty(connection);
    }
  }

  const book = createCallBook({
    timers,
    describe,
    deviceAt: (siteId, address) => byAddress.get(`${siteId} ${address}`),
    tell: (device, call) => events.publish({ user: device.userId }, { type: 'call', call }),
  });

  function setLink(siteId: string, state: TelephoneLink['state']): void {
    const link: TelephoneLink = { state, since: now() };
    links.set(siteId, link);
    logger.info({ site: siteId, link: state }, 'link to the telephone system');
    for (const user of new Set(devicesAt(siteId).map(({ userId }) => userId))) {
      events.publish({ user }, { type: 'telephone-system', link });
    }
  }

  function hear(siteId: string, event: TelephoneSystemEvent): void {
    if (event.type === 'link') setLink(siteId, event.state);
    else if (event.type === 'snapshot') book.takeAll(siteId, event.connections);
    else book.take(siteId, event.connection);
  }

  async function readDevices(): Promise<void> {
    devices = await deps.devices.list();
    byAddress = new Map(devices.map((device) => [`${device.siteId} ${device.address}`, device]));
  }

  async function devicesChanged(): Promise<void> {
    await readDevices();
    for (const [siteId, system] of systems) {
      system.setDevices(devicesAt(siteId));
      if (system.link === 'up') book.takeAll(siteId, system.connections());
    }
  }

  async function chooseDevice(user: CallUser, deviceId: string | undefined): Promise<CallDevice> {
    const choose = (): CallDevice | undefined => {
      const own = devicesOf(user.id);
      if (deviceId !== undefined) return own.find(({ id }) => id === deviceId);
      return own.find(({ isMine }) => isMine) ?? own[0];
    };
    const known = choose();
    if (known !== undefined) return known;
    // The administrator's command line may have given him one meanwhile.
    await devicesChanged();
    const found = choose();
    if (found === undefined) throw deviceUnknown();
    return found;
  }

  function systemOf(siteId: string): TelephoneSystem {
    const system = systems.get(siteId);
    if (system?.link !== 'up') throw unavailable();
    return system;
  }

  /** Does a command on one of the user's calls, if it can be done with it now. */
  async function command(
    user: CallUser,
    callId: string,
    ability: CallAbility,
    act: (system: TelephoneSystem, known: KnownCall) => Promise<void>,
  ): Promise<Call> {
    const known = book.find(user.id, user.siteId, callId);
    if (known === undefined) throw callUnknown();
    const system = systemOf(known.device.siteId);
    if (!known.connection.abilities.includes(ability)) throw notAble(ability);
    try {
      await act(system, known);
    } catch (error) {
      throw asServiceError(error);
    }
    return book.find(user.id, user.siteId, callId)?.call ?? known.call;
  }

  return {
    async start() {
      await readDevices();
      for (const [siteId, system] of systems) {
        links.set(siteId, { state: 'connecting', since: now() });
        unsubscribes.push(system.subscribe((event) => hear(siteId, event)));
        system.start(devicesAt(siteId));
      }
    },
    devicesChanged,
    async stop() {
      for (const unsubscribe of unsubscribes) unsubscribe();
      unsubscribes = [];
      await Promise.all([...systems.values()].map((system) => system.stop()));
    },
    async dial(user, { number, device: deviceId, requestId }) {
      const device = await chooseDevice(user, deviceId);
      const dialled = numbers.toDialString(number, await dialPlanOf(device.siteId));
      if ('problem' in dialled) throw notDialable(dialled.problem);
      const system = systemOf(device.siteId);
      try {
        const connection = await system.dial({
          device: device.address,
          dialString: dialled.dialString,
          // A client chooses its request ids: those of two users are different requests.
          requestId: `${user.id}:${requestId}`,
        });
        return await book.describe(device, connection);
      } catch (error) {
        throw asServiceError(error);
      }
    },
    answer: (user, callId) => command(user, callId, 'answer', (system, { connection }) => system.answer(connection.id)),
    hangUp: (user, callId) =>
      command(user, callId, 'hang-up', (system, { connection }) => system.hangUp(connection.id)),
    snapshotOf(userId, siteId) {
      const site = devicesOf(userId)[0]?.siteId ?? siteId;
      return { telephoneSystem: linkOf(site), calls: [...book.callsOf(userId)] };
    },
  };
}
