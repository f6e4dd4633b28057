/**
 * Seals what must not be read by whoever gets hold of the database: refresh tokens. AES-256-GCM with the installation's
 * key; the name of the key is kept beside, so that a key that was exchanged is noticed and not taken for damage.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

export interface SealedSecret {
  /** Name of the key: the first bytes of its hash, in base64url. */
  readonly keyId: string;
  /** Nonce, tag and cipher text in base64url. */
  readonly sealed: string;
}

export interface SecretSeal {
  readonly keyId: string;
  /** @param context what the secret belongs to: it opens for that alone, so that rows cannot be exchanged */
  seal(secret: string, context: string): SealedSecret;
  /** Undefined when it was sealed with another key, for something else, or was changed. */
  open(sealed: SealedSecret, context: string): string | undefined;
}

const nonceBytes = 12;
const tagBytes = 16;
/** Bytes of a key. */
export const secretKeyBytes = 32;

/** @throws Error when the key is not of 32 bytes */
export function createSecretSeal(key: Uint8Array): SecretSeal {
  if (key.length !== secretKeyBytes) throw new Error(`The secret key has to be ${secretKeyBytes} bytes long.`);
  // A hash of the key with a purpose of its own: it says nothing of what the key makes.
  const keyId = createHash('sha256').update('mycontacts key id').update(key).digest('base64url').slice(0, 16);
  return {
    keyId,
    seal(secret, context) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return { keyId, sealed: Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url') };
    },
    open(secret, context) {
      if (secret.keyId !== keyId) return undefined;
      const bytes = Buffer.from(secret.sealed, 'base64url');
      if (bytes.length < nonceBytes + tagBytes) return undefined;
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), {
          authTagLength: tagBytes,
        }).setAAD(Buffer.from(context));
        decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
        return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString(
          'utf8',
        );
      } catch {
        return undefined;
      }
    },
  };
}
