/** `npm run backup -- FILE.tar.gz [--with-key]`: everything of the installation in one file, also while the service runs. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { version } from '../package.json';
import { BackupRefused } from './backup/backup-manifest';
import { writeBackup } from './backup/write-backup';
import { readStorageConfig } from './config';
import { findConfigFile } from './configuration/find-config-file';
import { openPlace } from './database/database';

const usage = 'Usage: npm run backup -- FILE.tar.gz [--with-key] [--config FILE]';

/** Rows of large tables are read for as long as it takes. */
const longStatementMs = 60 * 60_000;

try {
  const { args, file } = findConfigFile(process.argv.slice(2), process.env);
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { 'with-key': { type: 'boolean' } },
    allowPositionals: true,
  });
  const [target] = positionals;
  if (target === undefined || positionals.length > 1) throw new BackupRefused(usage);
  const storage = readStorageConfig(process.env, file);
  if (storage.postgresql === undefined && !existsSync(storage.databaseFile)) {
    throw new BackupRefused(`There is no database in ${storage.dataDirectory}: name the data directory with DATA_DIR.`);
  }
  const database = openPlace(storage, { connections: 2, statementTimeoutMs: longStatementMs });
  try {
    const { files } = await writeBackup(
      {
        database,
        databaseFile: storage.databaseFile,
        dataDirectory: storage.dataDirectory,
        configuration: file?.path,
        secretKeyFile: values['with-key'] === true ? storage.secretKeyFile : undefined,
        version,
        now: () => new Date(),
      },
      target,
    );
    process.stdout.write(`${target} holds ${files.map(({ path }) => path).join(', ')}.\n`);
    if (values['with-key'] !== true) {
      process.stdout.write('The encryption key is not in it: keep it apart, or add it with --with-key.\n');
    }
  } finally {
    await database.destroy();
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
