import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSecretSeal } from '../../../sync-service/unattended-sync/sealed-secret';

describe('createSecretSeal', () => {
  const seal = createSecretSeal(randomBytes(32));
  const secret = 'a refresh token ✓';

  it('opens what it sealed, and shows nothing of it', () => {
    const sealed = seal.seal(secret, 'mailbox a');
    expect(seal.open(sealed, 'mailbox a')).toBe(secret);
    expect(Buffer.from(sealed.sealed, 'base64url').toString('latin1')).not.toContain('refresh');
  });

  it('seals the same secret differently each time', () => {
    expect(seal.seal(secret, 'a').sealed).not.toBe(seal.seal(secret, 'a').sealed);
  });

  it('does not open for another mailbox, with another key, or after a change', () => {
    const sealed = seal.seal(secret, 'mailbox a');
    expect(seal.open(sealed, 'mailbox b')).toBeUndefined();
    const other = createSecretSeal(randomBytes(32));
    expect(other.open(sealed, 'mailbox a')).toBeUndefined();
    expect(other.open({ ...sealed, keyId: other.keyId }, 'mailbox a')).toBeUndefined();
    const bytes = Buffer.from(sealed.sealed, 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(seal.open({ ...sealed, sealed: changed.toString('base64url') }, 'mailbox a')).toBeUndefined();
    }
    expect(seal.open({ ...sealed, sealed: '' }, 'mailbox a')).toBeUndefined();
  });

  it('refuses a key of the wrong length', () => {
    expect(() => createSecretSeal(randomBytes(16))).toThrow('32 bytes');
  });
});
