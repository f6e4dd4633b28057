/** `npm run restore -- FILE.tar.gz [--replace]`: puts a backup in place, also on an empty machine. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BackupRefused } from './backup/backup-manifest';
import { configurationIn, restoreBackup } from './backup/restore-backup';
import { readStorageConfig } from './config';
import { describeAddress } from './database/postgresql-address';
import { findConfigFile, usualPlaces } from './configuration/find-config-file';

const usage = 'Usage: npm run restore -- FILE.tar.gz [--replace] [--config FILE]';

try {
  // On an empty machine the configuration is still to come; what is named says where it belongs.
  const { args, file, named } = findConfigFile(process.argv.slice(2), process.env, { mayBeMissing: true });
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { replace: { type: 'boolean' } },
    allowPositionals: true,
  });
  const [archive] = positionals;
  if (archive === undefined || positionals.length > 1) throw new BackupRefused(usage);
  // There, the archived configuration also says where the data belongs.
  const configuration = resolve(file?.path ?? named ?? usualPlaces[0] ?? 'mycontacts.yaml');
  const text = file === undefined ? await configurationIn(archive) : undefined;
  const storage = readStorageConfig(process.env, text === undefined ? file : { path: configuration, text });
  const { manifest, keptAside, withKey } = await restoreBackup(archive, {
    dataDirectory: storage.dataDirectory,
    configuration,
    secretKeyFile: storage.secretKeyFile,
    replace: values.replace === true,
    now: () => new Date(),
    ...(storage.postgresql && { postgresql: storage.postgresql }),
  });
  process.stdout.write(
    `The backup of ${manifest.createdAt} (myContacts ${manifest.version}) is in ${storage.postgresql === undefined ? storage.dataDirectory : `the ${describeAddress(storage.postgresql)}`}. Start the service.\n`,
  );
  for (const path of keptAside) process.stdout.write(`What was there before is kept: ${path}\n`);
  if (!withKey) {
    process.stdout.write(
      `The encryption key is not in the backup: put it at ${storage.secretKeyFile}, or people connect their mailboxes again.\n`,
    );
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
