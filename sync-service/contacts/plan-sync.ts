/**
 * Decides what a sync does to the personal directory: the contacts that came from the account, the marks of the user's
 * own edits, and what the source said, become actions. Pure; `commit-sync.ts` loads and applies.
 *
 * Law (DESIGN §5): after a last sync the directory is (source items − shadowed) ∪ hand-made, and the next plan is empty.
 */
import { createHash } from 'node:crypto';
import type { ContactFields, ContactNumber } from '../../shared/contact';
import { resultListLimit } from '../../shared/contact-sync';
import type { SyncBatch, SyncOptions, SyncResult } from '../../shared/contact-sync';
import type { NumberReading } from '../../shared/phone-number';
import { fingerprintOf, hasNumber, tidyFields } from './contact-fields';
import { readStaged } from './staged-changes';
import type { FolderState, ItemWord, Staged } from './staged-changes';

/** A contact as the account brought it. */
export interface StoredItem {
  readonly contactId: string;
  readonly itemId: string;
  readonly folderId: string;
  readonly fingerprint: string;
  /** State of the item at the source as it was told last. */
  readonly version?: string | undefined;
}

/** An item whose import was edited by hand, as the source last told it. */
export interface DetachedItem {
  readonly itemId: string;
  /** Undefined where it is not known. */
  readonly folderId: string | undefined;
  /** Undefined where the source does not have it, or was never heard of it. */
  readonly fingerprint: string | undefined;
}

/** A mark as it is kept. */
export interface ItemMark {
  readonly folderId: string;
  readonly mark: string;
}

export interface PlanInput {
  readonly stored: readonly StoredItem[];
  /** Items that the user has edited or deleted by hand (SYN-7). */
  readonly shadows: ReadonlySet<string>;
  /** Of these: the edited ones, with what the source last said of them. */
  readonly detached: readonly DetachedItem[];
  /** Marks of a source without delta, by item. */
  readonly marks: ReadonlyMap<string, ItemMark>;
  /** Folders as of the last commit. */
  readonly folders: readonly FolderState[];
  /** No state was given out: every folder is told from zero. */
  readonly fromZero: boolean;
  readonly options: SyncOptions;
  readonly batches: Iterable<SyncBatch>;
  /** Reads a number by the dial plan of the user's site. */
  read(raw: string): NumberReading;
}

/** What an item becomes. */
export interface ItemContent {
  readonly itemId: string;
  readonly folderId: string;
  readonly fields: ContactFields;
  readonly numbers: readonly ContactNumber[];
  readonly fingerprint: string;
  readonly version?: string | undefined;
}

/** What the source says of an item whose import was edited by hand. */
export interface DetachedNews {
  readonly itemId: string;
  readonly folderId: string | undefined;
  readonly fields?: ContactFields;
  readonly fingerprint?: string;
}

export interface SyncPlan {
  readonly add: readonly ItemContent[];
  readonly change: readonly (ItemContent & { readonly contactId: string })[];
  readonly remove: readonly { readonly contactId: string; readonly itemId: string }[];
  /** The same contact in another folder: nothing that the user sees. */
  readonly move: readonly { readonly contactId: string; readonly itemId: string; readonly folderId: string }[];
  /** Contacts that we have whose items are of another state now, be it that only the picture changed. */
  readonly touch: readonly { readonly contactId: string; readonly version: string }[];
  /** Items that stay as the user made them. */
  readonly keep: readonly string[];
  /** News of items whose imports were edited by hand; without fields: the source does not have it any more. */
  readonly detached: readonly DetachedNews[];
  readonly marks: {
    readonly set: readonly (ItemMark & { readonly itemId: string })[];
    readonly drop: readonly string[];
  };
  readonly folders: readonly FolderState[];
  /** Names of folders that were not told to the end; such a sync must not be applied. */
  readonly unfinished: readonly string[];
  readonly result: SyncResult;
  /** Contacts of the account after the plan. */
  readonly remaining: number;
  /** Equal for two plans exactly when they add, change and remove the same. */
  readonly planHash: string;
}

type Passed = SyncResult['skipped'][number];
type Problem = SyncResult['problems'][number];

