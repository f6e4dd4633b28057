/**
 * Which entries stand in the folder Open (JRN-1). Pure; `journal-record-store.ts` asks the database the same.
 *
 *     not put through ─▶ open ──the person was reached afterwards──▶ closed
 *                         │ ▲
 *                         ▼ │ by hand
 *                        done
 *
 * "Afterwards" is by the times of the calls and not by when they are read: an attempt that is told after a later answered
 * call never opens. A party that withheld its number is never known again, so its entries are closed by hand only. What a
 * colleague has taken over is his, and so is a consultation that was transferred to whom it rang at.
 */
import type { JournalCall } from './merge-record';

/** What of an answered call matters to attempts to the same party. */
export interface Reached {
  /** The last answer of the party, in either direction; undefined: never. ISO 8601 UTC. */
  readonly reachedAt: string | undefined;
}

/** Whether an attempt is closed by the party having been reached. */
export function wasReached(call: Pick<JournalCall, 'startedAt' | 'partyKey'>, { reachedAt }: Reached): boolean {
  return call.partyKey !== undefined && reachedAt !== undefined && reachedAt > call.startedAt;
}

/** Whether the user himself did not get through. */
const isUnreached = ({ result, reason }: JournalCall): boolean => result === 'not-answered' && reason !== 'transferred';

/** Whether a call that is new in the journal opens. */
export function opens(call: JournalCall, reached: Reached): boolean {
  return isUnreached(call) && !wasReached(call, reached);
}

/**
 * Whether an entry stays open, or closed, after another side of its call was told. What the user has opened or closed by
 * hand stays so until the party is reached anew.
 */
export function staysOpen(
  before: { readonly open: boolean; readonly startedAt: string },
  merged: JournalCall,
  reached: Reached,
): boolean {
  if (!isUnreached(merged) || !before.open) return false;
  return merged.startedAt === before.startedAt || !wasReached(merged, reached);
}
