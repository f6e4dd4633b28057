import type { ContactChange } from '../../../shared/contact-sync';
import {
  type ContactFolder,
  type ContactPage,
  type ContactSource,
  StateExpiredError,
} from '../../../shared/mailbox/contact-source';

export interface FakeFolder extends ContactFolder {
  readonly items: string[];
}

export function upsert(folderId: string, itemId: string): ContactChange {
  return { type: 'upsert', folderId, itemId, contact: { displayName: itemId, numbers: [], emails: [] } };
}

/** A source with folders of items; its state is the number of changes told, as text. */
export function createFakeSource(folders: FakeFolder[], { pageSize = 100 } = {}) {
  const history = new Map<string, ContactChange[]>(
    folders.map(({ id, items }) => [id, items.map((item) => upsert(id, item))]),
  );
  /** Called before each page. */
  let beforePage: (
    folderId: string,
    page: number,
    state: string | undefined,
    signal: AbortSignal,
  ) => void | Promise<void> = () => {};
  let repeats = false;

  const source: ContactSource = {
    folders: (signal) => {
      signal.throwIfAborted();
      return Promise.resolve(folders.map(({ id, name }) => ({ id, name })));
    },
    async *changes(folder, state, signal): AsyncIterable<ContactPage> {
      const all = history.get(folder.id) ?? [];
      // From zero only what is there now is told.
      const gone = new Set(all.filter(({ type }) => type === 'remove').map(({ itemId }) => itemId));
      const changes = state === undefined ? all.filter(({ itemId }) => !gone.has(itemId)) : all.slice(Number(state));
      const pages = Math.max(1, Math.ceil(changes.length / pageSize));
      for (let page = 0; page < pages; page += 1) {
        await beforePage(folder.id, page, state, signal);
        signal.throwIfAborted();
        const part = changes.slice(page * pageSize, (page + 1) * pageSize);
        if (repeats && page > 0) part.unshift(...changes.slice((page - 1) * pageSize, page * pageSize));
        const last = page === pages - 1;
        yield { changes: part, skipped: [], ...(last ? { nextState: String(all.length) } : {}) };
      }
    },
    count: () => Promise.resolve([...history.values()].flat().length),
  };

  return {
    source,
    change(change: ContactChange) {
      history.get(change.folderId)?.push(change);
    },
    onPage(next: typeof beforePage) {
      beforePage = next;
    },
    repeatPages() {
      repeats = true;
    },
    expired: () => new StateExpiredError(),
  };
}

export function items(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(5, '0')}`);
}
