/**
 * A mailbox in memory that is read as Graph's delta is: every change is in a log, a folder's state is a place in it, what
 * was touched in a folder since is told page by page, each page with what is true when it is read. It can forget states,
 * repeat pages and tell them in another order.
 */
import type { ContactFields } from '../../shared/contact';
import type { ContactChange } from '../../shared/contact-sync';

interface ModelItem {
  folderId: string;
  fields: ContactFields;
}

/** What is left to be told in a round through one folder. */
export interface ModelRound {
  readonly folderId: string;
  /** The round began from zero and must say so. */
  readonly restarted: boolean;
  /** Items of each page still to come. */
  readonly pages: string[][];
  readonly nextState: string;
  readonly epoch: number;
}

export class ModelMailbox {
  readonly items = new Map<string, ModelItem>();
  readonly folders = new Map<string, { name: string; epoch: number }>();
  private readonly log: { folderId: string; itemId: string }[] = [];
  private made = 0;

  constructor() {
    this.addFolder();
    this.addFolder();
  }

  addFolder(): void {
    const id = `folder-${(this.made += 1)}`;
    this.folders.set(id, { name: id, epoch: 0 });
  }

  /** Removes a folder with everything in it; the last one stays. */
  removeFolder(nth: number): void {
    const id = this.folderAt(nth);
    if (this.folders.size === 1) return;
    this.folders.delete(id);
    for (const [itemId, item] of this.items) if (item.folderId === id) this.items.delete(itemId);
  }

  add(nth: number, fields: ContactFields): void {
    const itemId = `item-${(this.made += 1)}`;
    this.items.set(itemId, { folderId: this.folderAt(nth), fields });
    this.touch(itemId, this.folderAt(nth));
  }

  change(nth: number, fields: ContactFields): void {
    const entry = this.itemAt(nth);
    if (entry === undefined) return;
    entry[1].fields = fields;
    this.touch(entry[0], entry[1].folderId);
  }

  remove(nth: number): void {
    const entry = this.itemAt(nth);
    if (entry === undefined) return;
    this.items.delete(entry[0]);
    this.touch(entry[0], entry[1].folderId);
  }

  move(nth: number, to: number): void {
    const entry = this.itemAt(nth);
    if (entry === undefined) return;
    const [itemId, item] = entry;
    this.touch(itemId, item.folderId);
    item.folderId = this.folderAt(to);
    this.touch(itemId, item.folderId);
  }

  /** Forgets the states that were given out for a folder. */
  expire(nth: number): void {
    const folder = this.folders.get(this.folderAt(nth));
    if (folder !== undefined) folder.epoch += 1;
  }

  /** Begins a round; a state that is not known any more begins from zero. Undefined when the folder is gone. */
  begin(folderId: string, state: string | undefined, pageSize: number): ModelRound | undefined {
    const folder = this.folders.get(folderId);
    if (folder === undefined) return undefined;
    const [epoch, place] = (state ?? '').split('@').map(Number);
    const known = state !== undefined && epoch === folder.epoch && place !== undefined;
    const ids = known
      ? this.log.slice(place).flatMap((entry) => (entry.folderId === folderId ? [entry.itemId] : []))
      : [...this.items].flatMap(([itemId, item]) => (item.folderId === folderId ? [itemId] : []));
    const unique = [...new Set(ids)];
    const pages: string[][] = [];
    for (let at = 0; at < unique.length; at += pageSize) pages.push(unique.slice(at, at + pageSize));
    if (pages.length === 0) pages.push([]);
    return { folderId, restarted: !known, pages, nextState: `${folder.epoch}@${this.log.length}`, epoch: folder.epoch };
  }

  /** Whether the round can go on; not when its folder is gone or its states were forgotten. */
  knows(round: ModelRound): boolean {
    return this.folders.get(round.folderId)?.epoch === round.epoch;
  }

  /** What is true now of these items, told for a folder. */
  read(folderId: string, itemIds: readonly string[]): ContactChange[] {
    return itemIds.map((itemId): ContactChange => {
      const item = this.items.get(itemId);
      return item?.folderId === folderId
        ? { type: 'upsert', folderId, itemId, contact: item.fields }
        : { type: 'remove', folderId, itemId };
    });
  }

  private touch(itemId: string, folderId: string): void {
    this.log.push({ folderId, itemId });
  }

  private folderAt(nth: number): string {
    return [...this.folders.keys()][nth % this.folders.size] ?? '';
  }

  private itemAt(nth: number): [string, ModelItem] | undefined {
    return [...this.items][nth % Math.max(1, this.items.size)];
  }
}
