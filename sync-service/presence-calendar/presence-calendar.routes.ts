/** Handlers of `shared/api/presence-calendar.ts`. */
import { getCalendarState, putCalendarReading } from '../../shared/api/presence-calendar';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import type { PresenceCalendarService } from './presence-calendar.service';

export function presenceCalendarRoutes(service: PresenceCalendarService): BoundRoute[] {
  return [
    bind(getCalendarState, (_input, { caller }) => service.state(caller.user.id)),
    bind(putCalendarReading, ({ body }, { caller }) => service.take(caller.user.id, body, 'pane')),
  ];
}
