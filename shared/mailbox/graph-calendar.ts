/**
 * Reads of a calendar in Microsoft 365 what presence needs (PRE-8): when its owner is busy, and automatic replies.
 * Needs `Calendars.Read` and `MailboxSettings.Read`. Changes are followed by a delta query over a window of some days; the
 * appointments of the window are kept in memory, and of each only what decides. Graph's delta of a calendar view takes no
 * `$select`, so subjects come along; they are dropped here as they come.
 */
import * as z from 'zod/mini';
import { maxBusyIntervals } from '../presence-calendar';
import type { CalendarReading } from '../presence-calendar';
import { instantOf } from '../zoned-time';
import { SourceError } from './contact-source';
import { createGraphRequests, GraphRefusal } from './graph-request';
import type { GraphAccess } from './graph-request';

export interface GraphCalendarAccess extends GraphAccess {
  /** Whose calendar; the token's own where absent. */
  readonly mailbox?: string;
  /** IANA zone in which days of all-day appointments begin. */
  readonly timeZone: string;
}

export interface GraphCalendar {
  /**
   * What is there now. Asked again on the same day, only changes travel.
   * @throws SourceError with `sign-in-needed`, `consent-needed`, `forbidden`, `on-premises`, `unreachable`, `throttled`, `not-understood`
   */
  read(signal: AbortSignal): Promise<CalendarReading>;
}

/** The two rights, besides reading contacts. */
export const calendarScopes = ['Calendars.Read', 'MailboxSettings.Read'];

const dayMs = 86_400_000;
/** Days that the window reaches ahead of today. */
const daysAhead = 3;
const maxPages = 200;
const prefer = 'odata.maxpagesize=100, outlook.timezone="UTC"';

/** In UTC, as preferred: `2026-03-02T09:00:00.0000000`. */
const dateTime = z.object({
  dateTime: z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/)),
  timeZone: z.optional(z.nullable(z.string())),
});
const eventSchema = z.object({
  id: z.string(),
  '@removed': z.optional(z.unknown()),
  type: z.optional(z.nullable(z.string())),
  seriesMasterId: z.optional(z.nullable(z.string())),
  showAs: z.optional(z.nullable(z.string())),
  sensitivity: z.optional(z.nullable(z.string())),
  isCancelled: z.optional(z.nullable(z.boolean())),
  isAllDay: z.optional(z.nullable(z.boolean())),
  start: z.optional(z.nullable(dateTime)),
  end: z.optional(z.nullable(dateTime)),
});
type Event = z.infer<typeof eventSchema>;

const pageSchema = z.object({
  value: z.array(eventSchema),
  '@odata.nextLink': z.optional(z.string()),
  '@odata.deltaLink': z.optional(z.string()),
});
const repliesSchema = z.object({
  status: z.string(),
  scheduledStartDateTime: z.optional(z.nullable(dateTime)),
  scheduledEndDateTime: z.optional(z.nullable(dateTime)),
});

interface Followed {
  readonly day: number;
  readonly link: string;
  readonly events: ReadonlyMap<string, Event>;
}

