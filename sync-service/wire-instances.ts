/** What instances on one database share: events of users, the work with a telephone system, and who does it. */
import type { Logger } from 'pino';
import type { JournalCounts, JournalEntry } from '../shared/journal';
import type { DirectoryItem } from '../shared/directory';
import type { Changes } from './database/heard-version';
import type { Instances, Notice } from './database/instances';
import type { EventBus, PublishedEvent } from './events/event-bus';
import type { CallRecordsSource } from './calls/call-records-source';
import type { Publishing } from './presence/publisher';
import type { TelephoneSystem } from './telephone-system/telephone-system';

/** The bus, of which the other instances hear as well what they cannot hear of a telephone system or see in the database. */
export function shareEvents(bus: EventBus, instances: Instances): EventBus {
  if (!instances.several) return bus;
  return {
    subscribe: (listener) => bus.subscribe(listener),
    publish(audience, event) {
      bus.publish(audience, event);
      const notice = noticeOf({ audience, event });
      if (notice !== undefined) instances.tell(notice);
    },
  };
}

/**
 * What is a row is told by the database, in the moment in which it is committed; calls and lines come to each instance from
 * the telephone system. These are neither.
 */
function noticeOf({ audience, event }: PublishedEvent): Notice | undefined {
  if (!('user' in audience)) return undefined;
  const { user } = audience;
  switch (event.type) {
    case 'reminder':
      return { kind: 'reminder', user, id: event.entry.id };
    case 'colleague-free':
      return { kind: 'colleague-free', user, id: event.colleague.id };
    default:
      return undefined;
  }
}

/**
 * Changes of contacts by user, or of people, by whichever instance or command.
 * @param here tells of changes by this instance before they are answered: the server's word comes a moment later
 */
export function changesHeard(
  instances: Instances,
  kind: 'contacts' | 'people',
  here: (listener: (name: string) => void) => void,
): Changes {
  return {
    get hears() {
      return instances.several && instances.hears;
    },
    onChanged(listener) {
      instances.onAnyNotice((notice) => {
        if (notice.kind === kind) listener(notice.user);
      });
      here(listener);
    },
    onMissed: (listener) => instances.onMissed(listener),
  };
}

export interface NoticeDeps {
  /** The bus of this instance alone. */
  readonly bus: EventBus;
  readonly instances: Instances;
  readonly countsOf: (userId: string) => Promise<JournalCounts>;
  readonly entryOf: (userId: string, id: string) => Promise<JournalEntry | undefined>;
  readonly colleagueOf: (userId: string, id: string) => Promise<DirectoryItem | undefined>;
  readonly refreshPresence: (userIds: readonly string[]) => Promise<void>;
  readonly refreshForwarding: (userIds: readonly string[]) => Promise<void>;
  readonly refreshWatches: (userId: string) => Promise<void>;
  /** Everything is read anew, and clients begin with a snapshot. */
  readonly readAnew: () => Promise<void>;
  readonly logger: Logger;
}

/** Milliseconds until what could not be read anew is tried again. */
const retryMs = 2000;

/** Tells the users of this instance what another one has changed. */
export function hearInstances(deps: NoticeDeps): void {
  const { bus, instances, logger } = deps;

  async function take({ kind, user, id = '' }: Notice): Promise<void> {
    const audience = { user };
    switch (kind) {
      case 'contacts':
      case 'favorites':
        bus.publish(audience, { type: kind });
        return;
      case 'journal':
        bus.publish(audience, { type: 'journal', counts: await deps.countsOf(user) });
        return;
      case 'reminder': {
        const entry = await deps.entryOf(user, id);
        if (entry !== undefined) bus.publish(audience, { type: 'reminder', entry });
        return;
      }
      case 'people':
        // Clients are told when everything that is made of people is made anew; see watch-people.ts.
        return;
      case 'presence':
        await deps.refreshPresence([user]);
        return;
      case 'forwarding':
        await deps.refreshForwarding([user]);
        return;
      case 'presence-watches':
        await deps.refreshWatches(user);
        return;
      case 'colleague-free': {
        const colleague = await deps.colleagueOf(user, id);
        if (colleague !== undefined) bus.publish(audience, { type: 'colleague-free', colleague });
      }
    }
  }

  function readAnew(): void {
    deps.readAnew().catch((error: unknown) => {
      logger.warn({ err: error }, 'what other instances changed could not be read anew; tried again');
      setTimeout(readAnew, retryMs).unref();
    });
  }

  instances.onNotice((notice) => {
    take(notice).catch((error: unknown) => {
      logger.warn(
        { err: error, kind: notice.kind },
        'a change by another instance could not be told; all is read anew',
      );
      setTimeout(readAnew, retryMs).unref();
    });
  });
  instances.onMissed(readAnew);
}

/** The telephone systems for presence and forwarding: those whose work another instance does seem to be down. */
export function ownedPublishing(
  systems: ReadonlyMap<string, TelephoneSystem>,
  instances: Instances,
): ReadonlyMap<string, Publishing> {
  if (!instances.several) return systems;
  return new Map(
    [...systems].map(([siteId, system]): [string, Publishing] => [
      siteId,
      {
        get link() {
          return instances.owns(siteId) ? system.link : 'down';
        },
        publish: (command) => system.publish(command),
        published: (extensions) => system.published(extensions),
        withdraw: (extension) => system.withdraw(extension),
        subscribe(listener) {
          const ends = [
            system.subscribe((event) => {
              if (instances.owns(siteId)) listener(event);
            }),
            // Whoever takes the work over compares everything, as when a link comes up.
            instances.onTaken((work) => {
              if (work === siteId && system.link === 'up') listener({ type: 'link', state: 'up' });
            }),
          ];
          return () => ends.forEach((end) => end());
        },
      },
    ]),
  );
}

/** Call records of the telephone systems whose work this instance does: each is written down by one. */
export function ownedRecords(source: CallRecordsSource, instances: Instances): CallRecordsSource {
  if (!instances.several) return source;
  return {
    ...source,
    sites: () => source.sites().filter((siteId) => instances.owns(siteId)),
    onNews(listener) {
      const ends = [
        source.onNews((siteId) => {
          if (instances.owns(siteId)) listener(siteId);
        }),
        instances.onTaken((work) => {
          if (source.sites().includes(work)) listener(work);
        }),
      ];
      return () => ends.forEach((end) => end());
    },
  };
}
