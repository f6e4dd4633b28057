/**
 * The stores of the large installation. Filling them takes minutes: they are kept and used again, in `BENCH_CACHE` or a
 * folder beside the system's temporary ones, until the schema or what is filled in changes.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { sql } from 'kysely';
import { hashPassword } from '../../sync-service/accounts/people-password';
import { createNumberRules } from '../../shared/phone-number';
import { openDatabase, openPostgresql } from '../../sync-service/database/database';
import type { Database } from '../../sync-service/database/database';
import { migrationNames } from '../../sync-service/database/migrate';
import { readPostgresqlAddress } from '../../sync-service/database/postgresql-address';
import { numberLibrary } from '../../sync-service/numbers/number-library';
import { findPostgresql, startPostgresql } from '../fakes/postgresql-server';
import type { PostgresqlServer } from '../fakes/postgresql-server';
import { fillLarge } from './fill-large';

/** Fewer for a quick look: `BENCH_OWNERS=200 npm run bench -- store`. */
export const owners = Number(process.env['BENCH_OWNERS'] ?? 2000);
export const users = Math.max(owners, owners * 50);
export const password = 'Bench-1234!';
const fillVersion = 1;

const { readNumber: read, rulesVersion: version } = createNumberRules(numberLibrary);
export const rules = { read, version };

export interface LargeStore {
  readonly name: 'SQLite' | 'PostgreSQL';
  /** Of the file, or of the server. */
  readonly address: string;
  open(): Database;
  close(): void;
}

/** Opens the file or the server's database at that address, as the service does. */
export function openLargeStore(address: string): Database {
  if (!address.startsWith('postgres')) return openDatabase(address);
  const read = readPostgresqlAddress(address);
  if ('problem' in read) throw new Error(read.problem);
  return openPostgresql(read, { statementTimeoutMs: 600_000 });
}

/** Each store in its turn; PostgreSQL where this machine has its server. */
export async function withLargeStores(use: (store: LargeStore) => Promise<void>): Promise<void> {
  const named = createHash('sha256')
    .update(JSON.stringify([fillVersion, migrationNames, owners]))
    .digest('hex');
  const folder = join(process.env['BENCH_CACHE'] ?? join(tmpdir(), 'mycontacts-bench'), named.slice(0, 12));
  mkdirSync(folder, { recursive: true });
  for (const make of [sqliteStore, postgresqlStore]) {
    const store = await make(folder);
    if (store === undefined) continue;
    try {
      await use(store);
    } finally {
      store.close();
    }
  }
}

/**
 * Brings the files into the system's memory, as they are there after a day of use: the first reading of a page from the
 * disk would be measured otherwise.
 */
async function readAll(files: readonly string[]): Promise<void> {
  for (const file of files) {
    const stream = createReadStream(file, { highWaterMark: 4 * 1024 * 1024 });
    stream.resume();
    await finished(stream);
  }
}

/** The server's own memory is empty after its start, which is a moment ago. */
async function prewarm(url: string): Promise<void> {
  const database = openLargeStore(url);
  try {
    await sql`create extension if not exists pg_prewarm`.execute(database);
    await sql`select pg_prewarm(oid::regclass) from pg_class
      where relkind in ('r', 'i') and relnamespace = 'public'::regnamespace`.execute(database);
  } finally {
    await database.destroy();
  }
}

async function fill(database: Database): Promise<void> {
  process.stdout.write(`  filling a store with the contacts of ${owners} and ${users} users …\n`);
  const startedAt = performance.now();
  const passwordHash = await hashPassword(password);
  await fillLarge(database, { owners, users, passwordHash, rules }).finally(() => database.destroy());
  process.stdout.write(`  filled in ${Math.round((performance.now() - startedAt) / 1000)} s\n`);
}

async function sqliteStore(folder: string): Promise<LargeStore> {
  const file = join(folder, 'large.db');
  const mark = `${file}.filled`;
  if (!existsSync(mark)) {
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    // Filled with many pages in memory, asked with as few as the service has.
    await fill(openDatabase(file, { cacheKiB: 1024 * 1024 }));
    writeFileSync(mark, '');
  }
  await readAll([file]);
  return { name: 'SQLite', address: file, open: () => openLargeStore(file), close: () => undefined };
}

async function postgresqlStore(folder: string): Promise<LargeStore | undefined> {
  if (findPostgresql() === undefined) return undefined;
  const kept = join(folder, 'postgresql');
  // What the server's manual advises; 128 MB, as installed, are for the smallest machines.
  const sharedBuffers = `${Math.floor(totalmem() / 4 / 2 ** 20)}MB`;
  // Names the filled database; a filling that was broken off is begun anew.
  const mark = join(kept, 'filled');
  if (!existsSync(mark)) rmSync(kept, { recursive: true, force: true });
  else {
    const files = readdirSync(join(kept, 'data', 'base'), { withFileTypes: true, recursive: true });
    await readAll(files.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)));
  }
  const server: PostgresqlServer = await startPostgresql({ kept, sharedBuffers });
  try {
    if (!existsSync(mark)) {
      const url = await server.createDatabase();
      await fill(openLargeStore(url));
      writeFileSync(mark, new URL(url).pathname.slice(1));
    }
  } catch (error) {
    server.remove();
    throw error;
  }
  const url = server.addressOf(readFileSync(mark, 'utf8'));
  await prewarm(url);
  return { name: 'PostgreSQL', address: url, open: () => openLargeStore(url), close: () => server.remove() };
}
