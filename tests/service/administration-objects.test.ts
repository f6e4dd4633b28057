/** Sites, groups, speed dials, a file of users and Microsoft accounts under the routes of administrators. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from './start-app';
import type { RunningApp } from './start-app';

let app: RunningApp;
let admin: Awaited<ReturnType<RunningApp['as']>>;

beforeAll(async () => {
  app = await startApp();
  admin = await app.as('admin');
});
afterAll(() => app.stop());

const acts = async (subject: string) =>
  (await app.database.selectFrom('audit_trail').select('action').where('subject', '=', subject).execute()).map(
    ({ action }) => action,
  );

/** Sends and gives the id of what the answer is. */
async function made(method: string, path: string, body: unknown): Promise<string> {
  const answer = await admin(method, path, { body });
  expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
  return (answer.body as { id: string }).id;
}

describe('sites', () => {
  it('are added by their country, changed, and removed while they have no users, with their groups and speed dials', async () => {
    const id = await made('POST', '/administration/sites', { name: 'Wien', dialPlan: { countryCode: '43' } });
    expect(
      await admin('PATCH', `/administration/sites/${id}`, { body: { dialPlan: { areaCode: '1' } } }),
    ).toMatchObject({
      status: 200,
      body: { name: 'Wien', users: 0, dialPlan: { countryCode: '43', areaCode: '1', nationalPrefix: '0' } },
    });
    const again = await admin('POST', '/administration/sites', {
      body: { name: 'Wien', dialPlan: { countryCode: '43' } },
    });
    expect(again).toMatchObject({ status: 409, body: { code: 'already-exists', details: [{ field: 'name' }] } });
    const wrong = await admin('PATCH', `/administration/sites/${id}`, { body: { timeZone: 'Vienna' } });
    expect(wrong).toMatchObject({ status: 400, body: { details: [{ field: 'timeZone' }] } });
    const nameless = await admin('POST', '/administration/sites', { body: { name: 'Graz' } });
    expect(nameless).toMatchObject({ body: { details: [{ field: 'dialPlan.countryCode', reason: 'missing' }] } });

    const group = await made('POST', '/administration/groups', { name: 'Verkauf', extension: '500', site: 'Wien' });
    const dial = await made('POST', '/administration/speed-dials', { name: 'Taxi', number: '01 31300', site: 'Wien' });
    const user = await admin('POST', '/administration/users', {
      body: { userName: 'wiener', displayName: 'Franz', site: 'Wien' },
    });
    const refused = await admin('DELETE', `/administration/sites/${id}`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'site-not-empty', details: [{ value: 1 }] } });
    const userId = (user.body as { user: { id: string } }).user.id;
    await admin('POST', `/administration/users/${userId}/erase`, { body: { userName: 'wiener' } });
    expect((await admin('DELETE', `/administration/sites/${id}`)).status).toBe(204);
    expect((await admin('DELETE', `/administration/sites/${id}`)).status).toBe(404);
    const left = await app.database
      .selectFrom('directory_entries')
      .select('entry_id')
      .where('site_id', '=', id)
      .execute();
    expect(left).toEqual([]);
    expect(await acts(id)).toEqual(['site.added', 'site.changed', 'site.removed']);
    expect(await acts(group)).toEqual(['group.added', 'group.removed']);
    expect(await acts(dial)).toEqual(['speed-dial.added', 'speed-dial.removed']);
  });
});

