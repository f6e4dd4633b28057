/** Puts an installation back from an archive: checked wholly before anything that is there is touched. */
import { copyFile, mkdir, mkdtemp, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { extract, list } from 'tar';
import { takeDataLock } from '../database/data-lock';
import { migrationNames } from '../database/migrate';
import type { PostgresqlAddress } from '../database/postgresql-address';
import { isPresentData } from './backup-contents';
import {
  archivedConfiguration,
  archivedData,
  archivedKey,
  BackupRefused,
  backupManifestSchema,
  filesBelow,
  manifestName,
  sha256Of,
} from './backup-manifest';
import type { BackupManifest } from './backup-manifest';
import { restoreIntoServer } from './restore-into-server';

export interface RestoreTarget {
  readonly dataDirectory: string;
  /** Where the configuration file belongs. */
  readonly configuration: string;
  readonly secretKeyFile: string;
  /** What is there is kept aside and replaced. */
  readonly replace: boolean;
  readonly now: () => Date;
  /** The server that has the database instead of a file. */
  readonly postgresql?: PostgresqlAddress;
}

export interface RestoreReport {
  readonly manifest: BackupManifest;
  /** Files and folders of before that were kept. */
  readonly keptAside: readonly string[];
  /** The archive holds the encryption key. */
  readonly withKey: boolean;
}

/** Larger configuration files do not exist; a larger one in an archive is another file. */
const longestConfiguration = 256 * 1024;

/** The configuration file in an archive, by which an empty machine learns where the data belongs. @throws BackupRefused */
export async function configurationIn(archive: string): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  await reading(archive, () =>
    list({
      file: archive,
      strict: true,
      filter: (path) => path === archivedConfiguration,
      onReadEntry: (entry) => {
        if (entry.size <= longestConfiguration) entry.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      },
    }),
  );
  return chunks.length === 0 ? undefined : Buffer.concat(chunks).toString('utf8');
}

