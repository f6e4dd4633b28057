import { describe, expect, it } from 'vitest';
import { createPasswordCheck } from '../../../sync-service/accounts/password-check';
import { hashPassword, verifyPassword } from '../../../sync-service/accounts/people-password';
import {
  hashOfSecret,
  newSecret,
  readRenewalCookie,
  writeRenewalCookie,
} from '../../../sync-service/accounts/session-secrets';

describe('checking a password', () => {
  const check = createPasswordCheck({ hash: hashPassword, verify: verifyPassword });

  it('knows the right one from a wrong one, by argon2id', async () => {
    const stored = await hashPassword('Anna-330!');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await check(stored, 'Anna-330!')).toBe(true);
    expect(await check(stored, 'anna-330!')).toBe(false);
  });

  it('says no where there is no password, whatever is given', async () => {
    for (const stored of [null, undefined]) {
      for (const password of ['', 'nobody', 'Anna-330!']) expect(await check(stored, password)).toBe(false);
    }
  });
});

describe('secrets', () => {
  it('are never drawn twice and are stored as something else', () => {
    const drawn = new Set(Array.from({ length: 1000 }, newSecret));
    expect(drawn.size).toBe(1000);
    for (const secret of drawn) expect(hashOfSecret(secret)).not.toContain(secret);
  });

  it('in the cookie come back as they were written, and nothing else is read', () => {
    const cookie = { family: newSecret(), secret: newSecret() };
    expect(readRenewalCookie(writeRenewalCookie(cookie))).toEqual(cookie);
    for (const strange of ['', '.', 'a.b', cookie.family, `${cookie.family}.${cookie.secret}.`, 'é'.repeat(87)]) {
      expect(readRenewalCookie(strange)).toBeUndefined();
    }
  });
});
