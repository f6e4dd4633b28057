/** Cuts what a folder's round tells into batches that the service takes. */
import { syncBatchSize, type ContactChange, type SkippedItem, type SyncBatch } from '../contact-sync';

/** Skipped items in one batch. */
const maxSkipped = 400;
/** Characters of JSON in one batch; three bytes each at worst stay below the 4 MiB that the service takes. */
const maxCharacters = 1_200_000;

/** True for the end of a round in which nothing happened: it can travel with those of other folders. */
export function isQuiet(batch: SyncBatch): boolean {
  const { folder, changes, skipped, fingerprints } = batch;
  const told = changes.length + (skipped?.length ?? 0) + (fingerprints?.length ?? 0);
  return told === 0 && folder?.state !== undefined && folder.restarted !== true;
}

export interface BatchWriter {
  /** Adds one page; gives out every batch that became full. */
  add(changes: readonly ContactChange[], skipped: readonly SkippedItem[]): SyncBatch[];
  /** The last batch of the round, with the state to go on from; also when nothing is left, because the state must travel. */
  finish(state: string): SyncBatch;
}

/** Batches of one folder's round. `restarted` stands on the first. */
export function createBatchWriter(folderId: string, restarted: boolean): BatchWriter {
  let changes: ContactChange[] = [];
  let skipped: SkippedItem[] = [];
  let characters = 0;
  let first = true;

  const cut = (state?: string): SyncBatch => {
    const batch: SyncBatch = {
      folder: {
        id: folderId,
        ...(restarted && first ? { restarted: true } : {}),
        ...(state === undefined ? {} : { state }),
      },
      changes,
      ...(skipped.length > 0 ? { skipped } : {}),
    };
    first = false;
    changes = [];
    skipped = [];
    characters = 0;
    return batch;
  };

  return {
    add(newChanges, newSkipped) {
      const full: SyncBatch[] = [];
      for (const change of newChanges) {
        const length = JSON.stringify(change).length;
        if (changes.length >= syncBatchSize || (changes.length > 0 && characters + length > maxCharacters))
          full.push(cut());
        changes.push(change);
        characters += length;
      }
      for (const item of newSkipped) {
        if (skipped.length >= maxSkipped) full.push(cut());
        skipped.push(item);
      }
      return full;
    },
    finish: (state) => cut(state),
  };
}
