import { chmodSync, existsSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../sync-service/config';
import { readSecretKey } from '../../../sync-service/configuration/secret-key';

const newDirectory = () => mkdtempSync(join(tmpdir(), 'mycontacts-key-'));

describe('the secret key', () => {
  it('is made in the data directory at the first need, for the owner only, and is the same from then on', async () => {
    const config = readConfig({ DATA_DIR: join(newDirectory(), 'data') });
    expect(existsSync(config.secretKeyFile)).toBe(false);
    const [first, second] = await Promise.all([readSecretKey(config), readSecretKey(config)]);
    expect(first).toHaveLength(32);
    expect(second).toEqual(first);
    expect(await readSecretKey(config)).toEqual(first);
    expect(statSync(config.secretKeyFile).mode & 0o777).toBe(0o600);
  });

  it('is read whole by each of many who need it first at the same time, and nothing lies beside it', async () => {
    for (let round = 0; round < 20; round += 1) {
      const config = readConfig({ DATA_DIR: join(newDirectory(), 'data') });
      const keys = await Promise.all(Array.from({ length: 8 }, () => readSecretKey(config)));
      for (const key of keys) expect(key).toEqual(keys[0]);
      expect(readdirSync(dirname(config.secretKeyFile))).toEqual(['secret.key']);
    }
  });

  it('is not made where the administrator named a file: a mistyped name would lose every token', async () => {
    const config = readConfig({ SECRET_KEY_FILE: join(newDirectory(), 'gone.key') });
    await expect(readSecretKey(config)).rejects.toThrow('openssl rand -base64 32');
    expect(existsSync(config.secretKeyFile)).toBe(false);
  });

  it('is refused when it is no key, or when everybody may read it', async () => {
    const file = join(newDirectory(), 'secret.key');
    const config = readConfig({ SECRET_KEY_FILE: file });
    writeFileSync(file, 'password\n', { mode: 0o600 });
    await expect(readSecretKey(config)).rejects.toThrow('32 random bytes in base64');
    writeFileSync(file, Buffer.alloc(32, 7).toString('base64'));
    expect(await readSecretKey(config)).toEqual(new Uint8Array(32).fill(7));
    chmodSync(file, 0o644);
    await expect(readSecretKey(config)).rejects.toThrow(`chmod 600 ${file}`);
  });
});
