/** Accounts of Microsoft and whose they are, and sign-ins there that were begun. */
import { expect, test } from 'vitest';
import { createMicrosoftIdentityStore } from '../../sync-service/accounts/microsoft-identity-store';
import type { Database } from '../../sync-service/database/database';
import { addSignIn, removeSignIns, takeSignIn } from '../../sync-service/unattended-sync/sign-in-store';
import { addJournalUsers } from '../fakes/journal-world';

const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 8, minute)).toISOString();
const account = (objectId: string, name = `${objectId}@example.org`) => ({
  tenantId: 'tenant',
  objectId,
  name,
  guest: false,
});

export function microsoftStores(there: () => Database): void {
  const store = () => createMicrosoftIdentityStore(there());
  const addUsers = (...ids: string[]) => addJournalUsers(there(), 'microsoft-site', ids);

  test('of several who want an account at once one gets it', async () => {
    await addUsers('ms-1', 'ms-2', 'ms-3');
    const users = ['ms-1', 'ms-2', 'ms-3'];
    const linked = await Promise.all(users.map((user) => store().link(account('o1'), user, 'rule', at(0))));
    expect(linked.filter(Boolean)).toHaveLength(1);
    expect(await store().find(account('o1'))).toEqual({
      userId: users[linked.indexOf(true)],
      name: 'o1@example.org',
      linkedBy: 'rule',
      linkedAt: at(0),
      unlinked: false,
    });
    expect(await store().find({ tenantId: 'another', objectId: 'o1' })).toBeUndefined();
  });

  test('an unlinked account is nobody’s until it is linked again, by anybody', async () => {
    await addUsers('ms-4', 'ms-5');
    await store().link(account('o2'), 'ms-4', 'user', at(0));
    await store().link(account('o3'), 'ms-4', 'rule', at(1));
    expect(await store().unlinkAllOf('ms-4', at(2))).toBe(2);
    expect(await store().unlinkAllOf('ms-4', at(3))).toBe(0);
    expect(await store().listOf('ms-4')).toEqual([]);
    expect(await store().find(account('o2'))).toMatchObject({ userId: 'ms-4', unlinked: true });
    expect(await store().link(account('o2', 'renamed@example.org'), 'ms-5', 'user', at(4))).toBe(true);
    expect(await store().find(account('o2'))).toMatchObject({
      userId: 'ms-5',
      name: 'renamed@example.org',
      linkedAt: at(4),
      unlinked: false,
    });
  });

  test('accounts are listed by name and counted among many users', async () => {
    await addUsers('ms-6', 'ms-7');
    await store().link(account('o5', 'b@example.org'), 'ms-6', 'user', at(0));
    await store().link(account('o6', 'a@example.org'), 'ms-6', 'user', at(0));
    expect((await store().listOf('ms-6')).map(({ name }) => name)).toEqual(['a@example.org', 'b@example.org']);
    const many = Array.from({ length: 2000 }, (_, n) => `absent-${n}`);
    expect(await store().linkedAmong([...many, 'ms-6', 'ms-7'])).toEqual(new Set(['ms-6']));
    expect(await store().linkedAmong([])).toEqual(new Set());
  });

  test('an account goes with its user', async () => {
    await addUsers('ms-8');
    await store().link(account('o7'), 'ms-8', 'user', at(0));
    await there().deleteFrom('users').where('id', '=', 'ms-8').execute();
    expect(await store().find(account('o7'))).toBeUndefined();
  });

  test('users are found by their address in any case, and two of one address are told apart from one', async () => {
    await addUsers('ms-9', 'ms-10', 'ms-11');
    const setEmail = (id: string, email: string) =>
      there().updateTable('users').set({ email }).where('id', '=', id).execute();
    await setEmail('ms-9', 'Anna.Berg@Example.org');
    await setEmail('ms-10', 'bert@example.org');
    expect(await store().usersWithEmail('anna.berg@EXAMPLE.ORG')).toEqual(['ms-9']);
    await setEmail('ms-10', 'anna.berg@example.org');
    await setEmail('ms-11', 'anna.berg@example.org');
    expect(await store().usersWithEmail('anna.berg@example.org')).toHaveLength(2);
    expect(await store().usersWithEmail('nobody@example.org')).toEqual([]);
  });

  test('a sign-in that was begun is answered once, in time, and only the last of a user', async () => {
    await addUsers('ms-12', 'ms-13');
    const begun = (stateHash: string, userId: string) => ({
      stateHash,
      userId,
      address: 'box@example.org',
      verifier: { sealed: 'sealed', keyId: 'key' },
      until: at(10),
    });
    await addSignIn(there(), begun('first', 'ms-12'), at(0));
    await addSignIn(there(), begun('second', 'ms-12'), at(1));
    await addSignIn(there(), begun('third', 'ms-13'), at(1));
    expect(await takeSignIn(there(), 'first', at(2))).toBeUndefined();
    const taken = await Promise.all([1, 2, 3].map(() => takeSignIn(there(), 'second', at(2))));
    expect(taken.filter((each) => each !== undefined)).toEqual([begun('second', 'ms-12')]);
    expect(await takeSignIn(there(), 'third', at(10))).toBeUndefined();
    await addSignIn(there(), begun('fourth', 'ms-13'), at(2));
    await removeSignIns(there(), 'ms-13');
    expect(await takeSignIn(there(), 'fourth', at(3))).toBeUndefined();
  });
}
