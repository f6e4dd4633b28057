/** Which system notifications a change of the live state asks for. Pure: nothing is shown here. */
import type { Call } from '../../shared/call';
import type { JournalEntry } from '../../shared/journal';
import type { LiveState } from '../api/live-state';

export interface NotifyDecision {
  /** Calls that ring and have not been shown by this window. */
  readonly ring: readonly Call[];
  /** Ids of shown calls that do not ring any more: answered, over, or not known after a loss of the connection. */
  readonly quiet: readonly string[];
  /** So many missed calls are new, also those of the time without a connection. */
  readonly missed: number;
}

interface Circumstances {
  /** This window is the one of its browser that shows notifications. */
  readonly notifies: boolean;
  /** Ids of the calls that it has shown and that rang until now. */
  readonly shown: ReadonlySet<string>;
}

type Known = Pick<LiveState, 'calls' | 'journal'>;

/** What to show and to take away now that the state has changed. */
export function decideNotifications(before: Known, after: Known, { notifies, shown }: Circumstances): NotifyDecision {
  const ringing = after.calls.filter(announcesItself);
  const ids = new Set(ringing.map(({ id }) => id));
  return {
    ring: notifies ? ringing.filter(({ id }) => !shown.has(id)) : [],
    quiet: [...shown].filter((id) => !ids.has(id)),
    missed: notifies ? newlyMissed(before, after) : 0,
  };
}

/** It rings, and the user does not know yet: the own phone that rings for a pick-up or for a click to dial is expected. */
function announcesItself({ direction, state, purpose }: Call): boolean {
  return direction === 'incoming' && state === 'alerting' && purpose === undefined;
}

function newlyMissed(before: Known, after: Known): number {
  // Before the first snapshot nothing is known: what was missed yesterday is a count on the place and no news.
  if (before.journal === undefined || after.journal === undefined) return 0;
  return Math.max(0, after.journal.unseen - before.journal.unseen);
}

/** So many missed calls are shown one by one; more are told as a number. */
export const maxMissedNotices = 3;

/** The newest missed calls of the user that were not told yet, at most `count`; entries come newest first. */
export function untoldMissed(
  entries: readonly JournalEntry[],
  told: ReadonlySet<string>,
  count: number,
): readonly JournalEntry[] {
  return entries.filter(({ id, direction }) => direction === 'incoming' && !told.has(id)).slice(0, count);
}