/** Plans a sync. */
export function planSync(input: PlanInput): SyncPlan {
  const stored = new Map(input.stored.map((item) => [item.itemId, item]));
  const detached = new Map(input.detached.map((item) => [item.itemId, item]));
  const itemsByMark = new Map([...input.marks].map(([itemId, { mark }]) => [mark, itemId]));
  const staged = readStaged({
    ...input,
    folderOf: (itemId) => stored.get(itemId)?.folderId ?? detached.get(itemId)?.folderId,
    itemOfMark: (mark) => itemsByMark.get(mark),
  });
  const folderIds = new Set(staged.folders.map((folder) => folder.id));

  const add: ItemContent[] = [];
  const change: (ItemContent & { contactId: string })[] = [];
  const remove: { contactId: string; itemId: string }[] = [];
  const move: { contactId: string; itemId: string; folderId: string }[] = [];
  const touch: { contactId: string; version: string }[] = [];
  const keep: string[] = [];
  const skipped = bounded<Passed>();
  const problems = bounded<Problem>();

  for (const [itemId, said] of staged.words) {
    const word = judge(said, folderIds, input.shadows.has(itemId), input.options);
    const before = stored.get(itemId);
    if (word.type === 'present') continue;
    if (word.type === 'skipped') {
      skipped.add({ reason: word.reason, ...(word.name === undefined ? {} : { name: word.name }) });
      if (word.reason === 'kept-by-hand') keep.push(itemId);
    }
    if (word.type !== 'contact') {
      if (before !== undefined) remove.push({ contactId: before.contactId, itemId });
      continue;
    }
    const { folderId, fields, version } = word;
    const numbers = fields.numbers.map(({ kind, raw }): ContactNumber => ({ kind, ...input.read(raw) }));
    for (const { kind, raw, problem } of numbers) {
      if (problem !== undefined) problems.add({ displayName: fields.displayName, kind, raw, problem });
    }
    const content: ItemContent = { itemId, folderId, fields, numbers, fingerprint: fingerprintOf(fields), version };
    if (before !== undefined && version !== undefined && before.version !== version) {
      touch.push({ contactId: before.contactId, version });
    }
    if (before === undefined) add.push(content);
    else if (before.fingerprint !== content.fingerprint) change.push({ ...content, contactId: before.contactId });
    else if (before.folderId !== folderId) move.push({ contactId: before.contactId, itemId, folderId });
  }

  for (const { itemId, contactId, folderId } of input.stored) {
    if (staged.words.has(itemId)) continue;
    if (!folderIds.has(folderId) || staged.restarted.has(folderId)) remove.push({ contactId, itemId });
  }

  return {
    add,
    change,
    remove,
    move,
    touch,
    keep,
    detached: newsOf(input, staged, folderIds),
    marks: marksAfter(input, staged, folderIds),
    folders: staged.folders,
    unfinished: staged.unfinished,
    result: {
      added: add.length,
      changed: change.length,
      removed: remove.length,
      unchanged: stored.size - change.length - remove.length,
      skipped: skipped.list,
      skippedCount: skipped.count(),
      problems: problems.list,
      problemCount: problems.count(),
    },
    remaining: stored.size + add.length - remove.length,
    planHash: hashOf(add, change, remove),
  };
}

/** The last word on an item, after the folders, the user's own edits and his options have been heard. */
function judge(word: ItemWord, folderIds: ReadonlySet<string>, shadowed: boolean, options: SyncOptions): ItemWord {
  if (word.type === 'gone' || !folderIds.has(word.folderId)) return { type: 'gone' };
  const { folderId } = word;
  if (word.type === 'skipped' || word.type === 'present') return word;
  const fields = tidyFields(word.fields);
  if (fields === undefined) return { type: 'skipped', folderId, reason: 'no-name' };
  const name = fields.displayName;
  if (shadowed) return { type: 'skipped', folderId, reason: 'kept-by-hand', name };
  if (options.skipContactsWithoutNumber && !hasNumber(fields)) {
    return { type: 'skipped', folderId, reason: 'no-number', name };
  }
  return { type: 'contact', folderId, fields, version: word.version };
}

/** What was said of items whose imports were edited by hand, where it is new. */
function newsOf(input: PlanInput, staged: Staged, folderIds: ReadonlySet<string>): DetachedNews[] {
  return input.detached.flatMap(({ itemId, folderId, fingerprint }): DetachedNews[] => {
    const said = staged.words.get(itemId);
    if (said === undefined) {
      const gone = folderId !== undefined && (!folderIds.has(folderId) || staged.restarted.has(folderId));
      return gone && fingerprint !== undefined ? [{ itemId, folderId }] : [];
    }
    const word = judge(said, folderIds, false, input.options);
    if (word.type === 'present') return [];
    if (word.type !== 'contact') return fingerprint === undefined ? [] : [{ itemId, folderId }];
    const { fields } = word;
    const after = fingerprintOf(fields);
    if (after === fingerprint && word.folderId === folderId) return [];
    return [{ itemId, folderId: word.folderId, fields, fingerprint: after }];
  });
}

/** Marks that are new, and marks of items that are gone or were told without one. */
function marksAfter(input: PlanInput, staged: Staged, folderIds: ReadonlySet<string>): SyncPlan['marks'] {
  const set: (ItemMark & { itemId: string })[] = [];
  const drop: string[] = [];
  for (const [itemId, word] of staged.words) {
    const mark = staged.marks.get(itemId);
    if (word.type === 'present') continue;
    if (word.type !== 'gone' && mark !== undefined) set.push({ itemId, folderId: word.folderId, mark });
    else if (input.marks.has(itemId)) drop.push(itemId);
  }
  for (const [itemId, { folderId }] of input.marks) {
    if (staged.words.has(itemId)) continue;
    if (!folderIds.has(folderId) || staged.restarted.has(folderId)) drop.push(itemId);
  }
  return { set, drop };
}

/** A list that stops growing at the limit and goes on counting. */
function bounded<T>(): { readonly list: T[]; add(entry: T): void; count(): number } {
  const list: T[] = [];
  let count = 0;
  return {
    list,
    add(entry) {
      count += 1;
      if (list.length < resultListLimit) list.push(entry);
    },
    count: () => count,
  };
}

function hashOf(add: readonly ItemContent[], change: readonly ItemContent[], remove: readonly { itemId: string }[]) {
  const lines = [
    ...add.map(({ itemId, fingerprint }) => JSON.stringify(['add', itemId, fingerprint])),
    ...change.map(({ itemId, fingerprint }) => JSON.stringify(['change', itemId, fingerprint])),
    ...remove.map(({ itemId }) => JSON.stringify(['remove', itemId])),
  ];
  return createHash('sha256').update(lines.sort().join('\n')).digest('base64url');
}
