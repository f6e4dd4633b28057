/** What belongs to one user is not there for another, whoever he is: every route that names an object by its id. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { apiBase, routes } from '../../shared/api';
import { createNumberRules } from '../../shared/phone-number';
import { createApp } from '../../sync-service/app';
import type { App } from '../../sync-service/app';
import { hashPassword, verifyPassword } from '../../sync-service/accounts/people-password';
import { readConfig } from '../../sync-service/config';
import { createContactJobs } from '../../sync-service/contacts/contact-jobs';
import { createInlineWork } from '../../sync-service/database/background-work';
import type { Database } from '../../sync-service/database/database';
import { migrate } from '../../sync-service/database/migrate';
import { startHttpServer } from '../../sync-service/http/http-server';
import type { RunningHttpServer } from '../../sync-service/http/http-server';
import { createLogger } from '../../sync-service/logger';
import { numberLibrary } from '../../sync-service/numbers/number-library';
import { createSimulatedTelephoneSystem } from '../../sync-service/telephone-system/simulated/simulated-telephone-system';
import type { SimulatedTelephoneSystem } from '../../sync-service/telephone-system/simulated/simulated-telephone-system';
import { createPictureScaler } from '../../sync-service/pictures/scale-picture';
import { openTestDatabase } from './start-app';
import { addPeople, people, problemOf } from './start-service';
import type { PersonName } from './start-service';

let database: Database;
let app: App;
let office: SimulatedTelephoneSystem;
let server: RunningHttpServer;
const tokens = new Map<PersonName, string>();

async function send(who: PersonName, method: string, path: string, body?: unknown, headers = {}): Promise<Response> {
  const token = tokens.get(who);
  return fetch(server.url + apiBase + path, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** The id of what a request made. */
