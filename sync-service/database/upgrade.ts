/**
 * Brings the installation's database to this version's schema, with a way back: an existing one is copied before it is
 * changed, and one that a newer version wrote is left alone.
 */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Migration } from 'kysely';
import { copyDatabase } from './copy-database';
import type { Database } from './database';
import { appliedMigrations, migrate, migrationNames } from './migrate';

/** The database cannot be brought to this version's schema; it is as it was. The text says what to do. */
export class UpgradeRefused extends Error {
  constructor(text: string, cause?: unknown) {
    super(text, { cause });
    this.name = 'UpgradeRefused';
  }
}

/** Folder of the copies, in the data directory. */
export const backupFolder = 'backups';
/** So many copies are kept, the newest. */
const copiesKept = 5;
/** Fact of the installation: the version that wrote its schema. */
const writtenByFact = 'schema-written-by';

/** Runs a piece of work that nobody else may work beside. */
export type Alone = <T>(work: () => Promise<T>) => Promise<T>;

export interface UpgradeOptions {
  readonly dataDirectory: string;
  /** How the database is called in what is told; by the directory where absent. */
  readonly databaseName?: string;
  /** This version. */
  readonly version: string;
  readonly now: () => Date;
  /** Runs what changes an existing database; refuses where somebody else works on it. Runs it at once where absent. */
  readonly alone?: Alone;
  /** The migrations that are known; this version's where absent. For tests. */
  readonly known?: Readonly<Record<string, Migration>>;
  /** Hears that an existing database is about to be changed, once its copy is made; it can take minutes. */
  readonly onBegin?: (about: UpgradeBegun) => void;
}

export interface UpgradeBegun {
  /** Migrations that are applied now. */
  readonly migrations: readonly string[];
  /** Contacts that are in it: a migration that writes the keys of 400,000 anew takes some 16 s on SQLite. */
  readonly contacts: number;
}

export interface UpgradeReport {
  /** Migrations that were applied now. */
  readonly applied: readonly string[];
  /** The copy that was made before. Absent for a new database, and where nothing was to be done. */
  readonly backup?: string;
  /** How long the migrations took, without the copy. */
  readonly ms?: number;
}

/** @throws UpgradeRefused */
export async function upgradeDatabase(database: Database, options: UpgradeOptions): Promise<UpgradeReport> {
  const names = options.known === undefined ? migrationNames : Object.keys(options.known).sort();
  const present = await appliedMigrations(database);
  await refuseNewer(database, present, names, options);
  const missing = names.filter((name) => !present.includes(name));
  if (missing.length === 0) return { applied: [] };
  if (present.length === 0) {
    await migrate(database, options);
    await noteVersion(database, options.version);
    return { applied: missing };
  }
  const alone: Alone = options.alone ?? ((work) => work());
  return alone(async () => {
    const backup = await backUp(database, present.at(-1) ?? '', options);
    options.onBegin?.({ migrations: missing, contacts: await countContacts(database, present) });
    const began = performance.now();
    try {
      await migrate(database, options);
    } catch (error) {
      const reason = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
      throw new UpgradeRefused(
        `The ${nameOf(options)} could not be upgraded to myContacts ${options.version}` +
          ` (${error instanceof Error ? error.message : String(error)}${reason}). It is as it was; start the version from before, ` +
          `which works on it, and report this. A copy was made before: ${backup}`,
        error,
      );
    }
    const ms = Math.round(performance.now() - began);
    await noteVersion(database, options.version);
    await removeOldCopies(options.dataDirectory);
    return { applied: missing, backup, ms };
  });
}

async function countContacts(database: Database, present: readonly string[]): Promise<number> {
  if (!present.includes('0002-contacts')) return 0;
  const { count } = await database
    .selectFrom('contacts')
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

function nameOf({ databaseName, dataDirectory }: UpgradeOptions): string {
  return databaseName ?? `database in ${dataDirectory}`;
}

async function refuseNewer(
  database: Database,
  present: readonly string[],
  names: readonly string[],
  options: UpgradeOptions,
): Promise<void> {
  const { dataDirectory, version } = options;
  const newer = present.filter((name) => !names.includes(name));
  if (newer.length === 0) return;
  const writer = (await fact(database)) ?? 'a newer version';
  throw new UpgradeRefused(
    `The ${nameOf(options)} was written by myContacts ${writer} (schema ${newer.at(-1) ?? ''}); this is ${version}, which ` +
      `knows up to ${names.at(-1) ?? ''}. Nothing was changed. Start that version or a newer one; or go back to the copy that was ` +
      `made before the upgrade, in ${join(dataDirectory, backupFolder)} (docs/backup-and-upgrade.md).`,
  );
}

async function backUp(database: Database, schema: string, options: UpgradeOptions): Promise<string> {
  const folder = join(options.dataDirectory, backupFolder);
  const moment = options.now().toISOString().replaceAll(/[:.]/g, '-');
  const file = join(folder, `${moment}-schema-${schema}.db`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await copyDatabase(database, file);
    return file;
  } catch (error) {
    throw new UpgradeRefused(
      `The ${nameOf(options)} was not upgraded, because no copy of it could be made in ${folder}: ` +
        `${error instanceof Error ? error.message : String(error)}. Make room there, or mend the rights, and start again.`,
      error,
    );
  }
}

/** The names begin with the moment, so the newest are the last. */
async function removeOldCopies(dataDirectory: string): Promise<void> {
  const folder = join(dataDirectory, backupFolder);
  const copies = (await readdir(folder)).filter((name) => /^\d{4}-.*-schema-.*\.db$/.test(name)).sort();
  for (const name of copies.slice(0, -copiesKept)) await rm(join(folder, name), { force: true });
}

async function fact(database: Database): Promise<string | undefined> {
  const row = await database
    .selectFrom('installation')
    .select('value')
    .where('key', '=', writtenByFact)
    .executeTakeFirst();
  return row?.value;
}

async function noteVersion(database: Database, value: string): Promise<void> {
  await database
    .insertInto('installation')
    .values({ key: writtenByFact, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}
