/** What syncs did, and what each changed. */
import { expect, test } from 'vitest';
import type { Database } from '../../sync-service/database/database';
import { claimAccount } from '../../sync-service/contacts/source-account-store';
import * as store from '../../sync-service/contacts/sync-history-store';
import type { ChangeRecord, HistoryRecord } from '../../sync-service/contacts/sync-history-store';
import { addJournalUsers } from '../fakes/journal-world';

const user = 'history-user';
const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 8, minute)).toISOString();
const record = (id: string, accountId: string, changes: Partial<HistoryRecord> = {}): HistoryRecord => ({
  id,
  accountId,
  status: 'done',
  by: 'Anna',
  startedAt: at(0),
  endedAt: at(1),
  counts: { added: 0, changed: 0, removed: 0, unchanged: 5 },
  ...changes,
});
const fields = (displayName: string) => ({ displayName, numbers: [], emails: [] });
const change = (itemId: string, name: string, kind: ChangeRecord['kind'] = 'added'): ChangeRecord => ({
  kind,
  itemId,
  name,
  after: fields(name),
});

/** An account of the user with nothing in it. */
async function addAccount(db: Database, accountId: string): Promise<void> {
  await addJournalUsers(db, 'history-site', [user]);
  await claimAccount(db, user, { kind: 'file', key: accountId, name: accountId }, () => accountId);
}

/** Syncs of one account, without news. */
export async function addHistory(db: Database, ...ids: readonly string[]): Promise<void> {
  await addAccount(db, 'history-account');
  for (const id of ids) await store.putHistory(db, record(id, 'history-account'), []);
}

export function syncHistoryStore(there: () => Database): void {
  test('a sync comes back as it was written, in place of what was under its id, by its owner only', async () => {
    await addAccount(there(), 'h1');
    const before = { folders: [{ id: 'f', name: 'Kontakte', state: 'delta', stateAt: at(0) }] };
    await store.putHistory(there(), record('h1-sync', 'h1', { status: 'planned' }), [change('gone', 'Gone')]);
    const last = record('h1-sync', 'h1', { reason: 'because', trigger: 'button', before });
    const changes: ChangeRecord[] = [
      change('i1', 'Änne Öst'),
      { ...change('i2', 'Bert', 'changed'), contactId: 'c2', before: fields('Berti') },
      { kind: 'moved', itemId: 'i3', name: 'Carl', folderBefore: 'f' },
    ];
    await store.putHistory(there(), last, changes);
    expect(await store.findHistory(there(), user, 'h1-sync')).toEqual({
      ...last,
      times: 1,
      leftAlone: undefined,
      undoneAt: undefined,
    });
    expect(await store.findHistory(there(), 'somebody else', 'h1-sync')).toBeUndefined();
    const all = await store.allChanges(there(), 'h1-sync');
    expect(all.map(({ itemId, name, kind }) => [itemId, name, kind])).toEqual(
      changes.map(({ itemId, name, kind }) => [itemId, name, kind]),
    );
    expect(all[1]).toMatchObject(changes[1] ?? {});
  });

  test('changes are found by kind and by parts of names, whatever signs are typed, page by page', async () => {
    await addAccount(there(), 'h2');
    const names = ['Änne Öst', '100% Sure', 'A_B', 'C\\D', 'Zoë Änderung', 'Moved'];
    const changes = names.map((name, n) => change(`i${n}`, name, name === 'Moved' ? 'moved' : 'added'));
    await store.putHistory(there(), record('h2-sync', 'h2'), changes);
    const found = async (text: string) => {
      const rows = await store.listChanges(there(), 'h2-sync', { text, afterN: -1, limit: 10 });
      return rows.map(({ name }) => name);
    };
    expect(await found('än')).toEqual(['Änne Öst', 'Zoë Änderung']);
    expect(await found('OST ann')).toEqual(['Änne Öst']);
    expect(await found('%')).toEqual(await found(' '));
    expect(await found('\\')).toEqual(await found('\\\\'));
    expect(await found('c\\d')).toContain('C\\D');
    expect(await found('moved')).toEqual([]);
    const removed = await store.listChanges(there(), 'h2-sync', { kind: 'removed', afterN: -1, limit: 10 });
    expect(removed).toEqual([]);
    const second = await store.listChanges(there(), 'h2-sync', { afterN: 0, limit: 1 });
    expect(second.map(({ n, name }) => [n, name])).toEqual([[1, '100% Sure']]);
  });

  test('syncs without news that follow each other are one row, and one with another end begins a new one', async () => {
    await addAccount(there(), 'h3');
    await store.noteQuietEnd(there(), record('q1', 'h3', { endedAt: at(1) }));
    await store.noteQuietEnd(there(), record('q2', 'h3', { endedAt: at(2) }));
    await store.noteQuietEnd(there(), record('q3', 'h3', { endedAt: at(3), status: 'failed', reason: 'offline' }));
    await store.noteQuietEnd(there(), record('q4', 'h3', { endedAt: at(4), status: 'failed', reason: 'offline' }));
    const rows = (await store.listHistory(there(), user, 100)).filter(({ accountId }) => accountId === 'h3');
    expect(rows.map(({ id, times, status, endedAt }) => [id, times, status, endedAt])).toEqual([
      ['q3', 2, 'failed', at(4)],
      ['q1', 2, 'done', at(2)],
    ]);
    expect(rows[0]?.accountName).toBe('h3');
  });

  test('the newest are kept, and none for longer than is promised; what is only planned stays', async () => {
    await addAccount(there(), 'h4');
    for (let n = 0; n < store.historyLimit + 2; n += 1) {
      await store.putHistory(there(), record(`p${String(n).padStart(2, '0')}`, 'h4', { endedAt: at(n) }), []);
    }
    await store.putHistory(there(), record('planned', 'h4', { status: 'planned' }), []);
    const left = async () =>
      (
        await there().selectFrom('sync_history').select('id').where('account_id', '=', 'h4').orderBy('id').execute()
      ).map(({ id }) => id);
    await store.pruneHistory(there(), 'h4', new Date(at(40)));
    expect((await left()).slice(0, 1)).toEqual(['p02']);
    await store.pruneHistory(there(), 'h4', new Date(Date.parse(at(5)) + store.historyMs));
    expect((await left()).slice(0, 1)).toEqual(['p05']);
    await store.removeHistory(there(), await left());
    expect(await left()).toEqual([]);
  });

  test('only the newest sync with news can be undone, and that is noted', async () => {
    await addAccount(there(), 'h5');
    for (const id of ['u1', 'u2']) {
      await store.putHistory(there(), record(id, 'h5', { before: { folders: [] } }), [change('i', 'Anna')]);
    }
    await store.forgetStandsBefore(there(), 'h5', 'u2');
    const one = await store.findHistory(there(), user, 'u1');
    const other = await store.findHistory(there(), user, 'u2');
    expect([one?.before, other?.before]).toEqual([undefined, { folders: [] }]);
    await store.noteUndone(there(), 'u2', 3, at(9));
    expect(await store.findHistory(there(), user, 'u2')).toMatchObject({
      status: 'undone',
      before: undefined,
      leftAlone: 3,
      undoneAt: at(9),
    });
  });
}
