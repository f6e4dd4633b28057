/** A mailbox that is read while nobody is there: through Microsoft's own library, an identity server and the demo mailbox. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMailboxServer, type MailboxServer } from '../../demo/mailbox/mailbox-server';
import { openDatabase, type Database } from '../../sync-service/database/database';
import { migrate } from '../../sync-service/database/migrate';
import { startHttpServer, type RunningHttpServer } from '../../sync-service/http/http-server';
import { createLogger } from '../../sync-service/logger';
import { createAccountDirectory } from '../../sync-service/accounts/people-account-directory';
import { createPeopleStores } from '../../sync-service/accounts/people-work';
import type { SignInResult } from '../../sync-service/unattended-sync/unattended-sync.service';
import { wireUnattendedSync, type UnattendedSync } from '../../sync-service/wire-unattended-sync';
import { createContactWorld, type ContactWorld } from '../fakes/contact-world';
import { startGraphBehindIdentityServer, type GraphBehindIdentityServer } from '../fakes/graph-behind-identity-server';
import { startIdentityServer, type IdentityServer, type IdentityUser } from '../fakes/identity-server';

const secret = 'right-secret-of-the-application';
const baseUrl = 'http://localhost:8801';
let entra: IdentityServer;
let mailboxes: MailboxServer;
let graph: GraphBehindIdentityServer;
let directory: string;
let tenant: string;
let anna: IdentityUser;
let bert: IdentityUser;
let clientId: string;

let database: Database;
let contacts: ContactWorld;
let unattended: UnattendedSync;
let server: RunningHttpServer;
let now: number;
let waiting: ((outcome: string) => void)[];

beforeAll(async () => {
  entra = await startIdentityServer({ now: () => now });
  now = Date.now();
  tenant = entra.addTenant();
  anna = entra.addUser({ tenantId: tenant, userName: 'anna@example.com' });
  bert = entra.addUser({ tenantId: tenant, userName: 'bert@example.com' });
  ({ clientId } = entra.register({
    tenantId: tenant,
    webRedirectUris: [`${baseUrl}/unattended-sync/callback`],
    secrets: [secret],
    graphRoles: ['Contacts.Read'],
  }));
  mailboxes = createMailboxServer({
    addresses: ['anna@example.com'],
    latencyMs: 0,
    contents: () => ({
      folders: [],
      contacts: [{ contact: { displayName: 'Ida Meier', businessPhones: ['089 7007-100'] } }],
    }),
  });
  await mailboxes.listen(0);
  graph = await startGraphBehindIdentityServer(mailboxes);
  directory = await mkdtemp(join(tmpdir(), 'unattended-'));
  await writeFile(join(directory, 'secret.key'), `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
});
afterAll(async () => {
  await graph.close();
  await mailboxes.close();
  await entra.close();
  await rm(directory, { recursive: true });
});

async function wire(unattendedSync: 'delegated' | 'app-only', keyFile = 'secret.key') {
  unattended = await wireUnattendedSync({
    config: {
      baseUrl,
      secretKeyFile: join(directory, keyFile),
      secretKeyFileNamed: false,
      microsoft: {
        clientId,
        tenantId: tenant,
        authority: entra.authority(tenant),
        graphBaseUrl: graph.baseUrl,
        userMapping: 'email',
        clientSecret: { file: join(directory, 'client-secret') },
        unattendedSync,
      },
    },
    database,
    people: { accounts: createAccountDirectory({ stores: createPeopleStores(database) }) },
    syncs: contacts.syncs,
    now: () => new Date(now),
    newId: () => randomBytes(8).toString('hex'),
    observer: { ended: (outcome) => waiting.shift()?.(outcome) },
    networkClient: entra.network,
    logger: createLogger('silent'),
  });
  const app = express();
  app.use(...unattended.routers);
  server = await startHttpServer(app, { port: 0, host: '127.0.0.1' });
}
const nextRun = () => new Promise<string>((resolve) => waiting.push(resolve));

beforeEach(async () => {
  waiting = [];
  await writeFile(join(directory, 'client-secret'), `${secret}\n`);
  database = openDatabase(':memory:');
  await migrate(database);
  contacts = await createContactWorld(database);
  await contacts.addUser('anna');
  await database.updateTable('users').set({ email: 'Anna@example.com' }).where('id', '=', 'anna').execute();
});
afterEach(async () => {
  entra.trouble(anna, undefined);
  await unattended.stop();
  await server.close();
  await database.destroy();
});

/** The route's handler, called as the signed-in user. */
async function call<T>(name: string, params: Record<string, string> = {}, body?: unknown): Promise<T> {
  const bound = unattended.routes.find(({ route }) => route.name === name);
  if (bound === undefined) throw new Error(`There is no route ${name}`);
  const handle = bound.handle as (input: unknown, context: unknown) => unknown;
  return (await handle({ params, query: {}, body }, { caller: { user: { id: 'anna' } } })) as T;
}

