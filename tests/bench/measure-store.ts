/**
 * Search and look-up of callers in a personal directory, while the database holds 1,000,000 contacts of 2,000 owners: on a
 * SQLite file, and on a PostgreSQL server where this machine has one. One person's contacts are made by the service itself;
 * the others have the same, so that every word of his is everybody's.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { generateContacts } from '../../demo/mailbox/contacts';
import { readQuery } from '../../shared/directory-keys';
import { createNumberRules } from '../../shared/phone-number';
import { createPersonalDirectory } from '../../sync-service/contacts/personal-directory';
import { openDatabase, openPostgresql } from '../../sync-service/database/database';
import type { Connection, Database } from '../../sync-service/database/database';
import { migrate } from '../../sync-service/database/migrate';
import { readPostgresqlAddress } from '../../sync-service/database/postgresql-address';
import { numberLibrary } from '../../sync-service/numbers/number-library';
import { createContactWorld, person } from '../fakes/contact-world';
import { findPostgresql, startPostgresql } from '../fakes/postgresql-server';
import { munich } from '../fixtures/dial-plans';
import { percentile, type Figure } from './report';

/** Fewer for a quick look: `BENCH_OWNERS=200 npm run bench -- store`. */
const owners = Number(process.env['BENCH_OWNERS'] ?? 2000);
const contactsOfEach = 500;
const asked = 1500;
/** Owners whose contacts are copied in one transaction. */
const portion = 40;

interface Known {
  readonly name: string;
  readonly number: string;
}

export async function measureStores(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mycontacts-bench-'));
  const figures: Figure[] = [];
  try {
    figures.push(
      ...(await measureStore('SQLite', (filling) =>
        // Filled with many pages in memory, asked with as few as the service has.
        openDatabase(join(folder, 'bench.db'), filling ? { cacheKiB: 512 * 1024 } : {}),
      )),
    );
    if (findPostgresql() !== undefined) {
      const server = await startPostgresql();
      try {
        const address = readPostgresqlAddress(await server.createDatabase());
        if ('problem' in address) throw new Error(address.problem);
        figures.push(
          ...(await measureStore('PostgreSQL', () => openPostgresql(address, { statementTimeoutMs: 600_000 }))),
        );
      } finally {
        server.remove();
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return figures;
}

async function measureStore(name: string, open: (filling: boolean) => Database): Promise<Figure[]> {
  const filled = open(true);
  const known = await fill(filled).finally(() => filled.destroy());
  const database = open(false);
  try {
    const directory = createPersonalDirectory({ database });
    const rules = createNumberRules(numberLibrary);
    const viewer = (n: number) => ({ userId: `owner-${n}`, siteId: 'site', dialPlan: munich });
    // Spread over all owners, the same for both databases.
    const pick = (n: number) => known[(n * 7919) % known.length] ?? { name: '', number: '' };
    const owner = (n: number) => (n * 104_729) % owners;
    const first = (words: string, letters: number) => words.slice(0, letters);
    const figures: Figure[] = [];
    const measure = async (what: string, limit: number, act: (n: number) => Promise<boolean>): Promise<void> => {
      for (let n = 0; n < 200; n += 1) await act(n + asked);
      const times: number[] = [];
      let hits = 0;
      for (let n = 0; n < asked; n += 1) {
        const startedAt = performance.now();
        if (await act(n)) hits += 1;
        times.push(performance.now() - startedAt);
      }
      const note = `p50 ${percentile(times, 0.5).toFixed(2)} ms; ${hits} of ${asked} found; ${owners * contactsOfEach} contacts`;
      figures.push({ name: `${name}: ${what}, p99`, value: percentile(times, 0.99), unit: 'ms', limit, note });
    };
    const search = async (n: number, typed: string) =>
      (await directory.search(viewer(owner(n)), readQuery(typed, munich), 20)).count > 0;
    await measure('one word', 1, (n) => search(n, first(pick(n).name.split(' ').at(-1) ?? '', 3)));
    await measure('two words', 1, (n) => {
      const [one = '', two = ''] = pick(n).name.split(' ');
      return search(n, `${first(one, 2)} ${first(two, 3)}`);
    });
    await measure('a number', 1, (n) => search(n, pick(n).number.slice(0, -2)));
    await measure('look-up of a caller', name === 'SQLite' ? 0.2 : 1, async (n) => {
      const [item] = await directory.byNumbers(viewer(owner(n)), [rules.readSignalled(pick(n).number, munich)]);
      return item !== null && item !== undefined;
    });
    return figures;
  } finally {
    await database.destroy();
  }
}

/** Fills an empty database. @returns what each owner has */
async function fill(database: Database): Promise<Known[]> {
  await migrate(database);
  const world = await createContactWorld(database);
  await world.addUser('owner-0');
  const known: Known[] = [];
  for (const { contact } of generateContacts({ seed: 11, count: contactsOfEach * 2 }).contacts) {
    const { displayName, businessPhones } = contact;
    if (displayName?.includes(' ') !== true || known.length === contactsOfEach) continue;
    const number = `+49 89 ${String(5_000_000 + known.length * 37)}`;
    await world.contacts.create('owner-0', person(displayName, number, ...(businessPhones ?? []).slice(0, 1)));
    known.push({ name: displayName, number });
  }
  const tables = await database.introspection.getTables();
  const columnsOf = (table: string) => tables.find(({ name }) => name === table)?.columns.map(({ name }) => name) ?? [];
  const copy = async (db: Connection, table: string, ownerId: string, ids: readonly string[]) => {
    const columns = columnsOf(table);
    const values = columns.map((column) =>
      column === 'user_id'
        ? sql`${ownerId}`
        : ids.includes(column)
          ? sql`${sql.ref(column)} || ${`-${ownerId}`}`
          : sql.ref(column),
    );
    await sql`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
      select ${sql.join(values)} from ${sql.table(table)} where user_id = 'owner-0'`.execute(db);
  };
  for (let n = 1; n < owners; n += 1) await world.addUser(`owner-${n}`);
  for (let from = 1; from < owners; from += portion) {
    await database.transaction().execute(async (db) => {
      for (let n = from; n < Math.min(owners, from + portion); n += 1) {
        await copy(db, 'contacts', `owner-${n}`, ['id']);
        await copy(db, 'contact_keys', `owner-${n}`, ['contact_id']);
      }
    });
  }
  await sql`analyze`.execute(database);
  return known;
}
