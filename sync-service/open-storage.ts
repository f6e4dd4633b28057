/** Opens the installation's database for a running service: locked against others, and brought to this version's schema. */
import { mkdir } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { StorageConfig } from './configuration/storage-settings';
import { openPlace } from './database/database';
import type { Database } from './database/database';
import { takeDataLock } from './database/data-lock';
import { aloneOn, cannotConnect, checkServer, patiently, ServerRefused } from './database/join-server';
import { describeAddress } from './database/postgresql-address';
import { appliedMigrations, migrationNames } from './database/migrate';
import { openServerLink } from './database/server-link';
import type { ServerLink } from './database/server-link';
import { upgradeDatabase } from './database/upgrade';
import { createWriteTurns } from './database/write-turns';
import type { WriteTurns } from './database/write-turns';

export interface Storage {
  readonly database: Database;
  /** Turns at writing of this process, its worker included. */
  readonly turns: WriteTurns;
  /** The link to other instances; absent on a database in a file, which one service has for itself. */
  readonly link?: ServerLink;
  close(): Promise<void>;
}

export interface OpenStorageOptions {
  readonly config: StorageConfig;
  readonly version: string;
  readonly logger: Logger;
  /** Hears of each statement that failed. */
  readonly onError?: () => void;
}

/** @throws DataInUse, UpgradeRefused, ServerRefused with what to do */
export async function openStorage({ config, version, logger, onError }: OpenStorageOptions): Promise<Storage> {
  await mkdir(config.dataDirectory, { recursive: true, mode: 0o700 });
  const lock = takeDataLock(config.dataDirectory, 'One service at a time can work on it: stop that one first.');
  const turns = createWriteTurns();
  const database = openPlace(config, { turns, ...(onError && { onError }) });
  let link: ServerLink | undefined;
  try {
    const { postgresql } = config;
    if (postgresql !== undefined) {
      link = await openServerLink({
        address: postgresql,
        onLost: (error) => logger.error({ err: error }, 'the connection to the database server was lost; tried again'),
        onRegained: () => logger.info('the connection to the database server is back'),
        onNotice: () => undefined,
      }).catch((error: unknown) => {
        throw cannotConnect(postgresql, error);
      });
      await checkServer(database, postgresql);
    }
    const upgrade = () =>
      upgradeDatabase(database, {
        dataDirectory: config.dataDirectory,
        version,
        now: () => new Date(),
        ...(postgresql && { databaseName: describeAddress(postgresql) }),
      });
    const upgraded = await (link === undefined || !(await isBehind(database))
      ? upgrade()
      : aloneOn(link, 'Its schema has to be upgraded first: stop all instances, then start one.', upgrade));
    if (upgraded.backup !== undefined) logger.info(upgraded, 'the database was upgraded; a copy was made before');
    if (link !== undefined) await takePlace(link);
    return {
      database,
      turns,
      ...(link && { link }),
      async close() {
        await link?.stop();
        await database.destroy();
        lock.release();
      },
    };
  } catch (error) {
    await link?.stop();
    await database.destroy();
    lock.release();
    throw error;
  }
}

async function isBehind(database: Database): Promise<boolean> {
  const present = await appliedMigrations(database);
  return migrationNames.some((name) => !present.includes(name));
}

/** @throws ServerRefused */
async function takePlace(link: ServerLink): Promise<void> {
  if (!(await patiently(() => link.takeAlone()))) {
    throw new ServerRefused(
      'Another service is running on this database. One service at a time can work on it: stop that one first.',
    );
  }
}
