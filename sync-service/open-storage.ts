/** Opens the installation's database for a running service: locked against others, and brought to this version's schema. */
import { mkdir } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { StorageConfig } from './configuration/storage-settings';
import { checkDatabaseFile, DatabaseFileRefused } from './database/check-file';
import { openPlace } from './database/database';
import type { Database } from './database/database';
import { takeDataLock } from './database/data-lock';
import { aloneOn, cannotConnect, checkServer, patiently, ServerRefused } from './database/join-server';
import { describeAddress } from './database/postgresql-address';
import { isReadOnlyFolder } from './database/read-only-folder';
import { appliedMigrations, migrationNames } from './database/migrate';
import { createInstances } from './database/instances';
import type { Instances } from './database/instances';
import { applicationName } from './database/postgresql-connect';
import { openServerLink } from './database/server-link';
import type { ServerLink } from './database/server-link';
import { upgradeDatabase } from './database/upgrade';
import { createWriteTurns } from './database/write-turns';
import type { WriteTurns } from './database/write-turns';

export interface Storage {
  readonly database: Database;
  /** Turns at writing of this process, its worker included. */
  readonly turns: WriteTurns;
  /** Other instances; absent where there can be none. */
  readonly instances?: Instances;
  close(): Promise<void>;
}

export interface OpenStorageOptions {
  readonly config: StorageConfig;
  readonly version: string;
  readonly logger: Logger;
  /** No other instance may work on the database. */
  readonly alone: boolean;
  /** Hears of each statement that failed. */
  readonly onError?: () => void;
}

/** @throws DataInUse, DatabaseFileRefused, UpgradeRefused, ServerRefused with what to do */
export async function openStorage({ config, version, logger, alone, onError }: OpenStorageOptions): Promise<Storage> {
  await mkdir(config.dataDirectory, { recursive: true, mode: 0o700 });
  if (config.postgresql === undefined && isReadOnlyFolder(config.dataDirectory)) {
    throw new DatabaseFileRefused(
      `The data folder ${config.dataDirectory} can only be read: its disk is mounted so, as it is after a fault. The service ` +
        'does not start on it, and has changed nothing. Mount it so that it can be written, then start again.',
    );
  }
  const lock = takeDataLock(config.dataDirectory, 'One service at a time can work on it: stop that one first.');
  const turns = createWriteTurns();
  const database = openPlace(config, { turns, ...(onError && { onError }) });
  const instances = createInstances(logger, applicationName(config.postgresql?.instance));
  let link: ServerLink | undefined;
  try {
    const { postgresql } = config;
    if (postgresql !== undefined) {
      link = await openServerLink({
        address: postgresql,
        onLost(error) {
          logger.error({ err: error }, 'the connection to the database server was lost; tried again');
          instances.lost();
        },
        onRegained() {
          logger.info('the connection to the database server is back');
          instances.regained();
        },
        onNotice: (text) => instances.heard(text),
      }).catch((error: unknown) => {
        throw cannotConnect(postgresql, error);
      });
      await checkServer(database, postgresql);
    } else await checkDatabaseFile(database, config.databaseFile, config.dataDirectory);
    const upgrade = () =>
      upgradeDatabase(database, {
        dataDirectory: config.dataDirectory,
        version,
        now: () => new Date(),
        onBegin: (about) => logger.info(about, 'the database is being upgraded: with many contacts it takes minutes'),
        ...(postgresql && { databaseName: describeAddress(postgresql) }),
      });
    const upgraded = await (link === undefined || !(await isBehind(database))
      ? upgrade()
      : aloneOn(link, 'Its schema has to be upgraded first: stop all instances, then start one.', upgrade));
    if (upgraded.backup !== undefined) logger.info(upgraded, 'the database was upgraded; a copy was made before');
    if (link !== undefined) {
      await takePlace(link, alone);
      instances.attach(link);
    }
    return {
      database,
      turns,
      ...(link && !alone && { instances }),
      async close() {
        instances.stop();
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
async function takePlace(link: ServerLink, alone: boolean): Promise<void> {
  if (await patiently(() => (alone ? link.takeAlone() : link.join()))) return;
  throw new ServerRefused(
    alone
      ? 'Another service is running on this database. This one has to be alone: stop the others first.'
      : 'Something works on this database alone (a demo, a restore or an upgrade). Wait until it has ended, then start again.',
  );
}
