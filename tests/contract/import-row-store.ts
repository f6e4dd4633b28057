/** What an import left out, and the numbers in it that cannot be read. */
import { expect, test } from 'vitest';
import type { Database } from '../../sync-service/database/database';
import {
  addImportRows,
  countImportRows,
  listImportRows,
  removeImportRows,
} from '../../sync-service/contacts/import-row-store';
import type { ImportRow } from '../../sync-service/contacts/import-row-store';
import { addHistory } from './sync-history-store';

const rows: readonly ImportRow[] = [
  { position: 3, reason: 'no-name' },
  { position: 7, name: 'Ä \u{1F600} "\'', field: 'Telefon (geschäftlich)', raw: '089/??', problem: 'not-a-number' },
  { position: 7, name: 'Ä \u{1F600} "\'', field: 'TEL;TYPE=HOME', raw: '', problem: 'empty' },
  { position: 9, name: 'Anna', reason: 'duplicate' },
];

export function importRowStore(there: () => Database): void {
  test('rows come back as they were kept, in their order, from behind any of them', async () => {
    await addHistory(there(), 'import-1');
    await addImportRows(there(), 'import-1', rows);
    const listed = await listImportRows(there(), 'import-1', -1, 10);
    expect(listed).toEqual(rows.map((row, n) => ({ n, ...row })));
    expect(await listImportRows(there(), 'import-1', 1, 1)).toEqual([listed[2]]);
    expect(await listImportRows(there(), 'import-1', 3, 10)).toEqual([]);
  });

  test('more rows than fit one statement are kept, and counted by import', async () => {
    await addHistory(there(), 'import-2', 'import-3');
    const many = Array.from({ length: 1500 }, (_, n): ImportRow => ({ position: n + 1, reason: 'no-number' }));
    await there()
      .transaction()
      .execute((db) => addImportRows(db, 'import-2', many));
    await addImportRows(there(), 'import-3', []);
    const absent = Array.from({ length: 1200 }, (_, n) => `absent-${n}`);
    expect(await countImportRows(there(), [...absent, 'import-2', 'import-3'])).toEqual(new Map([['import-2', 1500]]));
    expect((await listImportRows(there(), 'import-2', 1499 - 2, 500)).map(({ position }) => position)).toEqual([
      1499, 1500,
    ]);
    expect(await countImportRows(there(), [])).toEqual(new Map());
  });

  test('some rows can be forgotten, of their import only', async () => {
    await addHistory(there(), 'import-5', 'import-6');
    await addImportRows(there(), 'import-5', rows);
    await addImportRows(there(), 'import-6', rows);
    await removeImportRows(there(), 'import-5', 1, 2);
    expect((await listImportRows(there(), 'import-5', -1, 9)).map(({ n }) => n)).toEqual([0, 3]);
    expect(await listImportRows(there(), 'import-6', -1, 9)).toHaveLength(4);
  });

  test('rows go with their import, and an import that breaks leaves none', async () => {
    await addHistory(there(), 'import-4', 'import-5');
    await addImportRows(there(), 'import-4', rows);
    await there().deleteFrom('sync_history').where('id', '=', 'import-4').execute();
    expect(await listImportRows(there(), 'import-4', -1, 10)).toEqual([]);
    const breaks = there()
      .transaction()
      .execute(async (db) => {
        await addImportRows(db, 'import-5', rows);
        throw new Error('on purpose');
      });
    await expect(breaks).rejects.toThrow('on purpose');
    expect(await countImportRows(there(), ['import-5'])).toEqual(new Map());
  });
}
