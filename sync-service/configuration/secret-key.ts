/** The key by which stored tokens are encrypted: a file with 32 random bytes in base64. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
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
    try {
      await writeFile(file, `${randomBytes(secretKeyLength).toString('base64')}\n`, { flag: 'wx', mode: 0o600 });
    } catch (error) {
      // Another process was quicker: its key is the key.
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
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

async function readKeyFile(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return undefined;
    throw new ConfigError([
      `secretKeyFile: ${file} cannot be read (${String(code)}). Give the service's user the right to.`,
    ]);
  }
}
