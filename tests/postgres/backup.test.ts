/** A backup of a PostgreSQL database goes back onto a server, and into a file as well; a file's goes onto a server. */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { restoreBackup } from '../../sync-service/backup/restore-backup';
import { writeBackup } from '../../sync-service/backup/write-backup';
import { openDatabase, openPostgresql } from '../../sync-service/database/database';
import type { Database } from '../../sync-service/database/database';
import { migrate } from '../../sync-service/database/migrate';
import { readPostgresqlAddress } from '../../sync-service/database/postgresql-address';
import type { PostgresqlAddress } from '../../sync-service/database/postgresql-address';
import { openServerLink } from '../../sync-service/database/server-link';
import { fillTables, rowsOf } from '../fakes/fill-tables';
import { createDatabaseAt } from '../fakes/postgresql-server';
import { serverPort } from './here';

let folder: string;
let tables: string[];
const now = () => new Date();
const nothing = (): void => undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mycontacts-server-backup-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function newServerDatabase(): Promise<PostgresqlAddress> {
  const address = readPostgresqlAddress(await createDatabaseAt(serverPort()));
  if ('problem' in address) throw new Error(address.problem);
  return address;
}
const target = (name: string, more: { replace?: boolean; postgresql?: PostgresqlAddress } = {}) => ({
  dataDirectory: join(folder, name),
  configuration: join(folder, `${name}.yaml`),
  secretKeyFile: join(folder, name, 'secret.key'),
  replace: false,
  now,
  ...more,
});
async function backUp(database: Database, name: string): Promise<string> {
  const dataDirectory = join(folder, name);
  await mkdir(dataDirectory, { recursive: true });
  const archive = join(folder, `${name}.tar.gz`);
  await writeBackup(
    {
      database,
      databaseFile: join(dataDirectory, 'mycontacts.db'),
      dataDirectory,
      configuration: undefined,
      secretKeyFile: undefined,
      version: '1.2.3',
      now,
    },
    archive,
  );
  return archive;
}
async function contentsOf(database: Database) {
  const contents: Record<string, unknown> = {};
  for (const table of tables) contents[table] = await rowsOf(database, table);
  await database.destroy();
  return contents;
}

it('goes from a file to a server, to another server and back into a file, with nothing lost', async () => {
  await mkdir(join(folder, 'file'));
  const file = openDatabase(join(folder, 'file', 'mycontacts.db'));
  await migrate(file);
  tables = await fillTables(file);
  const fromFile = await backUp(file, 'file');
  const all = await contentsOf(file);

  const one = await newServerDatabase();
  await restoreBackup(fromFile, target('one', { postgresql: one }));
  expect(await contentsOf(openPostgresql(one))).toEqual(all);
  const onServer = openPostgresql(one);
  const fromServer = await backUp(onServer, 'server');
  await onServer.destroy();

  const other = await newServerDatabase();
  await restoreBackup(fromServer, target('other', { postgresql: other }));
  expect(await contentsOf(openPostgresql(other))).toEqual(all);
  await restoreBackup(fromServer, target('back'));
  expect(await contentsOf(openDatabase(join(folder, 'back', 'mycontacts.db')))).toEqual(all);

  // What is there is not touched without a word, and kept aside with it.
  const again = (replace: boolean) => restoreBackup(fromServer, target('other', { postgresql: other, replace }));
  await expect(again(false)).rejects.toThrow(/--replace/);
  const { keptAside } = await again(true);
  expect(await contentsOf(openDatabase(keptAside[0] ?? ''))).toEqual(all);
  expect(await contentsOf(openPostgresql(other))).toEqual(all);

  // Nor under a running service.
  const link = await openServerLink({ address: other, onLost: nothing, onRegained: nothing, onNotice: nothing });
  expect(await link.join()).toBe(true);
  await expect(again(true)).rejects.toThrow(/service is running/);
  await link.stop();
  expect((await readdir(folder)).filter((name) => /partial|staging/.test(name))).toEqual([]);
});
