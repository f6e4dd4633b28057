/** One folder of a source to the service: what has happened since a state, or fingerprints where the source knows no states. */
import { fingerprintsPerBatch } from '../contact-sync';
import type { SyncBatch } from '../contact-sync';
import {
  type ContactFolder,
  type ContactSource,
  type ItemListing,
  SourceError,
  StateExpiredError,
} from '../mailbox/contact-source';
import { itemMark } from '../mailbox/item-mark';
import type { BatchSender } from './batch-sender';
import { createBatchWriter } from './batch-writer';

/** How often one folder may be begun from zero within one sync. */
const maxRestarts = 2;
/** What stands for a state where a source without delta has been told to the end: there is none to go on from. */
const listedState = 'listed';

/**
 * One folder's round, from its state or from zero; from zero as well when the source has forgotten the state.
 * @returns the last batch, which is still to be sent
 */
export async function sendFolder(
  source: ContactSource,
  sender: BatchSender,
  folder: ContactFolder,
  state: string | undefined,
  signal: AbortSignal,
  onRead: (count: number) => void,
): Promise<SyncBatch> {
  let from = state;
  for (let restarts = 0; ; restarts += 1) {
    const writer = createBatchWriter(folder.id, from === undefined);
    let nextState: string | undefined;
    try {
      for await (const page of source.changes(folder, from, signal)) {
        onRead(page.changes.length + page.skipped.length);
        for (const batch of writer.add(page.changes, page.skipped)) await sender.send(batch);
        nextState = page.nextState ?? nextState;
      }
    } catch (error) {
      if (!(error instanceof StateExpiredError) || restarts >= maxRestarts) throw error;
      from = undefined;
      continue;
    }
    if (nextState === undefined)
      throw new SourceError('not-understood', 'The source ended a round without a state to go on from.');
    return writer.finish(nextState);
  }
}

/**
 * A folder of a source without delta: the fingerprints of all its items, and in full those that the service does not know.
 * @returns the last batch, which is still to be sent
 */
export async function sendListing(
  listing: ItemListing,
  sender: BatchSender,
  folder: ContactFolder,
  signal: AbortSignal,
  onRead: (count: number) => void,
): Promise<SyncBatch> {
  const versions = new Map<string, string>();
  for await (const page of listing.items(folder, signal)) {
    for (const { itemId, version } of page) versions.set(itemId, version);
  }
  const marks = new Map<string, string>();
  const items = [...versions].map(([itemId, version]) => ({ itemId, version }));
  const wanted: string[] = [];
  for (let at = 0; at === 0 || at < items.length; at += fingerprintsPerBatch) {
    const portion = items.slice(at, at + fingerprintsPerBatch);
    const fingerprints = await Promise.all(portion.map((item) => itemMark(folder.id, item)));
    portion.forEach(({ itemId }, place) => marks.set(itemId, fingerprints[place] ?? ''));
    const mark = { id: folder.id, ...(at === 0 ? { restarted: true } : {}) };
    const answer = await sender.ask({ folder: mark, fingerprints, changes: [] });
    wanted.push(...answer.map((place) => portion[place]?.itemId).filter((itemId) => itemId !== undefined));
    onRead(portion.length - answer.length);
  }
  const writer = createBatchWriter(folder.id, false);
  if (wanted.length > 0) {
    const marked = <T extends { readonly itemId: string }>(item: T): T => {
      const mark = marks.get(item.itemId);
      return mark === undefined ? item : { ...item, mark };
    };
    for await (const page of listing.read(folder, wanted, signal)) {
      onRead(page.changes.length + page.skipped.length);
      const changes = page.changes.map((change) => (change.type === 'upsert' ? marked(change) : change));
      for (const batch of writer.add(changes, page.skipped.map(marked))) await sender.send(batch);
    }
  }
  return writer.finish(listedState);
}
