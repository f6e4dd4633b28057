/** Whether a colleague is free to be called: in the office, as far as colleagues see it, and not on the telephone. Pure. */
import type { LineState } from './line-state';
import type { ColleagueStatus } from './presence';

/** How many colleagues one user may wait for. */
export const watchLimit = 50;

export function isFree(status: ColleagueStatus, line: LineState['state']): boolean {
  return status === 'office' && line === 'idle';
}
