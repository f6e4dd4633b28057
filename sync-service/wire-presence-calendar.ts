/** Presence from the calendar: its service and routes on one database. */
import type { Logger } from 'pino';
import type { People } from './accounts/people';
import type { Database } from './database/database';
import type { BoundRoute } from './http/binding';
import { createPresenceCalendarService } from './presence-calendar/presence-calendar.service';
import type { PresenceCalendarService, PresenceSetter } from './presence-calendar/presence-calendar.service';
import { createPresenceCalendarStore } from './presence-calendar/presence-calendar-store';
import { presenceCalendarRoutes } from './presence-calendar/presence-calendar.routes';

export function wirePresenceCalendar(deps: {
  readonly database: Database;
  readonly people: Pick<People, 'accounts'>;
  readonly presence: PresenceSetter;
  readonly logger: Logger;
}): { readonly service: PresenceCalendarService; readonly routes: BoundRoute[] } {
  const { accounts } = deps.people;
  const service = createPresenceCalendarService({
    store: createPresenceCalendarStore(deps.database),
    presence: deps.presence,
    async wants(userId) {
      const [account, profile] = await Promise.all([accounts.findUserById(userId), accounts.profileOf(userId)]);
      return account?.disabled === false && profile?.settings.presenceFromCalendar === true;
    },
    now: () => Date.now(),
    every(ms, callback) {
      const timer = setInterval(callback, ms).unref();
      return () => clearInterval(timer);
    },
    logger: deps.logger,
  });
  return { service, routes: presenceCalendarRoutes(service) };
}
