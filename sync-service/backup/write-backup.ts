/** Writes everything of an installation into one archive, while the service may be running. */
import { chmod, copyFile, mkdir, open, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { create } from 'tar';
import { copyDatabase } from '../database/copy-database';
import type { Database } from '../database/database';
import { appliedMigrations } from '../database/migrate';
import { isData } from './backup-contents';
import {
  archivedConfiguration,
  archivedData,
  archivedKey,
  BackupRefused,
  filesBelow,
  manifestName,
  sha256Of,
} from './backup-manifest';
import type { BackupManifest } from './backup-manifest';

export interface BackupSource {
  readonly database: Database;
  readonly databaseFile: string;
  readonly dataDirectory: string;
  /** The configuration file, where there is one. */
  readonly configuration: string | undefined;
  /** File of the encryption key; undefined leaves it out. */
  readonly secretKeyFile: string | undefined;
  readonly version: string;
  readonly now: () => Date;
}

/** Writes the archive. There is no file of this name until it is complete. @throws BackupRefused */
export async function writeBackup(source: BackupSource, target: string): Promise<BackupManifest> {
  const file = resolve(target);
  if (file.startsWith(resolve(source.dataDirectory) + sep)) {
    throw new BackupRefused(`${target} is inside the data directory: name a file elsewhere, best on another disk.`);
  }
  if (await isThere(file)) throw new BackupRefused(`${target} is there already: name a new file.`);
  const partial = `${file}.partial`;
  const staging = `${file}.staging`;
  try {
    await rm(staging, { recursive: true, force: true });
    await mkdir(staging, { mode: 0o700 });
    await stage(source, staging);
    const manifest = await describe(source, staging);
    await writeFile(join(staging, manifestName), `${JSON.stringify(manifest, undefined, 2)}\n`, { mode: 0o600 });
    await rm(partial, { force: true });
    // Made first, so that its contents are never readable for others.
    await writeFile(partial, '', { flag: 'wx', mode: 0o600 });
    await create({ gzip: true, portable: true, file: partial, cwd: staging }, [
      manifestName,
      ...manifest.files.map(({ path }) => path),
    ]);
    await chmod(partial, 0o600);
    const written = await open(partial, 'r+');
    await written.sync();
    await written.close();
    await rename(partial, file);
    return manifest;
  } catch (error) {
    // What went wrong first is what is told.
    await rm(partial, { force: true }).catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    throw new BackupRefused(
      `The backup could not be written to ${dirname(file)}: ${reason}. There is no ${basename(file)}. ` +
        'Make room there, or name a file in a directory that you may write to.',
      error,
    );
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Copies what goes into the archive: what changes while it is packed would not have the checksum that was taken. */
async function stage(source: BackupSource, staging: string): Promise<void> {
  const data = join(staging, archivedData);
  await mkdir(data, { mode: 0o700 });
  await copyDatabase(source.database, join(data, basename(source.databaseFile)));
  const names = (await readdir(source.dataDirectory)).filter(isData);
  for (const path of await filesBelow(source.dataDirectory)) {
    if (!names.includes(path.split('/')[0] ?? '')) continue;
    await mkdir(dirname(join(data, path)), { recursive: true, mode: 0o700 });
    await copyFile(join(source.dataDirectory, path), join(data, path));
  }
  if (source.configuration !== undefined) await copyInto(source.configuration, join(staging, archivedConfiguration));
  if (source.secretKeyFile !== undefined && (await isThere(source.secretKeyFile))) {
    await copyInto(source.secretKeyFile, join(staging, archivedKey));
  }
}

async function copyInto(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await writeFile(to, await readFile(from), { mode: 0o600 });
}

async function describe({ database, version, now }: BackupSource, staging: string): Promise<BackupManifest> {
  const files: { path: string; bytes: number; sha256: string }[] = [];
  for (const path of await filesBelow(staging)) {
    const full = join(staging, path);
    files.push({ path, bytes: (await stat(full)).size, sha256: await sha256Of(full) });
  }
  return { format: 1, version, schema: await appliedMigrations(database), createdAt: now().toISOString(), files };
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
