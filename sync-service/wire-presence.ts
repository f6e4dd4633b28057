/** Presence and forwarding on one database and with the sites' telephone systems: services, routes, and what live events begin with. */
import type { Logger } from 'pino';
import type { DialPlan } from '../shared/dial-plan';
import type { Audience, LiveEvent } from '../shared/events';
import type { NumberRules } from '../shared/phone-number';
import type { OwnPresence } from '../shared/presence';
import type { People } from './accounts/people';
import { internationalForm, isEmergency, reachedExtension } from './calls/dial-permission';
import type { Database } from './database/database';
import type { Instances } from './database/instances';
import type { BoundRoute } from './http/binding';
import { isPremiumRate } from './numbers/premium-rate';
import type { DialDirectory, SiteNumbers } from './presence/dial-directory';
import { createForwardingBook } from './presence/forwarding-book';
import { createForwardingStore } from './presence/forwarding-store';
import type { Destination } from './presence/forwarding-target';
import { forwardingRoutes } from './presence/forwarding.routes';
import { createForwardingService } from './presence/forwarding.service';
import { createPresenceBook } from './presence/presence-book';
import type { PresenceUser } from './presence/presence-people';
import { createPresenceStore } from './presence/presence-store';
import { presenceRoutes } from './presence/presence.routes';
import { createPresenceService } from './presence/presence.service';
import type { PresenceService } from './presence/presence.service';
import { createPublishedExtensions } from './presence/published-extensions-store';
import { createPublisher } from './presence/publisher';
import { ownedPublishing } from './wire-instances';
import type { TelephoneSystem } from './telephone-system/telephone-system';
import { systemTimers } from './telephone-system/timers';

export interface WiredPresence {
  readonly service: PresenceService;
  readonly routes: BoundRoute[];
  /** What a client's snapshot says of presence. */
  snapshotOf(userId: string): Promise<{ presenceVersion: string; ownPresence: OwnPresence }>;
  /** Reads everything and takes up the work with the telephone systems. Before their links are taken up. */
  start(): Promise<void>;
  /** Another instance has changed presence or forwarding of these users. */
  refresh(kind: 'presence' | 'forwarding', userIds: readonly string[]): Promise<void>;
  /** Users were changed. */
  peopleChanged(): Promise<void>;
  stop(): void;
}

export interface WirePresenceDeps {
  readonly database: Database;
  readonly people: People;
  readonly systems: ReadonlyMap<string, TelephoneSystem>;
  readonly numbers: NumberRules;
  readonly dialPlanOf: (siteId: string) => Promise<DialPlan>;
  readonly publish: (audience: Audience, event: LiveEvent) => void;
  readonly instances: Instances;
  /** Letters and digits that name this life of the service. */
  readonly epoch: string;
  readonly logger: Logger;
}

export function wirePresence(deps: WirePresenceDeps): WiredPresence {
  const { database, people, systems, publish, epoch, instances, logger } = deps;
  const timers = systemTimers;
  const book = createPresenceBook({
    store: createPresenceStore(database),
    people: { list: () => presencePeople(people) },
    timers,
    publish,
    epoch,
  });
  const dialling = dialDirectory(deps);
  const forwarding = createForwardingBook({
    store: createForwardingStore(database),
    presence: book,
    dialling,
    publish,
  });
  const extensions = createPublishedExtensions(database);
  const publisher = createPublisher({
    ...{ systems: ownedPublishing(systems, instances), presence: book, forwarding },
    ...{ dialling, timers, logger, extensions },
  });
  const shared = {
    now: () => timers.now(),
    enforced: (user: PresenceUser) => user.extension !== undefined && systems.has(user.siteId),
    changed: (userId: string) => publisher.changed(userId),
  };
  const service = createPresenceService({ book, ...shared });
  return {
    service,
    routes: [
      ...presenceRoutes(service),
      ...forwardingRoutes(createForwardingService({ book: forwarding, presence: book, dialling, ...shared })),
    ],
    async snapshotOf(userId) {
      // Whoever was added a moment ago is signed in before the service has noticed him.
      if (!book.users().some((user) => user.userId === userId)) await book.load();
      return { presenceVersion: book.version, ownPresence: book.own(userId) };
    },
    async start() {
      await book.load();
      await forwarding.load();
      await publisher.start();
    },
    async refresh(kind, userIds) {
      await (kind === 'presence' ? book : forwarding).refresh(userIds);
      for (const userId of userIds) publisher.changed(userId);
    },
    async peopleChanged() {
      await book.load();
      await forwarding.load();
      publisher.peopleChanged();
    },
    stop: () => publisher.stop(),
  };
}

async function presencePeople(people: People): Promise<PresenceUser[]> {
  const persons = await people.users.listUsers();
  return persons
    .filter(({ disabled }) => !disabled)
    .map(({ id: userId, siteId, displayName, extension, inDirectory, devices, mobileNumber, externalNumber }) => {
      const mine = devices.find((device) => device.isMine);
      return {
        userId,
        siteId,
        displayName,
        ...(extension !== undefined && { extension }),
        ...(mobileNumber !== undefined && { mobileNumber }),
        ...(externalNumber !== undefined && { externalNumber }),
        inDirectory,
        unavailable: [
          ...(mine?.mulap === true ? (['mulap'] as const) : []),
          ...(mine?.intercept === true ? (['intercept'] as const) : []),
        ],
      };
    });
}

function dialDirectory({ systems, numbers, dialPlanOf, logger }: WirePresenceDeps): DialDirectory {
  const readBy =
    (plan: DialPlan) =>
    (number: string): Destination => {
      const dialled = numbers.toDialString(number, plan);
      if ('problem' in dialled) return { problem: 'not-a-number' };
      const { dialString } = dialled;
      if (!/^\d{1,32}$/.test(dialString)) return { problem: /[*#]/.test(dialString) ? 'feature-code' : 'not-a-number' };
      if (isEmergency(dialString, plan)) return { problem: 'emergency' };
      const reading = numbers.readDialled(dialString, plan);
      const extension = reachedExtension(dialString, reading, plan);
      const international = reading.e164 ?? internationalForm(dialString, plan);
      if (extension === undefined && international !== undefined && isPremiumRate(international))
        return { problem: 'premium-rate' };
      return {
        dialString,
        ...(extension !== undefined && { extension }),
        display: extension ?? reading.display ?? reading.e164 ?? dialString,
      };
    };
  return {
    async numbersOf(siteId): Promise<SiteNumbers> {
      const plan = await dialPlanOf(siteId);
      return {
        read: readBy(plan),
        written(dialString) {
          const reading = numbers.readDialled(dialString, plan);
          return reachedExtension(dialString, reading, plan) ?? reading.display ?? reading.e164 ?? dialString;
        },
      };
    },
    async isExtensionKnown(siteId, extension) {
      try {
        return (await systems.get(siteId)?.reaches(extension)) ?? true;
      } catch (error) {
        logger.debug({ err: error }, 'an extension could not be looked up; it is taken as it is');
        return true;
      }
    },
  };
}
