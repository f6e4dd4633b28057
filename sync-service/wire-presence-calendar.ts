/** Presence from the calendar: its service and routes on one database. */
import type { Logger } from 'pino';
import type { CalendarReading } from '../shared/presence-calendar';
import type { People } from './accounts/people';
import type { Database } from './database/database';
import type { BoundRoute } from './http/binding';
import { createPresenceCalendarService } from './presence-calendar/presence-calendar.service';
import type { PresenceCalendarService, PresenceSetter } from './presence-calendar/presence-calendar.service';
import { createPresenceCalendarStore } from './presence-calendar/presence-calendar-store';
import { presenceCalendarRoutes } from './presence-calendar/presence-calendar.routes';

export interface WiredPresenceCalendar {
  readonly service: PresenceCalendarService;
  readonly routes: BoundRoute[];
  /** For what reads calendars while nobody has a pane open. */
  readonly unattended: {
    wants(userId: string): Promise<boolean>;
    take(userId: string, reading: CalendarReading): Promise<void>;
  };
}

export function wirePresenceCalendar(deps: {
  readonly database: Database;
  readonly people: Pick<People, 'accounts'>;
  readonly presence: PresenceSetter;
  /** Whether this instance looks at whose time has come. */
  readonly mayLook: () => boolean;
  readonly logger: Logger;
}): WiredPresenceCalendar {
  const { accounts } = deps.people;
  const wants = async (userId: string): Promise<boolean> => {
    const [account, profile] = await Promise.all([accounts.findUserById(userId), accounts.profileOf(userId)]);
    return account?.disabled === false && profile?.settings.presenceFromCalendar === true;
  };
  const service = createPresenceCalendarService({
    store: createPresenceCalendarStore(deps.database),
    presence: deps.presence,
    wants,
    now: () => Date.now(),
    every(ms, callback) {
      const timer = setInterval(() => {
        if (deps.mayLook()) callback();
      }, ms).unref();
      return () => clearInterval(timer);
    },
    logger: deps.logger,
  });
  return {
    service,
    routes: presenceCalendarRoutes(service),
    unattended: {
      wants,
      async take(userId, reading) {
        await service.take(userId, reading, 'service');
      },
    },
  };
}
