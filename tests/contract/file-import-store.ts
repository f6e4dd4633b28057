/** Imports of files that are under way. */
import { expect, test } from 'vitest';
import * as store from '../../sync-service/contacts/file-import-store';
import { claimAccount } from '../../sync-service/contacts/source-account-store';
import { allChanges, putHistory } from '../../sync-service/contacts/sync-history-store';
import type { ChangeRecord } from '../../sync-service/contacts/sync-history-store';
import type { Database } from '../../sync-service/database/database';
import { addJournalUsers } from '../fakes/journal-world';

const user = 'import-user';
const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 8, minute)).toISOString();
const change = (n: number): ChangeRecord => ({ kind: 'added', itemId: `i${n}`, contactId: `c${n}`, name: `Name ${n}` });

export function fileImportStore(there: () => Database): void {
  async function begin(id: string, status: 'planned' | 'done' = 'planned'): Promise<void> {
    await addJournalUsers(there(), 'import-site', [user]);
    await claimAccount(there(), user, { kind: 'file', key: id, name: id }, () => id);
    const counts = { added: 0, changed: 0, removed: 0, unchanged: 0 };
    const times = { startedAt: at(0), endedAt: at(1) };
    await putHistory(there(), { id, accountId: id, status, by: 'Anna', trigger: 'file', ...times, counts }, []);
  }

  test('an import is under way until it has ended, and is told when nobody renews it', async () => {
    await begin('fi-1');
    await begin('fi-2', 'done');
    expect(await store.runningImport(there(), 'fi-1')).toEqual({ by: 'Anna', since: at(0) });
    expect(await store.accountOfImport(there(), 'fi-1')).toBe('fi-1');
    expect(await store.runningImport(there(), 'fi-2')).toBeUndefined();
    expect(await store.accountOfImport(there(), 'fi-2')).toBeUndefined();
    expect(await store.renewImport(there(), 'fi-2', at(2))).toBe(false);
    expect(await store.leftImports(there(), at(2))).toEqual([{ id: 'fi-1', userId: user }]);
    expect(await store.renewImport(there(), 'fi-1', at(5))).toBe(true);
    expect(await store.leftImports(there(), at(2))).toEqual([]);
  });

  test('changes are added portion by portion, and the last ones are taken back', async () => {
    await begin('fi-3');
    const changes = Array.from({ length: 250 }, (_, n) => change(n));
    await store.addChanges(there(), 'fi-3', 0, changes.slice(0, 100));
    await store.addChanges(there(), 'fi-3', 100, changes.slice(100));
    const names = async (limit: number) => (await store.lastChanges(there(), 'fi-3', limit)).map(({ name }) => name);
    expect(await names(2)).toEqual(['Name 249', 'Name 248']);
    await store.dropLastChanges(there(), 'fi-3', 200);
    expect(await names(1)).toEqual(['Name 49']);
    await store.dropLastChanges(there(), 'fi-3', 200);
    await store.dropLastChanges(there(), 'fi-3', 200);
    expect(await allChanges(there(), 'fi-3')).toEqual([]);
  });

  test('an account that has brought nothing is forgotten, and of contacts that are nobody’s nothing is told', async () => {
    await begin('fi-4');
    const absent = Array.from({ length: 1200 }, (_, n) => `absent-${n}`);
    expect(await store.stillImported(there(), user, 'fi-4', absent)).toEqual(new Map());
    expect(await store.stillImported(there(), user, 'fi-4', [])).toEqual(new Map());
    expect(await store.pictureVersions(there(), 'fi-4')).toEqual(new Map());
    await store.forgetUnused(there(), 'fi-4');
    expect(await store.runningImport(there(), 'fi-4')).toBeUndefined();
  });
}
