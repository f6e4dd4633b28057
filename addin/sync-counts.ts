/** The numbers of a sync without anything of its contacts. */
import type { SyncResult } from '../shared/contact-sync';
import type { TraceCounts } from './trace/trace-entry';

export function countsOf({ added, changed, removed, unchanged, skipped, skippedCount }: SyncResult): TraceCounts {
  return { added, changed, removed, unchanged, skipped: skippedCount ?? skipped.length };
}
