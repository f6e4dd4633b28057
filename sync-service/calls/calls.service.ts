/**
 * Calls of users: which device dials, what is dialled, whose event it is and who the other party is. The call itself
 * belongs to the telephone system; nothing of it is stored here.
 */
import type { Logger } from 'pino';
import type { Call, TelephoneLink } from '../../shared/call';
import type { DialPlan } from '../../shared/dial-plan';
import type { LineState } from '../../shared/line-state';
import type { EventBus } from '../events/event-bus';
import type { CallerNames, TelephoneSystem, TelephoneSystemEvent } from '../telephone-system/telephone-system';
import { systemTimers } from '../telephone-system/timers';
import type { Timers } from '../telephone-system/timers';
import { createCallBook } from './call-book';
import { createCallCommands } from './call-commands';
import type { CallCommands, CallUser } from './call-commands';
import { createCallRequests } from './call-requests';
import type { CallRequestStore } from './call-requests';
import { createCallRecordsSource } from './call-records-source';
import type { CallRecordsSource } from './call-records-source';
import type {
  CallDevice,
  CallerDirectory,
  DeviceBook,
  DialRules,
  DialWays,
  NumberRulesForCalls,
} from './caller-directory';
import { deviceUnknown, unavailable } from './calls.errors';
import { createCallBackCheck, createDialCheck } from './dial-check';
import { createLineBoard } from './line-board';
import { createPartyDescriber } from './party-describer';

export interface CallsServiceDeps {
  /** Telephone system of each site. */
  readonly systems: ReadonlyMap<string, TelephoneSystem>;
  readonly devices: DeviceBook;
  readonly callers: CallerDirectory;
  readonly numbers: NumberRulesForCalls;
  readonly dialRules: DialRules;
  readonly dialWays: DialWays;
  readonly dialPlanOf: (siteId: string) => Promise<DialPlan>;
  readonly events: EventBus;
  /** Where several instances meet that may get the same command; absent where there is one. */
  readonly requestStore?: CallRequestStore;
  readonly logger: Logger;
  /** The machine's clock where absent. */
  readonly timers?: Timers;
}

/** What a client starts from. */
export interface CallsSnapshot {
  readonly telephoneSystem: TelephoneLink;
  readonly calls: Call[];
  /** Of everybody whose telephone is not idle. */
  readonly lineStates: LineState[];
}

export interface CallsService extends CallCommands {
  /** Reads the devices and takes up the links. */
  start(): Promise<void>;
  /** Users or devices were changed: reads them again. */
  devicesChanged(): Promise<void>;
  /** Ends the links; calls go on. */
  stop(): Promise<void>;
  /** `siteId` tells the link of a user who has no telephone. */
  snapshotOf(userId: string, siteId?: string): CallsSnapshot;
  /** For the journal. */
  readonly records: CallRecordsSource;
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
  const deviceAt = (siteId: string, address: string): CallDevice | undefined => byAddress.get(`${siteId} ${address}`);
  const linkOf = (siteId: string | undefined): TelephoneLink =>
    (siteId === undefined ? undefined : links.get(siteId)) ?? {
      state: 'down',
      since: began,
      ...(siteId !== undefined && !systems.has(siteId) && { absent: true }),
    };

  const describer = createPartyDescriber({ callers, numbers, dialPlanOf, logger });
  const book = createCallBook({
    timers,
    deviceAt,
    describe: (device, party) => describer.describe(device, party),
    tell: (device, call) => events.publish({ user: device.userId }, { type: 'call', call }),
    irregular: (from, to) => logger.debug({ from, to }, 'a call changed its state in a way that is not drawn'),
  });
  const lines = createLineBoard({
    timers,
    deviceAt,
    numbers,
    dialPlanOf,
    logger,
    publish: (audience, event) => events.publish(audience, event),
  });

  /** Names for the displays of a site's telephones. */
  const callerNames = (siteId: string): CallerNames => ({
    async nameOf(address, number) {
      const device = deviceAt(siteId, address);
      return device === undefined ? undefined : describer.nameOf(device, number);
    },
  });

  function setLink(siteId: string, state: TelephoneLink['state']): void {
    const link: TelephoneLink = { state, since: now() };
    links.set(siteId, link);
    logger.info({ site: siteId, link: state }, 'link to the telephone system');
    for (const user of new Set(devicesAt(siteId).map(({ userId }) => userId))) {
      events.publish({ user }, { type: 'telephone-system', link });
    }
    if (state !== 'up') lines.clear(siteId);
  }

  function hear(siteId: string, event: TelephoneSystemEvent): void {
    if (event.type === 'link') setLink(siteId, event.state);
    if (event.type === 'snapshot') {
      book.takeAll(siteId, event.connections);
      lines.takeAll(siteId, event.connections);
    }
    if (event.type === 'connection') {
      book.take(siteId, event.connection);
      lines.take(siteId, event.connection);
    }
  }

  async function readDevices(): Promise<void> {
    devices = await deps.devices.list();
    byAddress = new Map(devices.map((device) => [`${device.siteId} ${device.address}`, device]));
  }

  async function devicesChanged(): Promise<void> {
    await readDevices();
    for (const [siteId, system] of systems) {
      system.setDevices(devicesAt(siteId));
      if (system.link !== 'up') continue;
      book.takeAll(siteId, system.connections());
      lines.takeAll(siteId, system.connections());
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

  const commands = createCallCommands({
    book,
    systemOf,
    chooseDevice,
    devicesOf,
    deviceAt,
    checkNumber: createDialCheck({ numbers, rules: deps.dialRules, dialPlanOf, devices: () => devices, logger }),
    callBackFor: createCallBackCheck(
      { numbers, rules: deps.dialRules, dialPlanOf },
      deps.dialWays,
      (siteId) => systems.get(siteId)?.callsBack === true,
    ),
    requests: createCallRequests({ timers, logger, ...(deps.requestStore && { store: deps.requestStore }) }),
  });

  return {
    ...commands,
    async start() {
      await readDevices();
      for (const [siteId, system] of systems) {
        links.set(siteId, { state: 'connecting', since: now() });
        unsubscribes.push(system.subscribe((event) => hear(siteId, event)));
        system.start(devicesAt(siteId), callerNames(siteId));
      }
    },
    devicesChanged,
    async stop() {
      for (const unsubscribe of unsubscribes) unsubscribe();
      unsubscribes = [];
      await Promise.all([...systems.values()].map((system) => system.stop()));
    },
    snapshotOf(userId, siteId) {
      const site = devicesOf(userId)[0]?.siteId ?? siteId;
      return {
        telephoneSystem: linkOf(site),
        calls: [...book.callsOf(userId)],
        lineStates: lines.statesFor(userId),
      };
    },
    records: createCallRecordsSource({
      systems,
      ownerOf: deviceAt,
      describe: (user, direction, party) => describer.describe(user, { party, direction }),
    }),
  };
}