async function made(response: Promise<Response>): Promise<string> {
  const answer = await response;
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.status} ${text}`);
  return z.parse(z.looseObject({ id: z.string() }), JSON.parse(text)).id;
}

const contact = { displayName: 'Confidential', numbers: [{ kind: 'mobile', raw: '0171 1234567' }], emails: [] };
const account = { kind: 'graph', key: 'anna@example.com', name: 'Anna' };

beforeAll(async () => {
  database = openTestDatabase();
  await migrate(database);
  await addPeople(database, { hash: hashPassword, verify: verifyPassword });
  await database
    .updateTable('sites')
    .set({ telephone_system: JSON.stringify({ kind: 'simulated' }) })
    .execute();
  const numbers = createNumberRules(numberLibrary);
  const work = createInlineWork(
    createContactJobs({
      database,
      rules: { read: numbers.readNumber, version: numbers.rulesVersion },
      pictures: createPictureScaler(),
      newId: () => randomUUID(),
    }),
  );
  app = await createApp({
    config: readConfig({ DEMO: '1', PORT: '0' }),
    version: '0.0.0',
    database,
    work,
    telephoneSystems: { simulated: (settings) => (office = createSimulatedTelephoneSystem(settings)) },
    paneDirectory: '/nowhere',
    officeJsDirectory: undefined,
    logger: createLogger('silent'),
  });
  await app.start();
  server = await startHttpServer(app.http, { port: 0, host: '127.0.0.1' });
  for (const name of ['anna', 'bert', 'admin'] as const) {
    const { userName, password } = people[name];
    const response = await send(name, 'POST', '/sessions', { userName, password });
    tokens.set(name, z.parse(z.looseObject({ token: z.string() }), await response.json()).token);
  }
});
afterAll(async () => {
  await app.stop();
  await server.close(200);
  await database.destroy();
});

describe('what belongs to Anna', () => {
  it('is found by no other user and no administrator under any route that takes an id', async () => {
    const contactId = await made(send('anna', 'POST', '/contacts', contact));
    const options = { skipContactsWithoutNumber: false };
    const sync = { account, mode: 'delta', generation: 0, options };
    const pastId = await made(
      send('anna', 'POST', '/contact-syncs', { ...sync, account: { ...account, key: 'past' } }),
    );
    await send('anna', 'POST', `/contact-syncs/${pastId}/commit`, {});
    const syncId = await made(send('anna', 'POST', '/contact-syncs', sync));
    const call = { number: '331', requestId: 'request-1' };
    const ownCalls = async () => {
      const answer: unknown = await (await send('anna', 'GET', '/calls')).json();
      return answer;
    };
    await expect.poll(ownCalls).toMatchObject({ telephoneSystem: { state: 'up' } });
    const missed = office.phones.callIn('+491711234567', '330') ?? '';
    await expect.poll(ownCalls).toMatchObject({ items: [{ state: 'alerting' }] });
    office.phones.outsideHangsUp(missed);
    const entry = z.looseObject({ id: z.string() });
    const entries = async () =>
      z.looseObject({ items: z.array(entry) }).parse(await (await send('anna', 'GET', '/journal?folder=all')).json())
        .items;
    await expect.poll(entries).toHaveLength(1);
    const entryId = (await entries())[0]?.id ?? '';
    const favorite = { subject: { directory: 'personal', id: contactId }, group: { name: 'Confidential' } };
    const favoriteId = await made(send('anna', 'POST', '/favorites', favorite));
    const groupId = await made(send('anna', 'POST', '/favorites/groups', { name: 'Confidential too' }));
    const callId = await made(send('anna', 'POST', '/calls', { ...call, requestId: 'request-2' }));

    const version = { 'if-match': '"1"' };
    const attempts: readonly [string, string, string, unknown, Record<string, string>][] = [
      ['getContact', 'GET', `/contacts/${contactId}`, undefined, {}],
      ['changeContact', 'PATCH', `/contacts/${contactId}`, { displayName: 'Mine' }, version],
      ['deleteContact', 'DELETE', `/contacts/${contactId}`, undefined, version],
      [
        'putContactPicture',
        'PUT',
        `/contacts/${contactId}/picture?version=1`,
        undefined,
        { 'content-type': 'image/png' },
      ],
      ['putSyncBatch', 'PUT', `/contact-syncs/${syncId}/batches/1`, { changes: [], skipped: [] }, {}],
      ['commitContactSync', 'POST', `/contact-syncs/${syncId}/commit`, {}, {}],
      ['listSyncChanges', 'GET', `/sync-history/${pastId}/changes`, undefined, {}],
      ['listImportRows', 'GET', `/sync-history/${pastId}/rows`, undefined, {}],
      ['undoContactSync', 'POST', `/sync-history/${pastId}/undo`, undefined, {}],
      ['getContactOriginal', 'GET', `/contacts/${contactId}/original`, undefined, {}],
      ['followContactOriginal', 'POST', `/contacts/${contactId}/follow-original`, undefined, version],
      ['cancelContactSync', 'DELETE', `/contact-syncs/${syncId}`, undefined, {}],
      ['answerCall', 'POST', `/calls/${callId}/answer`, undefined, {}],
      ['hangUpCall', 'POST', `/calls/${callId}/hang-up`, undefined, {}],
      ['holdCall', 'POST', `/calls/${callId}/hold`, undefined, {}],
      ['resumeCall', 'POST', `/calls/${callId}/resume`, undefined, {}],
      ['alternateCall', 'POST', `/calls/${callId}/alternate`, undefined, {}],
      ['conferenceCall', 'POST', `/calls/${callId}/conference`, undefined, {}],
      ['consultCall', 'POST', `/calls/${callId}/consult`, { number: '332', requestId: 'request-3' }, {}],
      ['transferCall', 'POST', `/calls/${callId}/transfer`, { to: { number: '332' } }, {}],
      ['deflectCall', 'POST', `/calls/${callId}/deflect`, { to: 'voicemail' }, {}],
      ['changeFavoriteGroup', 'PATCH', `/favorites/groups/${groupId}`, { name: 'Mine' }, {}],
      ['removeFavoriteGroup', 'DELETE', `/favorites/groups/${groupId}`, undefined, {}],
      ['moveFavorite', 'PATCH', `/favorites/${favoriteId}`, { position: 0 }, {}],
      ['removeFavorite', 'DELETE', `/favorites/${favoriteId}`, undefined, {}],
      ['changeJournalEntry', 'PATCH', `/journal/${entryId}`, { note: 'Mine' }, {}],
      ['deleteJournalEntry', 'DELETE', `/journal/${entryId}`, undefined, {}],
    ];
    // What is for administrators belongs to the installation and to no user.
    const withId = routes
      .filter((route) => route.access !== 'admin' && /\{id\}/.test(route.path))
      .map((route) => route.name);
    expect(attempts.map(([name]) => name).sort()).toEqual(withId.sort());

    for (const who of ['bert', 'admin'] as const) {
      for (const [name, method, path, body, headers] of attempts) {
        const response = await send(who, method, path, body, headers);
        expect([name, response.status]).toEqual([name, 404]);
        const problem = await problemOf(response);
        expect(['not-found', 'sync-unknown', 'call-unknown']).toContain(problem.code);
        // The same answer as for an id that nobody has: nothing says that there is such an object.
        const strange = await send(who, method, path.replaceAll(/[0-9a-f-]{36}/g, randomUUID()), body, headers);
        expect((await problemOf(strange)).detail).toBe(problem.detail);
      }
    }

    expect((await send('anna', 'GET', `/contacts/${contactId}`)).status).toBe(200);
    expect((await send('anna', 'DELETE', `/contact-syncs/${syncId}`)).status).toBe(204);
    expect((await send('anna', 'POST', `/calls/${callId}/hang-up`)).status).toBe(202);
    expect((await entries()).map(({ id }) => id)).toContain(entryId);
  });

  it('is in no list and no search of another', async () => {
    await made(send('anna', 'POST', '/contacts', contact));
    for (const who of ['bert', 'admin'] as const) {
      const lists = [
        '/contacts',
        '/contact-syncs',
        '/journal?folder=all',
        '/journal/redial',
        '/favorites',
        '/directory?q=Confidential',
        '/directory?q=0171%201234567',
      ];
      for (const list of lists) {
        const text = await (await send(who, 'GET', list)).text();
        expect(text).not.toContain('Confidential');
        expect(text).not.toContain('anna@example.com');
      }
      const caller = await send(who, 'GET', '/directory/callers/%2B491711234567');
      expect((await problemOf(caller)).code).toBe('caller-unknown');
    }
  });
});
