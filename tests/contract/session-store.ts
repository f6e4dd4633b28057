/** Sessions and their tokens. */
import { expect, test } from 'vitest';
import { createMicrosoftIdentityStore } from '../../sync-service/accounts/microsoft-identity-store';
import type { RenewalState } from '../../sync-service/accounts/session-renewal';
import { createSessionStore } from '../../sync-service/accounts/session-store';
import type { SignIn } from '../../sync-service/accounts/session-store';
import type { Database } from '../../sync-service/database/database';
import { addJournalUsers } from '../fakes/journal-world';

const now = Date.UTC(2026, 2, 2, 8);
const hour = 3_600_000;
const first = (id: string): RenewalState => ({
  current: `${id}-renewal`,
  previous: null,
  confirmed: false,
  recent: [],
});
const next = (id: string): RenewalState => ({
  current: `${id}-next`,
  previous: `${id}-renewal`,
  confirmed: false,
  recent: [{ hash: `${id}-renewal`, replacedAt: now }],
});

export function sessionStore(there: () => Database): void {
  const store = () => createSessionStore(there());

  async function begin(id: string, signedInBy: SignIn = { method: 'password' }, userId = 'session-user') {
    await addJournalUsers(there(), 'session-site', [userId]);
    const hashes = { familyHash: `${id}-family`, renewalHash: `${id}-renewal` };
    await store().create({ id, userId, signedInBy, ...hashes, now, expiresAt: now + hour });
  }
  const addToken = (id: string, token: string, expiresAt = now + 1000, keep = 3) =>
    store().addToken(id, { tokenHash: token, renewalHash: `${id}-renewal`, expiresAt }, now, keep);
  const found = async (token: string) => (await store().findByToken(token, now))?.id;

  test('a session is found by its family while it lasts', async () => {
    await begin('s1');
    expect(await store().findByFamily('s1-family', now)).toEqual({
      id: 's1',
      userId: 'session-user',
      signedInBy: { method: 'password' },
      renewal: first('s1'),
      expiresAt: now + hour,
    });
    expect(await store().findByFamily('s1-family', now + hour)).toBeUndefined();
    expect(await store().findByFamily('another', now)).toBeUndefined();
  });

  test('a session begun with Microsoft knows the account by its name of today, and does without one', async () => {
    const account = { tenantId: 'tenant', objectId: 'session-object', name: 'old@example.org' };
    const identities = createMicrosoftIdentityStore(there());
    await begin('s2', { method: 'microsoft', account });
    expect((await store().findByFamily('s2-family', now))?.signedInBy).toEqual({ method: 'microsoft' });
    await identities.link({ ...account, guest: false }, 'session-user', 'user', new Date(now).toISOString());
    await identities.rename({ ...account, name: 'new@example.org', guest: false });
    expect((await store().findByFamily('s2-family', now))?.signedInBy).toEqual({
      method: 'microsoft',
      account: { ...account, name: 'new@example.org' },
    });
    await begin('s2b', { method: 'microsoft' });
    expect((await store().findByFamily('s2b-family', now))?.signedInBy).toEqual({ method: 'microsoft' });
  });

  test('of several renewals at once one succeeds', async () => {
    await begin('s3');
    const turns = ['a', 'b', 'c'].map((name) => ({ ...next('s3'), current: name }));
    const done = await Promise.all(turns.map((to) => store().rotate('s3', first('s3'), to, now, now + 2 * hour)));
    expect(done.filter(Boolean)).toHaveLength(1);
    const after = await store().findByFamily('s3-family', now + hour);
    expect(after?.renewal).toEqual(turns[done.indexOf(true)]);
    expect(after?.expiresAt).toBe(now + 2 * hour);
  });

  test('a renewal that was confirmed meanwhile or whose session ended changes nothing', async () => {
    await begin('s4');
    await store().confirm('s4', 'another');
    expect((await store().findByFamily('s4-family', now))?.renewal.confirmed).toBe(false);
    await store().confirm('s4', 's4-renewal');
    expect(await store().rotate('s4', first('s4'), next('s4'), now, now + hour)).toBe(false);
    expect(await store().rotate('s4', { ...first('s4'), confirmed: true }, next('s4'), now, now + hour)).toBe(true);
    await store().revoke('s4', now);
    expect(await store().rotate('s4', next('s4'), first('s4'), now, now + hour)).toBe(false);
  });

  test('the newest tokens are kept, and one that has run out is nobody’s', async () => {
    await begin('s5');
    for (const n of [1, 2, 3, 4]) await addToken('s5', `s5-token-${n}`, now + n);
    expect(await Promise.all([1, 2, 3, 4].map((n) => found(`s5-token-${n}`)))).toEqual([undefined, 's5', 's5', 's5']);
    expect(await store().findByToken('s5-token-4', now + 4)).toBeUndefined();
    // Even one that has run out already leaves nothing behind.
    await begin('s5b');
    await addToken('s5b', 's5b-token', now);
    expect(await found('s5b-token')).toBeUndefined();
  });

  test('a token says whether its use confirms the renewal', async () => {
    await begin('s6');
    await addToken('s6', 's6-token');
    expect(await store().findByToken('s6-token', now)).toMatchObject({
      id: 's6',
      account: { id: 'session-user', disabled: false },
      signedInBy: 'password',
      renewalHash: 's6-renewal',
      confirms: true,
    });
    await store().confirm('s6', 's6-renewal');
    expect((await store().findByToken('s6-token', now))?.confirms).toBe(false);
  });

  test('beginning anew makes all secrets void, and it is the same session', async () => {
    await begin('s7', { method: 'microsoft' });
    await addToken('s7', 's7-token');
    await store().restart('s7', { familyHash: 'f', renewalHash: 'r' }, now, now + hour);
    expect(await found('s7-token')).toBeUndefined();
    expect(await store().findByFamily('s7-family', now)).toBeUndefined();
    expect(await store().findByFamily('f', now)).toMatchObject({ id: 's7', signedInBy: { method: 'password' } });
  });

  test('all sessions of a user end but one, and those that were alive are told', async () => {
    for (const id of ['s8', 's9', 's10', 's11']) await begin(id, { method: 'password' }, 'session-user-2');
    await addToken('s8', 's8-token');
    await store().revoke('s11', now);
    expect((await store().revokeAllOf('session-user-2', 's9', now)).sort()).toEqual(['s10', 's8']);
    expect(await found('s8-token')).toBeUndefined();
    expect(await store().endedAmong(['s9', 's8', 's10', 'never-was'], now)).toEqual(['s8', 's10', 'never-was']);
    expect(await store().endedAmong([], now)).toEqual([]);
    expect(await store().revokeAllOf('session-user-2', undefined, now)).toEqual(['s9']);
  });

  test('a session of a user who is disabled has ended; one of a removed user is gone', async () => {
    await begin('s12', { method: 'password' }, 'session-user-3');
    await addToken('s12', 's12-token');
    const user = there().updateTable('users').where('id', '=', 'session-user-3');
    await user.set({ disabled_at: new Date(now).toISOString() }).execute();
    expect(await store().endedAmong(['s12'], now)).toEqual(['s12']);
    await there().deleteFrom('users').where('id', '=', 'session-user-3').execute();
    expect(await found('s12-token')).toBeUndefined();
    expect(await store().findByFamily('s12-family', now)).toBeUndefined();
  });

  test('sessions that ran out long ago are removed with their tokens', async () => {
    await begin('s13');
    await addToken('s13', 's13-token');
    await store().removeBefore(now + hour);
    expect(await store().findByFamily('s13-family', now)).toBeDefined();
    await store().removeBefore(now + hour + 1);
    expect(await store().findByFamily('s13-family', now)).toBeUndefined();
    const tokens = await there().selectFrom('access_tokens').selectAll().where('session_id', '=', 's13').execute();
    expect(tokens).toEqual([]);
  });
}