export function createGraphCalendar(access: GraphCalendarAccess): GraphCalendar {
  const requests = createGraphRequests(access);
  const now = access.now ?? (() => new Date());
  const owner = access.mailbox === undefined ? 'me' : `users/${encodeURIComponent(access.mailbox)}`;
  let followed: Followed | undefined;

  const firstLink = (day: number): string => {
    const window = new URLSearchParams({
      startDateTime: new Date((day - 1) * dayMs).toISOString(),
      endDateTime: new Date((day + daysAhead) * dayMs).toISOString(),
    });
    return requests.url(`${owner}/calendarView/delta?${window.toString()}`);
  };

  async function follow(known: Followed | undefined, day: number, signal: AbortSignal): Promise<Followed> {
    const events = new Map(known?.events);
    let link = known?.link ?? firstLink(day);
    for (let pages = 0; pages < maxPages; pages += 1) {
      const page = understood(pageSchema, await requests.get(link, signal, prefer));
      for (const event of page.value) {
        if (event['@removed'] === undefined) events.set(event.id, { ...events.get(event.id), ...event });
        else events.delete(event.id);
      }
      const end = page['@odata.deltaLink'];
      if (end !== undefined) return { day, link: end, events };
      const next = page['@odata.nextLink'];
      if (next === undefined || next === link) break;
      link = next;
    }
    throw new SourceError('not-understood', 'The pages of the calendar have no end.');
  }

  async function automaticReplies(signal: AbortSignal): Promise<CalendarReading['automaticReplies']> {
    const url = requests.url(`${owner}/mailboxSettings/automaticRepliesSetting`);
    const { status, ...times } = understood(repliesSchema, await requests.get(url, signal, 'outlook.timezone="UTC"'));
    if (status === 'alwaysEnabled') return {};
    const [start, end] = [times.scheduledStartDateTime, times.scheduledEndDateTime];
    if (status !== 'scheduled' || !start || !end) return undefined;
    return { start: isoOf(start), end: isoOf(end) };
  }

  return {
    async read(signal) {
      const day = Math.floor(now().getTime() / dayMs);
      const known = followed?.day === day ? followed : undefined;
      try {
        try {
          followed = await follow(known, day, signal);
        } catch (error) {
          if (known === undefined || !isStateLost(error)) throw error;
          followed = await follow(undefined, day, signal);
        }
        const replies = await automaticReplies(signal);
        return {
          busy: busyTimes(followed.events, access.timeZone).slice(0, maxBusyIntervals),
          ...(replies !== undefined && { automaticReplies: replies }),
        };
      } catch (error) {
        if (!(error instanceof GraphRefusal)) throw error;
        throw new SourceError('not-understood', 'Microsoft Graph does not give this calendar.', error);
      }
    },
  };
}

/** When the owner is busy by appointments that are neither private nor cancelled, in the order of their beginning. */
export function busyTimes(events: ReadonlyMap<string, Event>, timeZone: string): CalendarReading['busy'] {
  const busy = [...events.values()].flatMap((own) => {
    // Of an occurrence Graph tells the times only; the rest stands at its series.
    const series = own.seriesMasterId ? events.get(own.seriesMasterId) : undefined;
    const event = { ...series, ...withoutNothing(own) };
    if (event.type === 'seriesMaster' || event.showAs !== 'busy' || event.isCancelled === true) return [];
    if (event.sensitivity === 'private' || event.sensitivity === 'confidential') return [];
    if (!event.start || !event.end) return [];
    const at = (time: z.infer<typeof dateTime>): string =>
      // The days of an all-day appointment are days wherever one is.
      event.isAllDay === true ? new Date(instantOf(time.dateTime.slice(0, 16), timeZone)).toISOString() : isoOf(time);
    return [{ start: at(event.start), end: at(event.end) }];
  });
  return busy.sort((a, b) => (a.start < b.start ? -1 : 1));
}

function withoutNothing(event: Event): Event {
  const told = Object.entries(event).filter(([, value]) => value !== undefined && value !== null);
  return { ...(Object.fromEntries(told) as Partial<Event>), id: event.id };
}

function isoOf({ dateTime: time, timeZone }: z.infer<typeof dateTime>): string {
  if (timeZone && timeZone !== 'UTC') {
    throw new SourceError('not-understood', 'The calendar answers in another time zone than was asked for.');
  }
  return `${time.slice(0, 19)}Z`;
}

function isStateLost(error: unknown): boolean {
  return error instanceof GraphRefusal && (error.status === 410 || /syncstate|resync/i.test(error.code));
}

function understood<T extends z.ZodMiniType>(schema: T, answer: unknown): z.infer<T> {
  const read = schema.safeParse(answer);
  if (read.success) return read.data;
  throw new SourceError('not-understood', 'The answer of Microsoft Graph is not one of its calendar.');
}
