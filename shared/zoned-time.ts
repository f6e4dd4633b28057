/**
 * Wall times and instants, by the rules of IANA time zones as `Intl` knows them. A wall time is what a person reads off
 * the clock on his wall, `YYYY-MM-DDTHH:mm`; where clocks are changed it may be there twice, or not at all. Pure.
 */

/** A wall time with the zone it was meant in. */
export interface ZonedTime {
  /** `YYYY-MM-DDTHH:mm`. */
  readonly wallTime: string;
  /** IANA name, such as `Europe/Berlin`. */
  readonly timeZone: string;
}

const minute = 60_000;
const day = 24 * 60 * minute;
const written = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/;

/** Whether it is the name of a zone that is known here. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    // `+02:00` is understood as well, and has no clock changes: it is not the zone of a place.
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

/** Whether it is a date and time of the calendar, written as a wall time is. */
export function isWallTime(text: string): boolean {
  return asIfUtc(text) !== undefined;
}

/**
 * Milliseconds since 1970 at which clocks of the zone show the wall time. One that the spring leaves out is moved forward
 * by as much as clocks were (02:30 is 03:30); of two in autumn the first is meant. Throws RangeError for what is no wall
 * time or no zone.
 */
export function instantOf(wallTime: string, timeZone: string): number {
  const asUtc = asIfUtc(wallTime);
  if (asUtc === undefined) throw new RangeError(`not a wall time: ${wallTime}`);
  const format = formatOf(timeZone);
  // Offsets on both sides of any change of clocks nearby.
  const before = offsetAt(asUtc - day, format);
  const after = offsetAt(asUtc + day, format);
  const candidates = [asUtc - before, asUtc - after].filter((instant) => instant + offsetAt(instant, format) === asUtc);
  return candidates.length > 0 ? Math.min(...candidates) : asUtc - before;
}

/** What clocks of the zone show at the instant (milliseconds since 1970); seconds are cut off. Throws RangeError for what is no zone. */
export function wallTimeOf(instant: number, timeZone: string): string {
  return new Date(instant + offsetAt(instant, formatOf(timeZone))).toISOString().slice(0, 16);
}

/** The wall time read as if it were UTC; undefined where it is none. */
function asIfUtc(wallTime: string): number | undefined {
  const [, year, month, dayOfMonth, hours, minutes] = written.exec(wallTime)?.map(Number) ?? [];
  if (year === undefined || month === undefined || dayOfMonth === undefined) return undefined;
  if (hours === undefined || minutes === undefined || hours > 23 || minutes > 59) return undefined;
  const instant = Date.UTC(year, month - 1, dayOfMonth, hours, minutes);
  // 30 February would be taken as 2 March, and the year 50 as 1950.
  return new Date(instant).toISOString().slice(0, 16) === wallTime ? instant : undefined;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
}

/** Milliseconds that clocks are ahead of UTC at the instant. */
function offsetAt(instant: number, format: Intl.DateTimeFormat): number {
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return shown - Math.floor(instant / 1000) * 1000;
}
