/** Whether the window says something about notifications of its own accord. */
import type { NoticePermission } from './permission';

/** Days for which "not now" and "read" hold. */
export const quietDays = 14;

const dayMs = 24 * 60 * 60 * 1000;

/** `offer` to let the browser ask, `explain` how to allow what it blocks, or nothing. `putOffAt` as the window kept it. */
export function decideOffer(
  permission: NoticePermission,
  putOffAt: string | undefined,
  now: number,
): 'offer' | 'explain' | undefined {
  if (permission === 'granted' || permission === 'unsupported') return undefined;
  const since = Number(putOffAt);
  const quiet = putOffAt !== undefined && now >= since && now < since + quietDays * dayMs;
  if (quiet) return undefined;
  return permission === 'default' ? 'offer' : 'explain';
}
