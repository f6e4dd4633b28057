/** Presence on one database: its service, its routes, and what the live events begin with. */
import type { Audience, LiveEvent } from '../shared/events';
import type { OwnPresence } from '../shared/presence';
import type { People } from './accounts/people';
import type { Database } from './database/database';
import type { BoundRoute } from './http/binding';
import { createPresenceBook } from './presence/presence-book';
import type { PresenceUser } from './presence/presence-people';
import { createPresenceStore } from './presence/presence-store';
import { presenceRoutes } from './presence/presence.routes';
import { createPresenceService } from './presence/presence.service';
import type { PresenceService } from './presence/presence.service';
import { systemTimers } from './telephone-system/timers';

export interface WiredPresence {
  readonly service: PresenceService;
  readonly routes: BoundRoute[];
  /** What a client's snapshot says of presence. */
  snapshotOf(userId: string): { presenceVersion: string; ownPresence: OwnPresence };
  /** Reads users and presence; again when they were changed from outside. */
  load(): Promise<void>;
}

export function wirePresence(deps: {
  readonly database: Database;
  readonly people: People;
  readonly publish: (audience: Audience, event: LiveEvent) => void;
  /** Letters and digits that name this life of the service. */
  readonly epoch: string;
}): WiredPresence {
  const { database, people, publish, epoch } = deps;
  const book = createPresenceBook({
    store: createPresenceStore(database),
    people: { list: () => presencePeople(people) },
    timers: systemTimers,
    publish,
    epoch,
  });
  const service = createPresenceService({ book, now: () => systemTimers.now(), enforced: () => false });
  return {
    service,
    routes: presenceRoutes(service),
    snapshotOf: (userId) => ({ presenceVersion: book.version, ownPresence: book.own(userId) }),
    load: () => book.load(),
  };
}

async function presencePeople(people: People): Promise<PresenceUser[]> {
  const persons = await people.users.listUsers();
  return persons
    .filter(({ disabled }) => !disabled)
    .map(({ id: userId, siteId, displayName, extension, inDirectory }) => ({
      userId,
      siteId,
      displayName,
      ...(extension !== undefined && { extension }),
      inDirectory,
      unavailable: [],
    }));
}