/** Turns it on and signs in as somebody; gives what the page says. */
async function signIn(as: IdentityUser): Promise<{ status: number; text: string }> {
  const { signInUrl } = await call<{ signInUrl: string }>('beginUnattendedSync');
  const back = await entra.signInAt(signInUrl, as);
  const answer = await fetch(`${server.url}${back.pathname}${back.search}`);
  return { status: answer.status, text: await answer.text() };
}
const own = () => call<{ mailbox?: Record<string, unknown> }>('getUnattendedSync');
const account = async () => (await contacts.syncs.list('anna'))[0];

describe('with the rights of the owner', () => {
  it('reads the mailbox once its owner has agreed, and again with the refresh token after the interval', async () => {
    await wire('delegated');
    const first = nextRun();
    const page = await signIn(anna);
    expect(page.text).toContain('It is on');
    expect(page.status).toBe(200);
    expect(await first).toBe('done');
    expect(await account()).toMatchObject({ key: 'anna@example.com', contacts: 1 });
    expect(graph.rights.at(-1)).toContain('Contacts.Read');
    const stored = await database.selectFrom('unattended_mailboxes').selectAll().executeTakeFirstOrThrow();
    expect(JSON.stringify(stored)).not.toContain('refresh');

    // Over two hours the access token has run out; the refresh token gives another one.
    now += 2 * 3_600_000;
    contacts.wait(2 * 3_600_000);
    const second = nextRun();
    await call('runUnattendedSync');
    expect(await second).toBe('done');
    expect((await own()).mailbox).toMatchObject({ failures: 0, mode: 'delegated', address: 'anna@example.com' });
    const rotated = await database.selectFrom('unattended_mailboxes').selectAll().executeTakeFirstOrThrow();
    expect(rotated.secret).not.toBe(stored.secret);
  });

  it('asks the owner to sign in again when Microsoft does, and goes on after that', async () => {
    await wire('delegated');
    const first = nextRun();
    await signIn(anna);
    await first;
    entra.revokeRefreshTokens(anna);
    now += 2 * 3_600_000;
    const second = nextRun();
    await call('runUnattendedSync');
    expect(await second).toBe('sign-in-needed');
    expect((await own()).mailbox).toMatchObject({ problem: 'sign-in-needed', paused: { reason: 'sign-in-needed' } });
    const third = nextRun();
    await signIn(anna);
    expect(await third).not.toBe('sign-in-needed');
    expect((await own()).mailbox?.['paused']).toBeUndefined();
  });

  it('gives nobody the contacts of another one who follows his link', async () => {
    await wire('delegated');
    const page = await signIn(bert);
    expect(page.status).toBe(400);
    expect(page.text).toContain('another account');
    expect((await own()).mailbox).toBeUndefined();
  });

  it('takes an answer once, and none that nobody has begun', async () => {
    await wire('delegated');
    const { signInUrl } = await call<{ signInUrl: string }>('beginUnattendedSync');
    const back = await entra.signInAt(signInUrl, anna);
    const first = nextRun();
    const ask = async (search: string) => (await fetch(`${server.url}${back.pathname}${search}`)).status;
    expect(await ask(back.search)).toBe(200);
    await first;
    expect(await ask(back.search)).toBe(400);
    expect(await ask('?state=guessed&code=guessed')).toBe(400);
    expect(await ask('')).toBe(400);
    expect(await ask('?state=a&state=b')).toBe(400);
  });

  it('says when the owner did not agree or only an administrator can', async () => {
    await wire('delegated');
    const results: SignInResult[] = [];
    for (const query of ['error=access_denied', 'error=access_denied&error_description=AADSTS90094%3A+admin']) {
      const { signInUrl } = await call<{ signInUrl: string }>('beginUnattendedSync');
      const state = new URL(signInUrl).searchParams.get('state') ?? '';
      const text = await (await fetch(`${server.url}/unattended-sync/callback?state=${state}&${query}`)).text();
      results.push(text.includes('administrator has to agree') ? 'consent-needed' : 'declined');
    }
    expect(results).toEqual(['declined', 'consent-needed']);
  });

  it('keeps nothing of the sign-in once it is turned off', async () => {
    await wire('delegated');
    const first = nextRun();
    await signIn(anna);
    await first;
    await call('endUnattendedSync');
    expect(await database.selectFrom('unattended_mailboxes').selectAll().execute()).toEqual([]);
    expect((await account())?.contacts).toBe(1);
  });

  it('is refused for a user whose address is not known', async () => {
    await wire('delegated');
    await database.updateTable('users').set({ email: null }).execute();
    await expect(call('beginUnattendedSync')).rejects.toMatchObject({ code: 'own-mailbox-unknown' });
  });

  it('lets an administrator map no mailbox: its owner has to agree', async () => {
    await wire('delegated');
    const refused = call('addMailbox', {}, { userName: 'anna' });
    await expect(refused).rejects.toMatchObject({ code: 'unattended-sync-unavailable' });
  });

  it('tells an administrator how it stands, who may run, pause and resume it, each in the audit trail', async () => {
    await wire('delegated');
    const first = nextRun();
    await signIn(anna);
    await first;
    const { items } = await call<{ items: { id: string }[] }>('listMailboxes');
    expect(items).toHaveLength(1);
    expect(JSON.stringify(items)).not.toContain('Ida');
    const id = items[0]?.id ?? '';
    expect(await call('pauseMailbox', { id })).toMatchObject({ paused: { reason: 'administrator' } });
    expect(await call('resumeMailbox', { id })).not.toHaveProperty('paused');
    const again = nextRun();
    await call('runMailboxNow', { id });
    await again;
    await expect(call('pauseMailbox', { id: 'none' })).rejects.toMatchObject({ code: 'not-found' });
    const trail = await database.selectFrom('audit_trail').select('action').execute();
    expect(trail.map(({ action }) => action).sort()).toEqual(['mailbox.paused', 'mailbox.resumed', 'mailbox.run']);
  });
});

