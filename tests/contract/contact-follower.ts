/** The simplest right consumer of a contact source: what a directory must do to equal the mailbox. */
import {
  SourceError,
  StateExpiredError,
  type ContactFolder,
  type ContactSource,
} from '../../shared/mailbox/contact-source';

/** Where a contact lies and what is known of it. */
export interface FollowedContact {
  readonly folderId: string;
  readonly displayName: string;
  readonly numbers: readonly string[];
}

export interface Follower {
  /** One sync of all folders. A fault of the source breaks off a folder, which keeps its state. */
  sync(signal: AbortSignal, afterPage?: () => void): Promise<void>;
  /** Syncs until nothing broke off. */
  syncUntilQuiet(signal: AbortSignal): Promise<void>;
  contents(): ReadonlyMap<string, FollowedContact>;
}

/** Follows a source from the beginning. */
export function createFollower(source: ContactSource): Follower {
  const items = new Map<string, FollowedContact>();
  const states = new Map<string, string>();
  let broken = false;

  const readFolder = async (folder: ContactFolder, signal: AbortSignal, afterPage: () => void): Promise<void> => {
    const state = states.get(folder.id);
    const seen = new Set<string>();
    for await (const page of source.changes(folder, state, signal)) {
      for (const change of page.changes) {
        if (change.type === 'upsert') {
          seen.add(change.itemId);
          const { folderId, contact } = change;
          const numbers = contact.numbers.map((number) => number.raw);
          items.set(change.itemId, { folderId, displayName: contact.displayName, numbers });
        } else {
          seen.delete(change.itemId);
          if (items.get(change.itemId)?.folderId === change.folderId) items.delete(change.itemId);
        }
      }
      afterPage();
      if (page.nextState === undefined) continue;
      states.set(folder.id, page.nextState);
      if (state !== undefined) continue;
      // Told from zero: what did not come is gone.
      for (const [id, item] of [...items]) if (item.folderId === folder.id && !seen.has(id)) items.delete(id);
    }
  };

  const sync: Follower['sync'] = async (signal, afterPage = () => undefined) => {
    broken = false;
    try {
      for (const folder of await source.folders(signal)) {
        try {
          await readFolder(folder, signal, afterPage);
        } catch (error) {
          if (!(error instanceof StateExpiredError)) throw error;
          states.delete(folder.id);
          await readFolder(folder, signal, afterPage);
        }
      }
    } catch (error) {
      const passing = error instanceof SourceError && (error.reason === 'throttled' || error.reason === 'unreachable');
      if (!passing && !(error instanceof StateExpiredError)) throw error;
      broken = true;
    }
  };

  return {
    sync,
    async syncUntilQuiet(signal) {
      for (let round = 0; round < 50; round += 1) {
        await sync(signal);
        if (!broken) return;
      }
      throw new Error('The source does not become quiet.');
    },
    contents: () => items,
  };
}