/** @throws BackupRefused and then nothing was changed. */
export async function restoreBackup(archive: string, target: RestoreTarget): Promise<RestoreReport> {
  await mkdir(target.dataDirectory, { recursive: true, mode: 0o700 });
  const lock = takeDataLock(target.dataDirectory, 'Stop it, then restore.');
  try {
    const staging = await mkdtemp(join(target.dataDirectory, 'restoring-'));
    try {
      await unpack(archive, staging);
      const manifest = await checked(archive, staging);
      if (target.postgresql === undefined) return { manifest, ...(await putInPlace(manifest, staging, target)) };
      return { manifest, ...(await putOnServer(manifest, staging, target, target.postgresql)) };
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  } finally {
    lock.release();
  }
}

/** Unpacks plain files and folders only; an archive with anything else is not one of ours. */
async function unpack(archive: string, staging: string): Promise<void> {
  const strange: string[] = [];
  await reading(archive, () =>
    extract({
      // At once: an archive that breaks off must not be written on while what came of it is removed.
      sync: true,
      file: archive,
      cwd: staging,
      strict: true,
      filter: (path, entry) => {
        const plain = 'type' in entry && (entry.type === 'File' || entry.type === 'Directory');
        const inside = !path.split(/[/\\]/).includes('..') && !/^([/\\]|[a-z]:)/i.test(path);
        if (!plain || !inside) strange.push(path);
        return plain && inside;
      },
    }),
  );
  if (strange.length > 0)
    throw new BackupRefused(`${archive} is no backup of myContacts: ${strange[0] ?? ''} is in it.`);
}

async function reading(archive: string, read: () => unknown): Promise<void> {
  try {
    await read();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BackupRefused(`${archive} cannot be read: ${reason}. Nothing was changed.`, error);
  }
}

async function checked(archive: string, staging: string): Promise<BackupManifest> {
  const refuse = (why: string) => new BackupRefused(`${archive} ${why} Nothing was changed.`);
  const text = await readFile(join(staging, manifestName), 'utf8').catch(() => undefined);
  if (text === undefined) throw refuse('is no backup of myContacts: it has no manifest.');
  let manifest: BackupManifest;
  try {
    manifest = backupManifestSchema.parse(JSON.parse(text));
  } catch {
    throw refuse('has a manifest that this version does not understand.');
  }
  const newer = manifest.schema.filter((name) => !migrationNames.includes(name));
  if (newer.length > 0) {
    throw refuse(
      `was made by myContacts ${manifest.version} (schema ${newer.at(-1) ?? ''}), which is newer than this. Install that version or a newer one.`,
    );
  }
  const present = (await filesBelow(staging)).filter((path) => path !== manifestName);
  const named = new Map(manifest.files.map((file) => [file.path, file]));
  const stranger = present.find((path) => !named.has(path));
  if (stranger !== undefined) throw refuse(`holds ${stranger}, which its manifest does not name.`);
  for (const { path, bytes, sha256 } of manifest.files) {
    const full = join(staging, path);
    if (!present.includes(path)) throw refuse(`is damaged: ${path} is missing.`);
    if ((await stat(full)).size !== bytes || (await sha256Of(full)) !== sha256) {
      throw refuse(`is damaged: ${path} is not what was backed up.`);
    }
  }
  return manifest;
}

/** The same where a server has the database: its rows go there, all or none, and with them the files go into place. */
async function putOnServer(
  manifest: BackupManifest,
  staging: string,
  target: RestoreTarget,
  address: PostgresqlAddress,
): Promise<{ keptAside: string[]; withKey: boolean }> {
  const file = join(staging, 'mycontacts.db');
  await rename(join(staging, archivedData, 'mycontacts.db'), file).catch((error: unknown) => {
    throw new BackupRefused('The backup holds no database. Nothing was changed.', error);
  });
  const moment = target.now().toISOString().replaceAll(/[:.]/g, '-');
  const aside = join(target.dataDirectory, `before-restore-${moment}`, 'mycontacts.db');
  let files: { keptAside: string[]; withKey: boolean } = { keptAside: [], withKey: false };
  const { keptAside } = await restoreIntoServer({
    address,
    file,
    replace: target.replace,
    aside,
    beside: async () => {
      files = await putInPlace(manifest, staging, target);
    },
  });
  return { ...files, keptAside: [...(keptAside ? [aside] : []), ...files.keptAside] };
}

async function putInPlace(
  manifest: BackupManifest,
  staging: string,
  target: RestoreTarget,
): Promise<{ keptAside: string[]; withKey: boolean }> {
  const { dataDirectory, replace } = target;
  const withKey = manifest.files.some(({ path }) => path === archivedKey);
  const single = [
    ...(manifest.files.some(({ path }) => path === archivedConfiguration)
      ? [{ from: join(staging, archivedConfiguration), to: target.configuration }]
      : []),
    ...(withKey ? [{ from: join(staging, archivedKey), to: target.secretKeyFile }] : []),
  ];
  const inTheWay: string[] = (await readdir(dataDirectory))
    .filter(isPresentData)
    .map((name) => join(dataDirectory, name));
  for (const { from, to } of single) {
    if ((await exists(to)) && (await sha256Of(from)) !== (await sha256Of(to))) inTheWay.push(to);
  }
  if (inTheWay.length > 0 && !replace) {
    throw new BackupRefused(
      `There is something already: ${inTheWay.join(', ')}. Nothing was changed. With --replace it is kept aside and replaced.`,
    );
  }
  const moment = target.now().toISOString().replaceAll(/[:.]/g, '-');
  const aside = join(dataDirectory, `before-restore-${moment}`);
  const moved: { from: string; to: string }[] = [];
  const move = async (from: string, to: string) => {
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    // The configuration may lie on another disk.
    await rename(from, to).catch(async (error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
      await copyFile(from, to);
      await rm(from);
    });
    moved.push({ from, to });
  };
  const keptAside: string[] = [];
  try {
    for (const path of inTheWay) {
      const to =
        dirname(path) === dataDirectory
          ? join(aside, path.slice(dataDirectory.length + 1))
          : `${path}.before-restore-${moment}`;
      await move(path, to);
      keptAside.push(to);
    }
    for (const name of await readdir(join(staging, archivedData))) {
      await move(join(staging, archivedData, name), join(dataDirectory, name));
    }
    for (const { from, to } of single) await move(from, to);
  } catch (error) {
    for (const { from, to } of moved.reverse()) await rename(to, from);
    const reason = error instanceof Error ? error.message : String(error);
    throw new BackupRefused(`The backup could not be put in place: ${reason}. All is as it was.`, error);
  }
  return { keptAside, withKey };
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