describe('groups and speed dials', () => {
  it('are added, found, changed and removed, and what is wrong names its field', async () => {
    const id = await made('POST', '/administration/groups', { name: 'Sales', extension: '360', members: ['anna'] });
    const taken = await admin('POST', '/administration/groups', { body: { name: 'Other', extension: '330' } });
    expect(taken).toMatchObject({ status: 409, body: { details: [{ field: 'extension', reason: 'taken' }] } });
    const stranger = await admin('PATCH', `/administration/groups/${id}`, { body: { members: ['anna', 'nobody'] } });
    expect(stranger).toMatchObject({ status: 404, body: { details: [{ field: 'members', reason: 'unknown' }] } });
    expect(
      await admin('PATCH', `/administration/groups/${id}`, { body: { extension: '361', members: ['bert', 'anna'] } }),
    ).toMatchObject({ status: 200, body: { name: 'Sales', extension: '361', members: ['anna', 'bert'] } });
    expect(await admin('GET', '/administration/groups?q=sal%20bert')).toMatchObject({ body: { items: [{ id }] } });
    expect((await admin('DELETE', `/administration/groups/${id}`)).status).toBe(204);
    expect(await acts(id)).toEqual(['group.added', 'group.changed', 'group.removed']);

    const dial = await made('POST', '/administration/speed-dials', { name: 'Taxi', number: '089 21610' });
    const words = await admin('PATCH', `/administration/speed-dials/${dial}`, { body: { number: 'call me' } });
    expect(words).toMatchObject({ status: 400, body: { details: [{ field: 'number' }] } });
    expect(
      await admin('PATCH', `/administration/speed-dials/${dial}`, { body: { name: 'Taxi München' } }),
    ).toMatchObject({ status: 200, body: { name: 'Taxi München', number: '089 21610' } });
    expect((await admin('DELETE', `/administration/speed-dials/${dial}`)).status).toBe(204);
    expect(await acts(dial)).toEqual(['speed-dial.added', 'speed-dial.changed', 'speed-dial.removed']);
  });

  it('are listed page by page, each of them once', async () => {
    for (let n = 0; n < 5; n += 1) {
      await made('POST', '/administration/speed-dials', { name: `Number ${n}`, number: `089 2161${n}` });
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { body } = await admin('GET', `/administration/speed-dials?limit=2${query}`);
      const page = body as { items: { name: string }[]; nextCursor?: string };
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual([0, 1, 2, 3, 4].map((n) => `Number ${n}`));
  });
});

describe('a file of users', () => {
  const send = (apply: 'yes' | 'no', text: string) =>
    admin('POST', `/administration/users/import?apply=${apply}`, { bytes: new TextEncoder().encode(text) });
  const good = [
    'userName;displayName;extension;initialPassword',
    'clara;Clara Example;340;Secret-340!',
    'dora;Dora Example;341;',
    'anna;Anna Changed;330;Ignored-330!',
  ].join('\n');

  it('is looked at first, then taken over as a whole, each user in the audit trail', async () => {
    const expected = {
      added: 2,
      changed: 1,
      unchanged: 0,
      withoutPassword: 1,
      problems: [],
      users: [
        { row: 2, userName: 'clara', outcome: 'added' },
        { row: 3, userName: 'dora', outcome: 'added' },
        { row: 4, userName: 'anna', outcome: 'changed' },
      ],
    };
    expect(await send('no', good)).toMatchObject({ status: 200, body: { applied: false, ...expected } });
    expect((await app.signIn('clara', 'Secret-340!')).status).toBe(401);
    expect(await send('yes', good)).toMatchObject({ status: 200, body: { applied: true, ...expected } });
    expect(await app.signIn('clara', 'Secret-340!')).toMatchObject({ status: 200 });
    expect(await send('yes', good)).toMatchObject({ body: { added: 0, changed: 0, unchanged: 3 } });
    const clara = await app.database.selectFrom('users').select('id').where('user_name_key', '=', 'clara').execute();
    expect(await acts(clara[0]?.id ?? '')).toEqual(['user.added']);
  });

  it.each([
    [
      'userName,displayName,extension\neva,Eva,8\nfred,Fred,9\n',
      [
        [2, 'extension'],
        [3, 'extension'],
      ],
    ],
    ['userName,nonsense\neva,x\n', [[1, 'nonsense']]],
    ['userName,displayName,initialPassword\neva,Eva,weak\n', [[2, 'initialPassword']]],
    ['name,number\nTaxi,089 21610\n', [[1, undefined]]],
    ['userName,displayName\neva,Eva,too many\n', [[2, undefined]]],
    ['', [[undefined, undefined]]],
  ] as const)('%j is refused with row and column, and nothing is changed', async (text, places) => {
    for (const apply of ['no', 'yes'] as const) {
      const { status, body } = await send(apply, text);
      const { applied, problems } = body as { applied: boolean; problems: { row?: number; column?: string }[] };
      expect([status, applied]).toEqual([200, false]);
      expect(problems.map(({ row, column }) => [row, column])).toEqual(places);
    }
    const eva = await app.database.selectFrom('users').select('id').where('user_name_key', '=', 'eva').execute();
    expect(eva).toEqual([]);
  });

  it('of five thousand users is taken over', async () => {
    const rows = Array.from({ length: 5000 }, (_, n) => `user${n},User ${n},${20_000 + n}`);
    const { body } = await send('no', ['userName,displayName,extension', ...rows].join('\n'));
    // The site's extensions have three digits; what matters here is that each row is told of, and how many more.
    const { problems, moreProblems } = body as { problems: unknown[]; moreProblems: number };
    expect([problems.length, moreProblems]).toEqual([100, 4900]);
    const short = Array.from({ length: 5000 }, (_, n) => `user${n},User ${n}`);
    const taken = await send('yes', ['userName,displayName', ...short].join('\n'));
    expect(taken).toMatchObject({ body: { applied: true, added: 5000, withoutPassword: 5000 } });
  });
});

describe('the Microsoft account of a user', () => {
  it('is unlinked by an administrator, once', async () => {
    const [bert] = await app.database.selectFrom('users').select('id').where('user_name_key', '=', 'bert').execute();
    const id = bert?.id ?? '';
    await app.database
      .insertInto('microsoft_identities')
      .values({
        ...{ tenant_id: 't', object_id: 'o', user_id: id, account_name: 'bert@example.com' },
        ...{ linked_by: 'user', linked_at: new Date().toISOString(), unlinked_at: null },
      })
      .execute();
    expect(await admin('GET', `/administration/users/${id}`)).toMatchObject({ body: { microsoftLinked: true } });
    for (let n = 0; n < 2; n += 1) {
      expect(await admin('POST', `/administration/users/${id}/unlink-microsoft`)).toMatchObject({
        status: 200,
        body: { microsoftLinked: false },
      });
    }
    expect((await acts(id)).filter((action) => action.startsWith('user.microsoft'))).toEqual([
      'user.microsoft-unlinked',
    ]);
    expect((await admin('POST', '/administration/users/nobody/unlink-microsoft')).status).toBe(404);
  });
});
