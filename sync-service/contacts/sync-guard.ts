/**
 * Whether a sync may remove what it wants to remove without asking. A mailbox that suddenly shows nothing, or much less,
 * is more often a wrong account, a lost permission or a fault than a person who tidied up (DESIGN §5).
 */

/** Removals up to this many pass where something remains. */
export const alwaysAllowedRemovals = 20;
/** Removals up to this share of what the account had pass as well. */
export const allowedRemovalShare = 0.3;

/** What a plan does to the contacts of one account, in numbers. */
export interface RemovalCounts {
  /** Contacts of the account before. */
  readonly before: number;
  readonly removed: number;
  /** Contacts of the account after, the added ones counted. */
  readonly remaining: number;
}

/** True when a person must look at the removal first. */
export function removalNeedsConfirmation({ before, removed, remaining }: RemovalCounts): boolean {
  if (removed === 0) return false;
  if (remaining === 0) return true;
  return removed > Math.max(alwaysAllowedRemovals, allowedRemovalShare * before);
}
