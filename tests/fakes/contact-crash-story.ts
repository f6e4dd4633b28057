/** What is synced before and in the process that is killed. */
import type { SyncBatch } from '../../shared/contact-sync';
import type { OpenRequest } from '../../sync-service/contacts/sync.service';
import { person } from './contact-world';

export const crashOpen = (by: string, generation: number): OpenRequest => ({
  account: { kind: 'graph', key: 'u@example.org', name: 'Mailbox' },
  mode: 'delta',
  generation,
  options: { skipContactsWithoutNumber: false },
  by,
});

/** Three batches: `first` brings items 0 to 59; `second` changes them all, removes ten and brings 60 to 119. */
export function crashBatches(which: 'first' | 'second'): SyncBatch[] {
  const count = which === 'first' ? 60 : 120;
  const changes = Array.from({ length: count }, (_, n) =>
    which === 'second' && n < 10
      ? ({ type: 'remove', folderId: 'F', itemId: `item ${n}` } as const)
      : ({ type: 'upsert', folderId: 'F', itemId: `item ${n}`, contact: person(`${which} ${n}`, '110') } as const),
  );
  const third = Math.ceil(count / 3);
  return [0, 1, 2].map((part) => ({
    ...(part === 0 ? { folders: [{ id: 'F', name: 'Contacts' }] } : {}),
    folder: { id: 'F', ...(part === 2 ? { state: `after ${which}` } : {}) },
    changes: changes.slice(part * third, (part + 1) * third),
  }));
}
