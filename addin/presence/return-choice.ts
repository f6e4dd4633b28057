/** When one returns, as it is chosen: in a while, tomorrow, or at a date and time. Pure; wall times of the user's zone. */
import { instantOf, isWallTime, wallTimeOf } from '../../shared/zoned-time';

export const quickReturns = ['in30', 'in60', 'tomorrow'] as const;
export type QuickReturn = (typeof quickReturns)[number];

const minute = 60_000;
/** When work begins, for "tomorrow morning". */
const morning = '08:00';

/** The wall time that a quick choice means; `now` in milliseconds since 1970. Minutes are rounded up: it is not over at once. */
export function quickReturn(choice: QuickReturn, now: number, timeZone: string): string {
  if (choice === 'tomorrow') {
    const [date = ''] = wallTimeOf(now, timeZone).split('T');
    const noon = new Date(`${date}T12:00Z`);
    noon.setUTCDate(noon.getUTCDate() + 1);
    return `${noon.toISOString().slice(0, 10)}T${morning}`;
  }
  const ahead = (choice === 'in30' ? 30 : 60) * minute;
  return wallTimeOf(Math.ceil((now + ahead) / minute) * minute, timeZone);
}

export type ReturnProblem = 'bothOrNone' | 'noSuchTime' | 'inThePast' | 'tooFar';

/** What was typed: the wall time, nothing where both fields are empty, or what is wrong with it. */
export function readReturn(
  date: string,
  time: string,
  now: number,
  timeZone: string,
): { readonly wallTime: string | undefined } | { readonly problem: ReturnProblem } {
  if (date === '' && time === '') return { wallTime: undefined };
  if (date === '' || time === '') return { problem: 'bothOrNone' };
  const wallTime = `${date}T${time.slice(0, 5)}`;
  if (!isWallTime(wallTime)) return { problem: 'noSuchTime' };
  const instant = instantOf(wallTime, timeZone);
  if (instant <= now) return { problem: 'inThePast' };
  return instant > now + 5 * 365 * 24 * 60 * minute ? { problem: 'tooFar' } : { wallTime };
}
