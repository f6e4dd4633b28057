/** Where the installation keeps its data and the key that opens what is encrypted in it. */
import { join, resolve } from 'node:path';
import { path } from './setting';
import type { SettingValues } from './setting';

export interface StorageConfig {
  /** Directory of the database. */
  readonly dataDirectory: string;
  readonly databaseFile: string;
  /** File of the key by which stored tokens are encrypted; read it with `readSecretKey`. */
  readonly secretKeyFile: string;
  /** The administrator named that file, so the service does not make it. */
  readonly secretKeyFileNamed: boolean;
}

export const storageSettings = {
  dataDirectory: path('DATA_DIR', 'has to name a directory.'),
  secretKeyFile: path('SECRET_KEY_FILE', 'has to name a file that holds 32 random bytes in base64.'),
};

export function resolveStorage(values: SettingValues<typeof storageSettings>): StorageConfig {
  const dataDirectory = values.dataDirectory ?? resolve('data');
  return {
    dataDirectory,
    databaseFile: join(dataDirectory, 'mycontacts.db'),
    secretKeyFile: values.secretKeyFile ?? join(dataDirectory, 'secret.key'),
    secretKeyFileNamed: values.secretKeyFile !== undefined,
  };
}
