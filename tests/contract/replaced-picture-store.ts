/** Pictures that imports replaced, for their undo. */
import { expect, test } from 'vitest';
import { contentOf } from '../../sync-service/contacts/contact-record';
import { pictureBytes, removeImportedPictures, savePicture } from '../../sync-service/contacts/contact-picture-store';
import { addContacts } from '../../sync-service/contacts/contact-store';
import { countReplaced, keepReplaced, restoreReplaced } from '../../sync-service/contacts/replaced-picture-store';
import { claimAccount } from '../../sync-service/contacts/source-account-store';
import * as history from '../../sync-service/contacts/sync-history-store';
import type { Database } from '../../sync-service/database/database';
import { addJournalUsers } from '../fakes/journal-world';

const user = 'replaced-user';
const at = '2026-03-02T08:00:00.000Z';
const ready = (hash: string) => ({ state: 'ready' as const, hash, bytes: new TextEncoder().encode(hash) });
const content = (displayName: string) => contentOf({ displayName, numbers: [], emails: [] }, [], '1');

export function replacedPictureStore(there: () => Database): void {
  /** An account with an import and contacts. */
  async function begin(id: string, ...contacts: string[]): Promise<void> {
    await addJournalUsers(there(), 'replaced-site', [user]);
    await claimAccount(there(), user, { kind: 'file', key: id, name: id }, () => id);
    const counts = { added: 0, changed: 0, removed: 0, unchanged: 1 };
    const row = { id, accountId: id, status: 'done' as const, by: 'Anna', startedAt: at, endedAt: at, counts };
    await history.putHistory(there(), row, []);
    const made = contacts.map((itemId) => ({
      ...{ id: `${id}-${itemId}`, content: content(itemId) },
      origin: { accountId: id, itemId, folderId: 'file' },
    }));
    await addContacts(there(), user, made, at);
  }
  const pictures = async (id: string) =>
    (
      await there()
        .selectFrom('contacts')
        .leftJoin('contact_pictures', 'contact_pictures.contact_id', 'contacts.id')
        .select(['contacts.item_id', 'contacts.picture', 'contact_pictures.source_version', 'contact_pictures.state'])
        .where('contacts.account_id', '=', id)
        .orderBy('contacts.item_id')
        .execute()
    ).map((row) => [row.item_id, row.picture, row.source_version, row.state]);
  const replace = async (id: string, itemId: string, hash: string) => {
    await keepReplaced(there(), id, `${id}-${itemId}`, hash);
    await savePicture(there(), user, `${id}-${itemId}`, 'later', ready(hash));
  };

  test('are put back as they were, also where there was none, and not where another one came since', async () => {
    await begin('rp-1', 'a', 'b', 'c', 'd');
    await savePicture(there(), user, 'rp-1-a', 'first', ready('rp-old-a'));
    await savePicture(there(), user, 'rp-1-c', 'first', ready('rp-old-c'));
    await savePicture(there(), user, 'rp-1-d', 'first', { state: 'refused' });
    for (const item of ['a', 'b', 'c', 'd']) await replace('rp-1', item, `rp-new-${item}`);
    await savePicture(there(), user, 'rp-1-c', 'newest', ready('rp-newest'));
    expect(await countReplaced(there(), ['rp-1', 'absent'])).toEqual(new Map([['rp-1', 4]]));

    const outcome = await there()
      .transaction()
      .execute((db) => restoreReplaced(db, user, 'rp-1', 'rp-1'));
    expect(outcome.replaced).toHaveLength(4);
    expect([...outcome.restored].sort()).toEqual(['rp-1-a', 'rp-1-b', 'rp-1-d']);
    expect(await pictures('rp-1')).toEqual([
      ['a', 'rp-old-a', 'first', 'ready'],
      ['b', null, null, null],
      ['c', 'rp-newest', 'newest', 'ready'],
      ['d', null, 'first', 'refused'],
    ]);
    expect(Buffer.from((await pictureBytes(there(), user, 'rp-old-a')) ?? []).toString()).toBe('rp-old-a');
  });

  test('are forgotten with the undo, with a newer import, after a day, and when all pictures are deleted', async () => {
    const left = async () => [...(await countReplaced(there(), ['rp-2'])).values()];
    await begin('rp-2', 'a');
    const day = new Date(Date.parse(at) + history.undoMs + 1);
    for (const forget of [
      () => history.noteUndone(there(), 'rp-2', 0, at),
      () => history.forgetStandsBefore(there(), 'rp-2', 'newer'),
      () => history.pruneHistory(there(), 'rp-2', day),
      () => removeImportedPictures(there(), user),
    ]) {
      await replace('rp-2', 'a', 'rp-2-new');
      await history.forgetStandsBefore(there(), 'rp-2', 'rp-2');
      await history.pruneHistory(there(), 'rp-2', new Date(Date.parse(at) + 1000));
      expect(await left()).toEqual([1]);
      await forget();
      expect(await left()).toEqual([]);
    }
  });
}
