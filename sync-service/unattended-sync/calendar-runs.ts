/** Reads calendars beside the contacts, for users who want their presence from them (PRE-8). */
import { createGraphCalendar } from '../../shared/mailbox/graph-calendar';
import type { GraphCalendar } from '../../shared/mailbox/graph-calendar';
import type { GraphToken } from '../../shared/mailbox/graph-request';
import type { CalendarReading } from '../../shared/presence-calendar';
import type { UnattendedMode } from '../../shared/unattended-sync';

/** Presence, as it is needed here. */
export interface CalendarPresence {
  wants(userId: string): Promise<boolean>;
  take(userId: string, reading: CalendarReading): Promise<void>;
}

export interface CalendarRunsDeps {
  readonly presence: CalendarPresence;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly graphBaseUrl: string;
  /** IANA zone of the user's site. */
  readonly timeZoneOf: (userId: string) => Promise<string>;
  readonly now: () => Date;
}

interface CalendarMailbox {
  readonly id: string;
  readonly userId: string;
  readonly mode: UnattendedMode;
  readonly address: string;
}

/** Follows each calendar from run to run; after a start of the service it is read as a whole once. */
export function createCalendarRuns(deps: CalendarRunsDeps) {
  const followed = new Map<string, { calendar: GraphCalendar; token: GraphToken }>();

  async function open({ userId, mode, address }: CalendarMailbox, token: GraphToken) {
    const opened: { calendar: GraphCalendar; token: GraphToken } = {
      token,
      calendar: createGraphCalendar({
        fetch: deps.fetch,
        token: (signal, refused) => opened.token(signal, refused),
        baseUrl: deps.graphBaseUrl,
        timeZone: await deps.timeZoneOf(userId),
        now: deps.now,
        ...(mode === 'app-only' && { mailbox: address }),
      }),
    };
    return opened;
  }

  return async (mailbox: CalendarMailbox, token: GraphToken, signal: AbortSignal): Promise<void> => {
    if (!(await deps.presence.wants(mailbox.userId))) {
      followed.delete(mailbox.id);
      return;
    }
    const opened = followed.get(mailbox.id) ?? (await open(mailbox, token));
    opened.token = token;
    followed.set(mailbox.id, opened);
    await deps.presence.take(mailbox.userId, await opened.calendar.read(signal));
  };
}
