/** Follows which item is open: a pinned pane lives on while the user goes from mail to mail, or to none. */
import { supports } from './office-context';
import { type AnyItem, type OpenItem, readOpenItem } from './open-item';

export interface ItemWatch {
  /** Begins to follow; reads the item that is open now. */
  attach(mailbox: Office.Mailbox): void;
  current(): OpenItem | undefined;
  onChanged(listener: () => void): () => void;
}

export function createItemWatch(): ItemWatch {
  const listeners = new Set<() => void>();
  let open: OpenItem | undefined;
  let round = 0;

  const set = (item: OpenItem | undefined) => {
    open = item;
    listeners.forEach((listener) => listener());
  };

  const read = async (mailbox: Office.Mailbox) => {
    const mine = ++round;
    // The types promise an item; a pinned pane with an empty selection has none.
    const item: unknown = mailbox.item;
    const read = isItem(item) ? await readOpenItem(item) : undefined;
    // Whoever goes through mails quickly must not see an earlier one's people late.
    if (mine === round) set(read);
  };

  return {
    attach(mailbox) {
      const again = () => void read(mailbox);
      mailbox.addHandlerAsync(Office.EventType.ItemChanged, again);
      watchRecipients(mailbox, again);
      again();
    },
    current: () => open,
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** While an item is being written its recipients change without an `ItemChanged`. */
function watchRecipients(mailbox: Office.Mailbox, again: () => void): void {
  if (!supports('Mailbox', '1.7')) return;
  try {
    const item: Office.Mailbox['item'] | null = mailbox.item ?? null;
    if (item !== null && 'addHandlerAsync' in item) item.addHandlerAsync(Office.EventType.RecipientsChanged, again);
  } catch {
    // An item that is only read has no such event.
  }
}

function isItem(value: unknown): value is AnyItem {
  return typeof value === 'object' && value !== null;
}
