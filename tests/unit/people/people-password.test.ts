import { describe, expect, it } from 'vitest';
import { brokenPasswordRules } from '../../../shared/profile';
import { drawInitialPassword, hashPassword, verifyPassword } from '../../../sync-service/accounts/people-password';

describe('passwords', () => {
  it('are hashed with argon2id and the parameters of OWASP, each with a salt of its own', async () => {
    const [first, second] = await Promise.all([hashPassword('Demo-330!'), hashPassword('Demo-330!')]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
    expect(await verifyPassword(first, 'Demo-330!')).toBe(true);
    expect(await verifyPassword(first, 'Demo-331!')).toBe(false);
  });

  it('are the same in composed and decomposed form', async () => {
    expect(await verifyPassword(await hashPassword('Mü-12345'), 'Mu\u0308-12345')).toBe(true);
  });

  it('are drawn so that they fit the policy', () => {
    const drawn = Array.from({ length: 500 }, drawInitialPassword);
    expect(drawn.flatMap(brokenPasswordRules)).toEqual([]);
    expect(new Set(drawn).size).toBe(500);
  });
});
