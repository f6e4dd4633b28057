/** What administrators do with users over the routes: the same as on the command line, each act in the audit trail. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { brokenPasswordRules } from '../../shared/profile';
import { startApp } from './start-app';
import type { RunningApp } from './start-app';

let app: RunningApp;
let admin: Awaited<ReturnType<RunningApp['as']>>;

beforeAll(async () => {
  app = await startApp();
  admin = await app.as('admin');
});
afterAll(() => app.stop());

const carla = {
  userName: 'carla',
  displayName: 'Carla Müller',
  extension: '340',
  email: 'carla@example.com',
  devices: [{ address: 'PJSIP/340', name: 'Desk phone' }],
};

async function idOf(userName: string): Promise<string> {
  const row = await app.database
    .selectFrom('users')
    .select('id')
    .where('user_name_key', '=', userName)
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Actions of the audit trail about a user, oldest first. */
async function acts(subject: string): Promise<{ action: string; actor: string }[]> {
  return app.database
    .selectFrom('audit_trail')
    .select(['action', 'actor'])
    .where('subject', '=', subject)
    .orderBy('at')
    .execute();
}

describe('users under the routes of administrators', () => {
  it('are added with an initial password that is shown once, and sign in with it', async () => {
    const added = await admin('POST', '/administration/users', { body: carla });
    expect(added).toMatchObject({ status: 201, body: { user: { ...carla, role: 'user', mustChangePassword: true } } });
    const { initialPassword, user } = added.body as { initialPassword: string; user: { id: string } };
    expect(brokenPasswordRules(initialPassword)).toEqual([]);
    expect(await app.signIn('carla', initialPassword)).toMatchObject({ status: 200 });
    expect(await admin('GET', `/administration/users/${user.id}`)).toMatchObject({ status: 200 });
    expect(JSON.stringify((await admin('GET', `/administration/users/${user.id}`)).body)).not.toContain('assword":"');
    expect(await acts(user.id)).toEqual([{ action: 'user.added', actor: 'user-admin' }]);

    const again = await admin('POST', '/administration/users', { body: carla });
    expect(again).toMatchObject({ status: 409, body: { code: 'already-exists', details: [{ field: 'userName' }] } });
    const taken = await admin('POST', '/administration/users', { body: { ...carla, userName: 'other', devices: [] } });
    expect(taken).toMatchObject({ status: 409, body: { details: [{ field: 'extension', reason: 'taken' }] } });
    const wrong = await admin('POST', '/administration/users', { body: { ...carla, userName: 'a b', extension: '1' } });
    expect(wrong).toMatchObject({ status: 400, body: { code: 'request-invalid' } });
  });

  it('have their further numbers in any form, and show them in the canonical one', async () => {
    const path = `/administration/users/${await idOf('carla')}`;
    const canonical = { mobileNumber: '+49 (171) 3920031', externalNumber: '+49 (30) 901820' };
    const body = { mobileNumber: '0171/39200-31', externalNumber: '+4930901820' };
    expect((await admin('PATCH', path, { body })).body).toMatchObject(canonical);
    // As the form sends them back.
    expect((await admin('PATCH', path, { body: canonical })).body).toMatchObject(canonical);
    expect((await admin('GET', '/administration/users?q=carla')).body).toMatchObject({ items: [canonical] });
    expect((await admin('PATCH', path, { body: { mobileNumber: null, externalNumber: null } })).status).toBe(200);
  });

  it('are found by the beginnings of words, page by page', async () => {
    const found = async (query: string) => {
      const { body } = await admin('GET', `/administration/users?${query}`);
      const { items, nextCursor } = body as { items: { userName: string }[]; nextCursor?: string };
      return { names: items.map(({ userName }) => userName), nextCursor };
    };
    expect((await found('q=muell')).names).toEqual(['carla']);
    expect((await found('q=340')).names).toEqual(['carla']);
    expect((await found('q=carla%40exa')).names).toEqual(['carla']);
    expect((await found('q=nobody')).names).toEqual([]);
    const all: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await found(`limit=2${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
      all.push(...page.names);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(all).toEqual(['admin', 'anna', 'bert', 'carla', 'newcomer']);
  });

  it('are changed, disabled, enabled and given a new password, which ends their sessions', async () => {
    const id = await idOf('bert');
    const bert = await app.as('bert');
    const path = `/administration/users/${id}`;
    expect(await admin('PATCH', path, { body: { email: 'bert@example.com' } })).toMatchObject({
      status: 200,
      body: { email: 'bert@example.com', userName: 'bert' },
    });
    const reset = await admin('POST', `${path}/initial-password`);
    expect(brokenPasswordRules((reset.body as { initialPassword: string }).initialPassword)).toEqual([]);
    expect((await bert('GET', '/me')).status).toBe(401);
    expect(await admin('POST', `${path}/disable`)).toMatchObject({ status: 200, body: { disabled: true } });
    expect(await app.signIn('bert', (reset.body as { initialPassword: string }).initialPassword)).toMatchObject({
      status: 401,
    });
    expect(await admin('POST', `${path}/enable`)).toMatchObject({ status: 200, body: { disabled: false } });
    expect((await acts(id)).map(({ action }) => action)).toEqual(
      expect.arrayContaining(['user.changed', 'user.password-reset', 'user.disabled', 'user.enabled']),
    );
    expect((await admin('GET', '/administration/users/nobody')).status).toBe(404);
  });

  it('are given out and erased, the user name typed once more', async () => {
    const id = await idOf('carla');
    const given = await admin('GET', `/administration/users/${id}/export`);
    expect(given).toMatchObject({ status: 200, body: { account: { user_name: 'carla' } } });
    expect(JSON.stringify(given.body)).not.toMatch(/argon2|password_hash/);
    const refused = await admin('POST', `/administration/users/${id}/erase`, { body: { userName: 'anna' } });
    expect(refused).toMatchObject({ status: 400, body: { details: [{ reason: 'confirmation-wrong' }] } });
    expect((await admin('POST', `/administration/users/${id}/erase`, { body: { userName: 'Carla' } })).status).toBe(
      204,
    );
    expect((await admin('GET', `/administration/users/${id}`)).status).toBe(404);
    expect((await acts(id)).map(({ action }) => action)).toEqual(
      expect.arrayContaining(['user.exported', 'user.removed']),
    );
  });

  it('keep an administrator: the last one can neither be disabled nor erased nor made a user, not even by himself', async () => {
    const path = `/administration/users/${await idOf('admin')}`;
    const attempts = [
      admin('POST', `${path}/disable`),
      admin('POST', `${path}/erase`, { body: { userName: 'admin' } }),
      admin('PATCH', path, { body: { role: 'user' } }),
    ];
    for (const refused of await Promise.all(attempts)) {
      expect(refused).toMatchObject({ status: 409, body: { code: 'last-administrator' } });
    }
  });
});
