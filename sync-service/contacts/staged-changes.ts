/**
 * What the batches of one sync say when they are read in their order: the last word on each item, which folders there
 * are, which were told from zero and which state each goes on from. Pure.
 */
import type { ContactFields } from '../../shared/contact';
import type { SkipReason, SyncBatch } from '../../shared/contact-sync';

/** A folder with the state that its next round goes on from; without one it starts from zero. */
export interface FolderState {
  readonly id: string;
  readonly name: string;
  readonly state?: string | undefined;
  /** When the source gave the state out; absent for a new one. */
  readonly stateAt?: string | undefined;
}

/** The last word on an item. */
export type ItemWord =
  | {
      readonly type: 'contact';
      readonly folderId: string;
      readonly fields: ContactFields;
      /** State of the item at the source, where it names one. */
      readonly version?: string | undefined;
    }
  | { readonly type: 'skipped'; readonly folderId: string; readonly reason: SkipReason; readonly name?: string }
  /** As it was told before: its mark is known. */
  | { readonly type: 'present'; readonly folderId: string }
  | { readonly type: 'gone' };

export interface Staged {
  readonly words: ReadonlyMap<string, ItemWord>;
  /** Marks of the items that were told in full, from a source without delta. */
  readonly marks: ReadonlyMap<string, string>;
  /** Folders told from zero: an item there that has no word is gone. */
  readonly restarted: ReadonlySet<string>;
  /** Folders after this sync; one that is not among them has no items any more. */
  readonly folders: readonly FolderState[];
  /** Names of folders whose round is not finished: nothing may be concluded from what did not come. */
  readonly unfinished: readonly string[];
}

export interface StagedInput {
  readonly batches: Iterable<SyncBatch>;
  /** Folders and states that this sync went on from. */
  readonly folders: readonly FolderState[];
  /** Every folder was to be told from zero. */
  readonly fromZero: boolean;
  /** Folder in which an item stood at the last commit. */
  folderOf(itemId: string): string | undefined;
  /** The item that was told under this mark, in a source without delta. */
  itemOfMark(mark: string): string | undefined;
}

/** Reads the batches. */
export function readStaged(input: StagedInput): Staged {
  const { batches, folders, fromZero } = input;
  const known = new Map(folders.map((folder) => [folder.id, folder]));
  const words = new Map<string, { readonly word: ItemWord; readonly at: number }>();
  /** Folders with a round in this sync; the value is its state once it is finished. */
  const rounds = new Map<string, string | undefined>();
  /** When a folder began again: what it said before in this sync does not count any more. */
  const restarts = new Map<string, number>();
  const contested = new Set<string>();
  const marks = new Map<string, string>();
  let listed: readonly { id: string; name: string }[] | undefined;
  let clock = 0;

  function wordOn(itemId: string): ItemWord | undefined {
    const said = words.get(itemId);
    if (said === undefined || said.word.type === 'gone') return said?.word;
    return said.at < (restarts.get(said.word.folderId) ?? 0) ? { type: 'gone' } : said.word;
  }

  function say(itemId: string, word: Exclude<ItemWord, { type: 'gone' }>): void {
    const before = wordOn(itemId);
    // Told of in two folders: it was moved while it was read, and which page is the older one cannot be known. Both
    // folders are told from zero next time, or a removal that comes later could take the item away for good.
    if (before !== undefined && before.type !== 'gone' && before.folderId !== word.folderId) {
      contested.add(before.folderId).add(word.folderId);
    }
    words.set(itemId, { word, at: clock });
  }

  for (const batch of batches) {
    clock += 1;
    if (batch.folders !== undefined) listed = batch.folders;
    for (const mark of [...(batch.folder === undefined ? [] : [batch.folder]), ...(batch.finished ?? [])]) {
      const first = !rounds.has(mark.id);
      if (
        ('restarted' in mark && mark.restarted === true) ||
        (first && (fromZero || known.get(mark.id)?.state === undefined))
      ) {
        restarts.set(mark.id, clock);
        rounds.set(mark.id, undefined);
      }
      if (first || mark.state !== undefined) rounds.set(mark.id, mark.state);
    }
    for (const fingerprint of batch.fingerprints ?? []) {
      const itemId = input.itemOfMark(fingerprint);
      if (itemId !== undefined && batch.folder !== undefined)
        say(itemId, { type: 'present', folderId: batch.folder.id });
    }
    for (const { itemId, folderId, reason, name, mark } of batch.skipped ?? []) {
      if (mark !== undefined) marks.set(itemId, mark);
      say(itemId, { type: 'skipped', folderId, reason, ...(name === undefined ? {} : { name }) });
    }
    for (const change of batch.changes) {
      if (change.type === 'upsert') {
        if (change.mark !== undefined) marks.set(change.itemId, change.mark);
        const { folderId, contact: fields, version } = change;
        say(change.itemId, { type: 'contact', folderId, fields, version });
      } else {
        const word = wordOn(change.itemId);
        const folder =
          word === undefined ? input.folderOf(change.itemId) : word.type === 'gone' ? undefined : word.folderId;
        if (folder === change.folderId) words.set(change.itemId, { word: { type: 'gone' }, at: clock });
      }
    }
  }

  const list = listed ?? listFrom(folders, rounds.keys());
  return {
    words: new Map([...words.keys()].map((itemId) => [itemId, wordOn(itemId) ?? { type: 'gone' }])),
    marks,
    restarted: new Set(restarts.keys()),
    folders: list.map(({ id, name }) => {
      const before = fromZero ? undefined : known.get(id);
      const state = contested.has(id) ? undefined : (rounds.get(id) ?? before?.state);
      const old = !rounds.has(id) && before?.stateAt !== undefined ? { stateAt: before.stateAt } : {};
      return { id, name, ...(state === undefined ? {} : { state, ...old }) };
    }),
    unfinished: list
      .filter(({ id }) => (rounds.has(id) || fromZero) && rounds.get(id) === undefined)
      .map((folder) => folder.name),
  };
}

/** Without a list the folders are those known and those told of. */
function listFrom(folders: readonly FolderState[], told: Iterable<string>): readonly { id: string; name: string }[] {
  const all = new Map<string, { id: string; name: string }>();
  for (const id of told) all.set(id, { id, name: id.slice(0, 256) });
  for (const { id, name } of folders) all.set(id, { id, name });
  return [...all.values()];
}
