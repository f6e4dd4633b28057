/** The key by which stored tokens are encrypted: a file with 32 random bytes in base64. */
import { randomBytes, randomUUID } from 'node:crypto';
import { constants, copyFile, link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ConfigError } from './config-error';
import type { StorageConfig } from './storage-settings';

/** Bytes of the key: AES-256. */
export const secretKeyLength = 32;

/**
 * Reads the key. Where the administrator named no file, the service makes one at the first need, for its own user only.
 * @throws ConfigError when the named file is missing, not a key, or readable by everybody.
 */
export async function readSecretKey(
  storage: Pick<StorageConfig, 'secretKeyFile' | 'secretKeyFileNamed'>,
): Promise<Uint8Array> {
  const { secretKeyFile: file } = storage;
  let written = await readKeyFile(file);
  if (written === undefined && !storage.secretKeyFileNamed) {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await makeKeyFile(file);
    written = await readKeyFile(file);
  }
  if (written === undefined) {
    throw new ConfigError([`secretKeyFile: ${file} is not there. Make it with: openssl rand -base64 32 > ${file}`]);
  }
  if (process.platform !== 'win32' && ((await stat(file)).mode & 0o007) !== 0) {
    throw new ConfigError([
      `secretKeyFile: everybody on this machine may read ${file}. Mend that with: chmod 600 ${file}`,
    ]);
  }
  const key = Buffer.from(written, 'base64');
  if (!/^[A-Za-z0-9+/]{43}=$/.test(written) || key.length !== secretKeyLength) {
    throw new ConfigError([
      `secretKeyFile: ${file} has to hold 32 random bytes in base64, as openssl rand -base64 32 writes them.`,
    ]);
  }
  return new Uint8Array(key);
}

/** Written beside and put in place whole: another process never reads half a key, and a power cut leaves none. */
async function makeKeyFile(file: string): Promise<void> {
  const whole = `${file}.${randomUUID()}`;
  try {
    await writeFile(whole, `${randomBytes(secretKeyLength).toString('base64')}\n`, { flag: 'wx', mode: 0o600 });
    try {
      await link(whole, file);
    } catch (error) {
      // Some file systems know no second name for a file.
      if (!['EPERM', 'ENOTSUP', 'ENOSYS'].includes(codeOf(error) ?? '')) throw error;
      await copyFile(whole, file, constants.COPYFILE_EXCL);
    }
  } catch (error) {
    // Another process was quicker: its key is the key.
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(whole, { force: true });
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

async function readKeyFile(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return undefined;
    throw new ConfigError([
      `secretKeyFile: ${file} cannot be read (${String(code)}). Give the service's user the right to.`,
    ]);
  }
}
