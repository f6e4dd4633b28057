/** A mailbox in memory without delta: it lists what is there, and reads what is named. */
import type { ContactFields } from '../../shared/contact';
import type { ContactPage, ContactSource } from '../../shared/mailbox/contact-source';

export interface ListedSource {
  readonly source: ContactSource;
  readonly put: (itemId: string, contact: ContactFields, folderId?: string) => void;
  readonly remove: (itemId: string) => void;
  /** Ids that were read in full, in order. */
  readonly read: string[];
}

export function createListedSource(folders: readonly string[] = ['F'], pageSize = 500): ListedSource {
  const items = new Map<string, { folderId: string; contact: ContactFields; version: number }>();
  const read: string[] = [];
  let versions = 0;
  const inFolder = (folderId: string) => [...items].filter(([, item]) => item.folderId === folderId);
  const pageOf = (folderId: string, ids: readonly string[]): ContactPage => ({
    changes: ids.flatMap((itemId) => {
      const item = items.get(itemId);
      if (item?.folderId !== folderId) return [];
      read.push(itemId);
      return [{ type: 'upsert' as const, folderId, itemId, contact: item.contact }];
    }),
    skipped: [],
  });
  return {
    read,
    put(itemId, contact, folderId = folders[0] ?? 'F') {
      versions += 1;
      items.set(itemId, { folderId, contact, version: versions });
    },
    remove: (itemId) => void items.delete(itemId),
    source: {
      folders: () => Promise.resolve(folders.map((id) => ({ id, name: id }))),
      // eslint-disable-next-line @typescript-eslint/require-await -- the port is asynchronous
      async *changes(folder) {
        const ids = inFolder(folder.id).map(([itemId]) => itemId);
        yield { ...pageOf(folder.id, ids), nextState: 'none' };
      },
      count: () => Promise.resolve(items.size),
      listing: {
        // eslint-disable-next-line @typescript-eslint/require-await -- the port is asynchronous
        async *items(folder) {
          const all = inFolder(folder.id).map(([itemId, { version }]) => ({ itemId, version: String(version) }));
          for (let at = 0; at < all.length; at += pageSize) yield all.slice(at, at + pageSize);
        },
        // eslint-disable-next-line @typescript-eslint/require-await -- the port is asynchronous
        async *read(folder, ids) {
          for (let at = 0; at < ids.length; at += pageSize) yield pageOf(folder.id, ids.slice(at, at + pageSize));
        },
      },
    },
  };
}
