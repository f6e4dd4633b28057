/** Presence from the calendar (PRE-8): takes what was read, and sets and takes back Meeting and Vacation at their times. */
import type { Logger } from 'pino';
import type { CalendarState } from '../../shared/api/presence-calendar';
import type { CalendarReader, CalendarReading } from '../../shared/presence-calendar';
import { decideCalendarPresence, isFromCalendar } from './calendar-presence';
import type { CalendarDecision, KnownCalendar, PresenceInPlace } from './calendar-presence';
import { calendarNotAgreed } from './presence-calendar.errors';
import type { PresenceCalendarStore } from './presence-calendar-store';

/** Presence, as it is needed here. */
export interface PresenceSetter {
  presenceOf(userId: string): PresenceInPlace;
  /** Sets it unless it was changed since `changedAt`. */
  set(
    userId: string,
    presence: NonNullable<CalendarDecision['set']> & {
      readonly changedBy: 'calendar';
      readonly unlessChangedSince: number;
    },
  ): Promise<void>;
}

export interface PresenceCalendarDeps {
  readonly store: PresenceCalendarStore;
  readonly presence: PresenceSetter;
  /** Whether the user wants it; false for who is disabled or not there any more. */
  readonly wants: (userId: string) => Promise<boolean>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Calls back each so many milliseconds; returns what ends it. */
  readonly every: (ms: number, callback: () => void) => () => void;
  readonly logger: Logger;
}

export interface PresenceCalendarService {
  state(userId: string): Promise<CalendarState>;
  /** Keeps what was read, in place of what was read before, and acts by it. @throws ServiceError `calendar-not-agreed` */
  take(userId: string, reading: CalendarReading, by: CalendarReader): Promise<CalendarState>;
  /** Whoever has turned it off: what was read is deleted, and what the calendar had set is taken back. */
  settingsChanged(userId: string): Promise<void>;
  /** Looks at whose time has come. */
  look(): Promise<void>;
  start(): void;
  stop(): void;
}

/** A meeting begins and ends at most so many milliseconds late. */
const lookEveryMs = 5000;
/** Users that are looked at in one go. */
const atOnce = 500;

export function createPresenceCalendarService(deps: PresenceCalendarDeps): PresenceCalendarService {
  const { store, presence, wants, now, logger } = deps;
  let stopLooking: (() => void) | undefined;
  let looking: Promise<void> | undefined;

  async function decide(userId: string, calendar: KnownCalendar): Promise<void> {
    const inPlace = presence.presenceOf(userId);
    const { set, nextAt } = decideCalendarPresence(calendar, inPlace, now());
    if (set !== undefined) {
      await presence.set(userId, { ...set, changedBy: 'calendar', unlessChangedSince: inPlace.changedAt });
    }
    await store.setNext(userId, nextAt === undefined ? null : new Date(nextAt).toISOString());
  }

  async function forget(userId: string): Promise<void> {
    const kept = await store.find(userId);
    if (kept === undefined) return;
    const inPlace = presence.presenceOf(userId);
    if (isFromCalendar(inPlace)) {
      await presence.set(userId, { status: 'office', changedBy: 'calendar', unlessChangedSince: inPlace.changedAt });
    }
    // Last: as long as it is there, a service that is started anew takes up what this one did not come to.
    await store.remove(userId);
  }

  async function lookOnce(): Promise<void> {
    for (const userId of await store.due(new Date(now()).toISOString(), atOnce)) {
      try {
        const kept = await store.find(userId);
        if (kept === undefined) continue;
        if (await wants(userId)) await decide(userId, kept.calendar);
        else await forget(userId);
      } catch (error) {
        // The next look tries again; the others do not wait for it.
        logger.warn({ err: error }, 'presence could not be set from a calendar');
      }
    }
  }

  const look = (): Promise<void> => {
    looking ??= lookOnce()
      .catch((error: unknown) => logger.warn({ err: error }, 'calendars could not be looked at'))
      .finally(() => (looking = undefined));
    return looking;
  };

  const stateOf = async (userId: string): Promise<CalendarState> => {
    const kept = await store.find(userId);
    return kept === undefined ? {} : { readAt: kept.readAt, readBy: kept.readBy };
  };

  return {
    state: stateOf,
    async take(userId, reading, by) {
      if (!(await wants(userId))) throw calendarNotAgreed();
      const before = await store.find(userId);
      const calendar = knownOf(reading, before?.calendar, now());
      const readAt = new Date(now()).toISOString();
      if (!(await store.save(userId, { calendar, readAt, readBy: by }))) throw calendarNotAgreed();
      await decide(userId, calendar);
      return { readAt, readBy: by };
    },
    async settingsChanged(userId) {
      if (!(await wants(userId))) await forget(userId);
    },
    look,
    start() {
      // Whoever turned it off in the moment in which the last service ended is looked at as well.
      void store
        .wakeAll(new Date(now()).toISOString())
        .catch((error: unknown) => logger.warn({ err: error }, 'calendars could not be looked at'))
        .then(look);
      stopLooking = deps.every(lookEveryMs, () => void look());
    },
    stop() {
      stopLooking?.();
    },
  };
}

/** Replies that name no start began when they were seen first. */
function knownOf(
  { busy, automaticReplies }: CalendarReading,
  before: KnownCalendar | undefined,
  now: number,
): KnownCalendar {
  const ms = (iso: string): number => Date.parse(iso);
  const intervals = busy.map(({ start, end }) => ({ start: ms(start), end: ms(end) }));
  if (automaticReplies === undefined) return { busy: intervals };
  const { start, end } = automaticReplies;
  return {
    busy: intervals,
    replies: {
      start: start === undefined ? (before?.replies?.start ?? now) : ms(start),
      ...(end !== undefined && { end: ms(end) }),
    },
  };
}