describe('with the rights of the application', () => {
  it('reads the mailbox of the user, and of nobody else', async () => {
    await wire('app-only');
    const first = nextRun();
    expect(await call('beginUnattendedSync')).toEqual({});
    expect(await first).toBe('done');
    expect((await account())?.contacts).toBe(1);
    expect(graph.rights.at(-1)).toBe('Contacts.Read');
  });

  it('reads the mailbox that an administrator maps to a user, until he takes it away', async () => {
    await wire('app-only');
    await database.updateTable('users').set({ user_name: 'anna', user_name_key: 'anna' }).execute();
    const first = nextRun();
    const added = await call<{ id: string }>('addMailbox', {}, { userName: 'anna' });
    expect(added).toMatchObject({ userName: 'anna', address: 'anna@example.com', mode: 'app-only' });
    expect(await first).toBe('done');
    expect((await own()).mailbox).toMatchObject({ address: 'anna@example.com' });
    // Another address takes its place: a user has one mailbox.
    const second = nextRun();
    const moved = await call<{ id: string }>('addMailbox', {}, { userName: 'anna', address: 'Gone@example.com' });
    expect(await second).toBe('mailbox-gone');
    expect((await call<{ items: unknown[] }>('listMailboxes')).items).toMatchObject([{ address: 'gone@example.com' }]);
    await call('removeMailbox', { id: moved.id });
    expect((await own()).mailbox).toBeUndefined();
    await expect(call('removeMailbox', { id: moved.id })).rejects.toMatchObject({ code: 'not-found' });
    await expect(call('addMailbox', {}, { userName: 'nobody' })).rejects.toMatchObject({ code: 'not-found' });
    const trail = await database.selectFrom('audit_trail').select('action').execute();
    expect(trail.map(({ action }) => action).sort()).toEqual(['mailbox.added', 'mailbox.added', 'mailbox.removed']);
  });

  it('says that a mailbox is gone', async () => {
    await wire('app-only');
    await database.updateTable('users').set({ email: 'gone@example.com' }).execute();
    const first = nextRun();
    await call('beginUnattendedSync');
    expect(await first).toBe('mailbox-gone');
    expect((await own()).mailbox).toMatchObject({ problem: 'mailbox-gone', failures: 1 });
  });

  it('says that the secret of the application is wrong', async () => {
    await writeFile(join(directory, 'client-secret'), 'wrong\n');
    await wire('app-only');
    const first = nextRun();
    await call('beginUnattendedSync');
    expect(await first).toBe('application-refused');
  });
});
