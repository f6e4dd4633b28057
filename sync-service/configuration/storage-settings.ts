/** Where the installation keeps its data and the key that opens what is encrypted in it. */
import { join, resolve } from 'node:path';
import { readPostgresqlAddress } from '../database/postgresql-address';
import type { PostgresqlAddress } from '../database/postgresql-address';
import { ConfigurationError } from '../telephone-system/configuration-error';
import { createSecretReader } from '../telephone-system/secret-reference';
import type { Environment, Problems } from './read-settings';
import { path, secretFile } from './setting';
import type { SettingValues } from './setting';

export interface StorageConfig {
  /** Directory of the database, and of what else an instance keeps. */
  readonly dataDirectory: string;
  readonly databaseFile: string;
  /** The server that has the database instead of the file. */
  readonly postgresql?: PostgresqlAddress;
  /** File of the key by which stored tokens are encrypted; read it with `readSecretKey`. */
  readonly secretKeyFile: string;
  /** The administrator named that file, so the service does not make it. */
  readonly secretKeyFileNamed: boolean;
}

export const storageSettings = {
  dataDirectory: path('DATA_DIR', 'has to name a directory.'),
  databaseUrlFile: secretFile('DATABASE_URL_FILE', 'DATABASE_URL'),
  secretKeyFile: path('SECRET_KEY_FILE', 'has to name a file that holds 32 random bytes in base64.'),
};

export function resolveStorage(
  values: SettingValues<typeof storageSettings>,
  { wrong }: Pick<Problems<typeof storageSettings>, 'wrong'>,
  environment: Environment,
): StorageConfig {
  const dataDirectory = values.dataDirectory ?? resolve('data');
  const postgresql = values.databaseUrlFile && readAddress();
  return {
    dataDirectory,
    databaseFile: join(dataDirectory, 'mycontacts.db'),
    ...(postgresql && { postgresql }),
    secretKeyFile: values.secretKeyFile ?? join(dataDirectory, 'secret.key'),
    secretKeyFileNamed: values.secretKeyFile !== undefined,
  };

  function readAddress(): PostgresqlAddress | undefined {
    if (values.databaseUrlFile === undefined) return undefined;
    try {
      const address = readPostgresqlAddress(createSecretReader(environment)(values.databaseUrlFile).trim());
      if (!('problem' in address)) return address;
      wrong('databaseUrlFile', address.problem);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      wrong('databaseUrlFile', error.message);
    }
    return undefined;
  }
}
