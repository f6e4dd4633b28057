/**
 * Decides what a calendar means for its owner's presence (PRE-8). Pure.
 *
 * Busy time is Meeting until its end, automatic replies are Vacation until theirs, and go before. Both are set over
 * Office only, and never where the user came back to Office by hand while they lasted; what the calendar has set, it
 * takes back. A status chosen by hand, or at a telephone, stays whatever the calendar says.
 */
import type { PresenceAuthor, PresenceStatus } from '../../shared/presence';

/** Milliseconds since 1970; `end` is not part of it. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** What is known of a calendar. */
export interface KnownCalendar {
  readonly busy: readonly Interval[];
  /** Automatic replies; without an end they last until they are turned off. */
  readonly replies?: { readonly start: number; readonly end?: number | undefined } | undefined;
}

/** The presence that is in place. */
export interface PresenceInPlace {
  readonly status: PresenceStatus;
  readonly returnAt?: number | undefined;
  readonly changedAt: number;
  readonly changedBy: PresenceAuthor;
}

export interface CalendarDecision {
  /** What to set; undefined: everything stays. */
  readonly set?: { readonly status: 'meeting' | 'vacation' | 'office'; readonly returnAt?: number | undefined };
  /** When it has to be decided anew; undefined: when the calendar changes. */
  readonly nextAt?: number;
}

/** Intervals in their order, those that touch or overlap as one; empty ones left out. */
export function joinIntervals(intervals: readonly Interval[]): Interval[] {
  const joined: Interval[] = [];
  for (const next of [...intervals].sort((a, b) => a.start - b.start)) {
    if (next.end <= next.start) continue;
    const last = joined.at(-1);
    if (last === undefined || next.start > last.end) joined.push(next);
    else joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, next.end) };
  }
  return joined;
}

/** Whether the calendar itself has set what is in place. */
export function isFromCalendar({ status, changedBy }: PresenceInPlace): boolean {
  return changedBy === 'calendar' && (status === 'meeting' || status === 'vacation');
}

export function decideCalendarPresence(
  { busy, replies }: KnownCalendar,
  presence: PresenceInPlace,
  now: number,
): CalendarDecision {
  const meetings = joinIntervals(busy);
  const away = replies === undefined ? undefined : { start: replies.start, end: replies.end ?? Infinity };
  const times = [...meetings, ...(away === undefined ? [] : [away])].flatMap(({ start, end }) => [start, end]);
  const next = Math.min(...times.filter((time) => time > now));
  const later = Number.isFinite(next) ? { nextAt: next } : {};

  const isNow = ({ start, end }: Interval): boolean => start <= now && now < end;
  const meeting = meetings.find(isNow);
  const wanted =
    away !== undefined && isNow(away)
      ? { status: 'vacation' as const, since: away.start, returnAt: replies?.end }
      : meeting && { status: 'meeting' as const, since: meeting.start, returnAt: meeting.end };

  if (wanted === undefined) return isFromCalendar(presence) ? { set: { status: 'office' }, ...later } : later;
  const { status, since, returnAt } = wanted;
  if (isFromCalendar(presence)) {
    if (presence.status === status && presence.returnAt === returnAt) return later;
  } else {
    const byHand = presence.changedBy === 'user' || presence.changedBy === 'telephone';
    if (presence.status !== 'office' || (byHand && presence.changedAt >= since)) return later;
  }
  return { set: { status, ...(returnAt !== undefined && { returnAt }) }, ...later };
}
