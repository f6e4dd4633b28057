/** SQL that runs on one database alone is a fault that shows at the customer's: each store is tried on all of them. */
import { readFileSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';

const filesIn = (folder: string, ending: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(ending));
const textsIn = (folder: string, ending: string) =>
  filesIn(folder, ending).map((name) => readFileSync(`${folder}/${name}`, 'utf8'));

/** Tried through what uses them, by the suite of contacts. */
const throughOthers = ['contact-key-store', 'contact-search-store', 'detached-source-store'];

test('every store has a contract suite', () => {
  const suites = textsIn('tests/contract', '.ts').join('\n');
  const stores = filesIn('sync-service', '-store.ts').map((name) => basename(name, '.ts'));
  expect(stores.length).toBeGreaterThan(20);
  const without = stores.filter((name) => !suites.includes(`/${name}'`));
  expect(without.sort()).toEqual(throughOthers);
});

test('every suite of stores runs on SQLite, on PostgreSQL in the process and on a server', () => {
  const runs = [
    ...filesIn('tests/contract', '-libsql.test.ts').map((name) => name.replace('-libsql.test.ts', '')),
    ...['favorites-store', 'contact-store', 'journal-store', 'mailbox-schedule', 'stores'],
  ];
  for (const name of new Set(runs)) {
    expect(filesIn('tests/contract', '.test.ts')).toEqual(
      expect.arrayContaining([`${name}-libsql.test.ts`, `${name}-pglite.test.ts`]),
    );
    expect(filesIn('tests/postgres', '.test.ts')).toContain(`${name}.test.ts`);
  }
});
