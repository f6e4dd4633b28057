/** One mailbox in memory: folders, contacts, and a history that delta queries are answered from. */
import { createHash } from 'node:crypto';
import { createCalendar } from './calendar';
import type { Calendar } from './calendar';
import type { ContactContent, MailboxContents, StoredFolder, StoredItem } from './graph-types';

/** What happened in a folder after a point of the history, oldest first. */
export type FolderEvent =
  | { readonly type: 'upsert'; readonly seq: number; readonly item: StoredItem }
  | { readonly type: 'removed'; readonly seq: number; readonly itemId: string };

/** The mailbox with what its owner can do in Outlook. Methods that name an unknown id throw. */
export interface Mailbox {
  readonly address: string;
  readonly defaultFolderId: string;
  readonly calendar: Calendar;
  folders(): readonly StoredFolder[];
  /** Every contact in every folder. */
  items(): readonly StoredItem[];
  item(itemId: string): StoredItem | undefined;
  addContact(content: ContactContent, folderId?: string): string;
  editContact(itemId: string, patch: ContactContent): void;
  /** Sets or takes away the photo; the contact counts as changed then. */
  setPhoto(itemId: string, photo: Uint8Array | 'drawn' | undefined): void;
  deleteContact(itemId: string): void;
  moveContact(itemId: string, folderId: string): void;
  addFolder(name: string, parentId?: string): string;
  /** With all that is in it. */
  deleteFolder(folderId: string): void;
  /** Forgets the states handed out so far, of one folder or of all: they answer 410 from now on. */
  expireStates(folderId?: string): void;
  /** Number of states' generation of a folder; grows when they expire. */
  generation(folderId: string): number;
  /** Present end of the history. */
  position(): number;
  /**
   * Events of a folder after `since`. Removals up to `removalsFrom` are left out: nobody who began there knows the item.
   */
  events(folderId: string, since: number, removalsFrom: number): readonly FolderEvent[];
  contactLists(folderId: string): number;
}

/** Makes a mailbox. Ids are derived from the address, so they are the same after a restart with the same contents. */
export function createMailbox(address: string, contents: MailboxContents, now: () => Date): Mailbox {
  const folders = new Map<string, StoredFolder>();
  const items = new Map<string, StoredItem>();
  const removals: { folderId: string; itemId: string; seq: number }[] = [];
  const generations = new Map<string, number>();
  let seq = 0;
  let made = 0;

  const newId = (kind: 'folder' | 'contact'): string => {
    made += 1;
    const hash = createHash('sha256')
      .update(`${address}/${kind}/${String(made)}`)
      .digest('base64url');
    return `AAkALgAAAAAA${kind === 'folder' ? 'Lg' : 'Rg'}${hash}AAA=`;
  };

  const rootId = newId('folder');
  const defaultFolderId = newId('folder');
  folders.set(defaultFolderId, { id: defaultFolderId, name: 'Contacts', parentId: rootId });

  const folderOf = (folderId: string): StoredFolder => {
    const folder = folders.get(folderId);
    if (folder === undefined) throw new Error('The mailbox has no such folder.');
    return folder;
  };
  const itemOf = (itemId: string): StoredItem => {
    const item = items.get(itemId);
    if (item === undefined) throw new Error('The mailbox has no such contact.');
    return item;
  };
  const remember = (item: Omit<StoredItem, 'seq' | 'changedAt'>): void => {
    seq += 1;
    // Set anew, so that the map stays in the order of the history.
    items.delete(item.id);
    items.set(item.id, {
      ...item,
      seq,
      changedAt: now()
        .toISOString()
        .replace(/\.\d+Z$/, 'Z'),
    });
  };
  const removeFrom = (item: StoredItem): void => {
    seq += 1;
    removals.push({ folderId: item.folderId, itemId: item.id, seq });
  };

  const mailbox: Mailbox = {
    address,
    calendar: createCalendar(address),
    defaultFolderId,
    folders: () => [...folders.values()],
    items: () => [...items.values()],
    item: (itemId) => items.get(itemId),
    addContact(content, folderId = defaultFolderId) {
      folderOf(folderId);
      const id = newId('contact');
      const createdAt = now()
        .toISOString()
        .replace(/\.\d+Z$/, 'Z');
      remember({ id, folderId, content, createdAt, changedProperties: Object.keys(content) });
      return id;
    },
    editContact(itemId, patch) {
      const item = itemOf(itemId);
      remember({ ...item, content: { ...item.content, ...patch }, changedProperties: Object.keys(patch) });
    },
    setPhoto(itemId, photo) {
      remember({ ...itemOf(itemId), photo, changedProperties: [] });
    },
    deleteContact(itemId) {
      const item = itemOf(itemId);
      items.delete(itemId);
      removeFrom(item);
    },
    moveContact(itemId, folderId) {
      const item = itemOf(itemId);
      folderOf(folderId);
      if (item.folderId === folderId) return;
      removeFrom(item);
      remember({ ...item, folderId, changedProperties: Object.keys(item.content) });
    },
    addFolder(name, parentId = defaultFolderId) {
      folderOf(parentId);
      const id = newId('folder');
      folders.set(id, { id, name, parentId });
      return id;
    },
    deleteFolder(folderId) {
      folderOf(folderId);
      if (folderId === defaultFolderId) throw new Error('The default folder cannot be deleted.');
      for (const folder of [...folders.values()]) if (folder.parentId === folderId) mailbox.deleteFolder(folder.id);
      for (const item of [...items.values()]) if (item.folderId === folderId) mailbox.deleteContact(item.id);
      folders.delete(folderId);
    },
    expireStates(folderId) {
      const expired = folderId === undefined ? [...folders.keys()] : [folderOf(folderId).id];
      for (const id of expired) generations.set(id, mailbox.generation(id) + 1);
    },
    generation: (folderId) => generations.get(folderId) ?? 1,
    position: () => seq,
    events(folderId, since, removalsFrom) {
      const events: FolderEvent[] = [];
      for (const item of items.values()) {
        if (item.folderId === folderId && item.seq > since) events.push({ type: 'upsert', seq: item.seq, item });
      }
      for (const removal of removals) {
        if (removal.folderId !== folderId || removal.seq <= since || removal.seq <= removalsFrom) continue;
        events.push({ type: 'removed', seq: removal.seq, itemId: removal.itemId });
      }
      return events.sort((a, b) => a.seq - b.seq);
    },
    contactLists: (folderId) => (folderId === defaultFolderId ? (contents.contactLists ?? 0) : 0),
  };

  const keys = new Map<string, string>();
  for (const folder of contents.folders) {
    keys.set(
      folder.key,
      mailbox.addFolder(folder.name, folder.parent === undefined ? undefined : keys.get(folder.parent)),
    );
  }
  for (const { folder, contact, hasPhoto } of contents.contacts) {
    const id = mailbox.addContact(contact, folder === undefined ? undefined : keys.get(folder));
    const item = items.get(id);
    if (hasPhoto === true && item !== undefined) items.set(id, { ...item, photo: 'drawn' });
  }
  return mailbox;
}
