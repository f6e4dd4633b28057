/** "Tell me when free", between presence, calls, the internal directory and the live stream. */
import type { Logger } from 'pino';
import type { People } from './accounts/people';
import type { CallsService } from './calls/calls.service';
import type { Database } from './database/database';
import type { DirectoryService } from './directory/directory.service';
import type { EventBus } from './events/event-bus';
import type { PresenceService } from './presence/presence.service';
import { createPresenceWatches } from './presence-watches/presence-watches.service';
import type { PresenceWatchesService } from './presence-watches/presence-watches.service';
import { systemTimers } from './telephone-system/timers';

export function wirePresenceWatches(deps: {
  readonly database: Database;
  readonly people: People;
  readonly events: EventBus;
  /** The bus of this instance alone. */
  readonly eventsHere: EventBus;
  readonly presence: PresenceService;
  readonly calls: CallsService;
  readonly directory: DirectoryService;
  readonly isHeard: (userId: string) => boolean;
  readonly logger: Logger;
}): PresenceWatchesService {
  const { database, people, events, presence, calls, directory, isHeard, logger } = deps;
  return createPresenceWatches({
    database,
    events,
    eventsHere: deps.eventsHere,
    isHeard,
    logger,
    timers: systemTimers,
    statusOf: (userId) => presence.told(userId).status,
    async lineOf(userId) {
      const user = await people.accounts.findUserById(userId);
      if (user === undefined) return undefined;
      const { telephoneSystem, lineStates } = calls.snapshotOf(userId, user.siteId);
      if (telephoneSystem.state !== 'up' && telephoneSystem.absent !== true) return undefined;
      return lineStates.find((line) => line.userId === userId)?.state ?? 'idle';
    },
    async colleagueOf(userId, colleagueId) {
      const user = await people.accounts.findUserById(userId);
      if (user === undefined) return undefined;
      const [item] = await directory.entries({ userId, siteId: user.siteId }, [
        { directory: 'internal', id: colleagueId },
      ]);
      return item ?? undefined;
    },
  });
}
