/** Signing in with Microsoft, with real signed tokens of an identity server: which tokens are taken, and whose they are. */
import { createHmac, randomUUID } from 'node:crypto';
import { exportSPKI, generateKeyPair, importJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SignInWays } from '../../shared/api/microsoft-sign-in';
import type { Session } from '../../shared/api/sessions';
import { createMicrosoftLinks } from '../../sync-service/accounts/microsoft-sign-in.service';
import { keysCooldownMs } from '../../sync-service/accounts/microsoft-token-check';
import { defaultRateLimits } from '../../sync-service/http/rate-limits';
import { startIdentityServer } from '../fakes/identity-server';
import type { IdentityServer, IdentityUser, RegisteredApp } from '../fakes/identity-server';
import { startMicrosoftService } from './start-microsoft-service';
import type { MicrosoftService } from './start-microsoft-service';
import { beginning, people, problemOf } from './start-service';

const clock = { time: beginning };
let entra: IdentityServer;
let tenant: string;
let otherTenant: string;
let app: RegisteredApp;
let service: MicrosoftService;

beforeAll(async () => {
  entra = await startIdentityServer({ now: () => clock.time });
  tenant = entra.addTenant();
  otherTenant = entra.addTenant();
  app = entra.register({ tenantId: tenant, multiTenant: true });
});
afterAll(() => entra.close());

beforeEach(async () => {
  service = await startMicrosoftService({ entra, tenant, app, clock });
  return () => service.stop();
});

const user = (userName = `${randomUUID()}@contoso.example`, tenantId = tenant) => entra.addUser({ tenantId, userName });
const tokenOf = (who: IdentityUser) => entra.tokens.accessToken(app, who, app.appIdUri, ['access_as_user']);
const post = (accessToken: string) => service.send('POST', '/sessions/microsoft', { body: { accessToken } });
const link = (accessToken: string, who: { userName: string; password: string }) =>
  service.send('POST', '/sessions/microsoft/link', {
    body: { accessToken, userName: who.userName, password: who.password },
  });
async function signedIn(response: Promise<Response>): Promise<Session> {
  const answer = await response;
  if (answer.status !== 200) throw new Error(await answer.text());
  // Held against its schema by the service.
  return (await answer.json()) as Session;
}
async function codeOf(response: Promise<Response>): Promise<string> {
  return (await problemOf(await response)).code;
}
const setEmail = (email: string | null, id = service.userIds.anna) =>
  service.database.updateTable('users').set({ email }).where('id', '=', id).execute();

/** Claims of a token that is taken; one is changed at a time. */
function goodClaims(): Record<string, unknown> {
  const seconds = Math.floor(clock.time / 1000);
  return {
    aud: app.clientId,
    iss: `${entra.origin}/${tenant}/v2.0`,
    iat: seconds,
    nbf: seconds,
    exp: seconds + 3600,
    azp: app.clientId,
    oid: randomUUID(),
    preferred_username: 'anna@contoso.example',
    scp: 'access_as_user',
    tid: tenant,
    ver: '2.0',
  };
}

describe('a token of Entra ID', () => {
  beforeEach(() => setEmail('anna@contoso.example'));

  it('begins an ordinary session with its renewal cookie', async () => {
    const response = await post(await entra.tokens.sign(goodClaims()));
    expect(response.headers.getSetCookie()[0]).toMatch(/HttpOnly/);
    const { token, user: who } = (await response.json()) as Session;
    expect(who.userName).toBe('anna');
    expect((await service.send('GET', '/me', { token })).status).toBe(200);
  });

  const seconds = () => Math.floor(clock.time / 1000);
  it.each<[string, () => Record<string, unknown>]>([
    ['that has expired', () => ({ exp: seconds() - 61, nbf: seconds() - 4000 })],
    ['that is not valid yet', () => ({ nbf: seconds() + 61 })],
    ['without an end', () => ({ exp: undefined })],
    ['of another tenant', () => ({ tid: otherTenant, iss: `${entra.origin}/${otherTenant}/v2.0` })],
    ['of a tenant of ours by the word of another', () => ({ iss: `${entra.origin}/${otherTenant}/v2.0` })],
    ['of another issuer', () => ({ iss: `https://evil.example/${tenant}/v2.0` })],
    ['for another audience', () => ({ aud: randomUUID() })],
    ['for several audiences', () => ({ aud: [app.clientId, randomUUID()] })],
    ['for Microsoft Graph', () => ({ aud: '00000003-0000-0000-c000-000000000000', scp: 'User.Read' })],
    ['without our scope', () => ({ scp: 'access_as_user2 other' })],
    ['of an application without a user', () => ({ scp: undefined, roles: ['access_as_user'], idtyp: 'app' })],
    ['that another application asked for', () => ({ azp: randomUUID() })],
    ['of version 1.0', () => ({ ver: '1.0', iss: `https://sts.windows.net/${tenant}/`, appid: app.clientId })],
    ['without an object id', () => ({ oid: undefined })],
  ])('%s is refused, and the answer does not say why', async (_title, change) => {
    const token = await entra.tokens.sign({ ...goodClaims(), ...change() });
    const problem = await problemOf(await post(token));
    expect(problem).toMatchObject({ code: 'microsoft-token-refused', status: 401 });
    expect(problem.details).toBeUndefined();
    expect(service.log.join('\n')).not.toContain('contoso');
  });

  it('is refused when it is an ID token, or really one for Graph', async () => {
    const anna = user('anna@contoso.example');
    expect(await codeOf(post(await entra.tokens.idToken(app, anna, undefined)))).toBe('microsoft-token-refused');
    const graph = await entra.tokens.accessToken(app, anna, 'https://graph.microsoft.com', ['User.Read']);
    expect(await codeOf(post(graph))).toBe('microsoft-token-refused');
  });

  it('is refused unsigned, signed with another key, or with the public key as a password', async () => {
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const { kid, publicJwk } = entra.keys.current();
    const none = `${encode({ alg: 'none', typ: 'JWT' })}.${encode(goodClaims())}.`;
    const stranger = await generateKeyPair('RS256');
    const forged = await new SignJWT(goodClaims()).setProtectedHeader({ alg: 'RS256', kid }).sign(stranger.privateKey);
    const publicKey = await importJWK({ ...publicJwk, alg: 'RS256' }, 'RS256', { extractable: true });
    if (publicKey instanceof Uint8Array) throw new Error('The key is a key pair.');
    const input = `${encode({ alg: 'HS256', kid })}.${encode(goodClaims())}`;
    const confused = `${input}.${createHmac('sha256', await exportSPKI(publicKey))
      .update(input)
      .digest('base64url')}`;
    const good = await entra.tokens.sign(goodClaims());
    const edited = good.replace(/\.[^.]+\./, `.${encode({ ...goodClaims(), oid: randomUUID() })}.`);
    for (const token of [none, forged, confused, edited, `${good}x`, 'a.b.c', 'nonsense', '💥']) {
      expect(await codeOf(post(token))).toBe('microsoft-token-refused');
    }
  });

  it('is taken with clocks that differ by less than a minute', async () => {
    expect((await post(await entra.tokens.sign({ ...goodClaims(), nbf: seconds() + 50 }))).status).toBe(200);
    expect((await post(await entra.tokens.sign({ ...goodClaims(), exp: seconds() - 50 }))).status).toBe(200);
  });
});

describe('the signing keys', () => {
  const fetches = () => entra.requests.filter((path) => path.endsWith('/keys')).length;

  it('are fetched anew for a key that is not known, and by a flood of made-up keys once', async () => {
    await setEmail('anna@contoso.example');
    expect((await post(await entra.tokens.sign(goodClaims()))).status).toBe(200);
    await entra.keys.rotate();
    const rotated = await entra.tokens.sign(goodClaims());
    service.passForKeys(keysCooldownMs + 1);
    expect((await post(rotated)).status).toBe(200);
    const before = fetches();
    const stranger = await generateKeyPair('RS256');
    for (let index = 0; index < 50; index += 1) {
      const token = await new SignJWT(goodClaims())
        .setProtectedHeader({ alg: 'RS256', kid: `made-up-${index}` })
        .sign(stranger.privateKey);
      expect(await codeOf(post(token))).toBe('microsoft-token-refused');
    }
    expect(fetches() - before).toBeLessThanOrEqual(1);
  });

  it('that cannot be fetched are told as such, and not asked for by every token', async () => {
    service.breakFetch();
    for (let index = 0; index < 20; index += 1) {
      const problem = await problemOf(await post(await entra.tokens.sign(goodClaims())));
      expect(problem).toMatchObject({ code: 'microsoft-unavailable', status: 503 });
    }
    expect(service.fetches()).toBe(1);
  });

  it('are asked for no tenant of a stranger', async () => {
    const before = fetches();
    await post(await entra.tokens.sign({ ...goodClaims(), tid: randomUUID() }));
    await post('a.b.c');
    expect(fetches()).toBe(before);
  });
});

it('a flood of hostile tokens from one address is slowed down', async () => {
  const counts = new Map<number, number>();
  const one = async (index: number) => {
    const response = await post(`${index}.b.c`);
    counts.set(response.status, (counts.get(response.status) ?? 0) + 1);
    await response.arrayBuffer();
  };
  for (let index = 0; index < 1500; index += 50) {
    await Promise.all(Array.from({ length: 50 }, (_, offset) => one(index + offset)));
  }
  expect(counts.get(401)).toBeLessThanOrEqual(defaultRateLimits.anonymous);
  expect(counts.get(429)).toBeGreaterThan(0);
});

describe('an account', () => {
  it('whose name is the e-mail address of one user is his, and stays so when names change hands', async () => {
    const anna = user(`anna-${randomUUID()}@contoso.example`);
    await setEmail(anna.userName.toUpperCase());
    expect((await signedIn(post(await tokenOf(anna)))).user.id).toBe(service.userIds.anna);
    await setEmail(null);
    await setEmail(anna.userName, service.userIds.bert);
    expect((await signedIn(post(await tokenOf(anna)))).user.id).toBe(service.userIds.anna);
    const namesake = user(anna.userName);
    expect((await signedIn(post(await tokenOf(namesake)))).user.id).toBe(service.userIds.bert);
  });

  it('is nobody by rule where two users have that address, and where another organisation gave the name', async () => {
    const twice = user();
    await setEmail(twice.userName);
    await setEmail(twice.userName, service.userIds.bert);
    expect(await codeOf(post(await tokenOf(twice)))).toBe('microsoft-account-unknown');
    await setEmail('guest@contoso.example');
    const guest = { ...goodClaims(), preferred_username: 'guest@contoso.example', idp: 'https://elsewhere.example/' };
    expect(await codeOf(post(await entra.tokens.sign(guest)))).toBe('microsoft-account-unknown');
  });

  it('is linked once by its user with his password', async () => {
    const own = user();
    expect(await codeOf(post(await tokenOf(own)))).toBe('microsoft-account-unknown');
    expect((await signedIn(link(await tokenOf(own), people.bert))).user.userName).toBe('bert');
    const { user: who, token } = await signedIn(post(await tokenOf(own)));
    expect(who.userName).toBe('bert');
    const ways: unknown = await (await service.send('GET', '/me/sign-in-ways', { token })).json();
    expect(ways).toMatchObject({
      password: 'own',
      microsoftAccounts: [{ name: own.userName, linkedBy: 'user' }],
    });
    expect(await codeOf(link(await tokenOf(own), people.anna))).toBe('already-exists');
  });

  it('cannot be linked by guessing passwords, nor with a token that is not taken', async () => {
    const own = await tokenOf(user());
    expect(await codeOf(link('a.b.c', people.anna))).toBe('microsoft-token-refused');
    const codes: string[] = [];
    for (let attempt = 0; attempt < 7; attempt += 1) {
      codes.push(await codeOf(link(own, { userName: 'anna', password: 'wrong' })));
    }
    expect(codes[0]).toBe('credentials-wrong');
    expect(codes.at(-1)).toBe('sign-in-locked');
    expect(await codeOf(post(own))).toBe('microsoft-account-unknown');
  });

  it('that was unlinked comes back by no rule, only by its user', async () => {
    const anna = user(`anna-${randomUUID()}@contoso.example`);
    await setEmail(anna.userName);
    const { token } = await signedIn(post(await tokenOf(anna)));
    expect((await service.send('DELETE', '/me/microsoft-accounts', { token })).status).toBe(204);
    expect((await service.send('GET', '/me', { token })).status).toBe(200);
    expect(await codeOf(post(await tokenOf(anna)))).toBe('microsoft-account-unknown');
    await signedIn(link(await tokenOf(anna), people.anna));
    const links = createMicrosoftLinks({
      database: service.database,
      endSessions: (userId) => service.sessions.endSessionsOf(userId),
      now: () => new Date(clock.time),
      newId: randomUUID,
    });
    expect(await links.unlink('manage', service.userIds.anna)).toBe(1);
    expect((await service.send('GET', '/me', { token })).status).toBe(401);
    const acts = await service.database.selectFrom('audit_trail').select('action').orderBy('at').execute();
    expect(acts.map((act) => act.action).sort()).toEqual(
      ['linked', 'linked', 'unlinked', 'unlinked'].map((what) => `user.microsoft-${what}`),
    );
  });

  it('is named by the session that it began, also after a renewal and under a new name; one of a password names none', async () => {
    const anna = user(`anna-${randomUUID()}@contoso.example`);
    await setEmail(anna.userName);
    const response = await post(await tokenOf(anna));
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    expect(await response.json()).toMatchObject({ signedInBy: 'microsoft', microsoftAccount: anna.userName });
    await service.database.updateTable('microsoft_identities').set({ account_name: 'a.new@contoso.example' }).execute();
    const renewed: unknown = await (await service.send('POST', '/sessions/renew', { cookie })).json();
    expect(renewed).toMatchObject({ signedInBy: 'microsoft', microsoftAccount: 'a.new@contoso.example' });
    const { session } = await service.signIn('bert');
    expect(session.signedInBy).toBe('password');
    expect(session.microsoftAccount).toBeUndefined();
  });

  it('of somebody without a password, or with the first one of his administrator, is said to be his only sure way', async () => {
    const anna = user(`anna-${randomUUID()}@contoso.example`);
    await setEmail(anna.userName);
    const { token } = await signedIn(post(await tokenOf(anna)));
    const passwordIs = async () => {
      const answer = (await (await service.send('GET', '/me/sign-in-ways', { token })).json()) as SignInWays;
      return answer.password;
    };
    expect(await passwordIs()).toBe('own');
    const change = (values: { password_hash?: null; must_change_password?: number }) =>
      service.database.updateTable('users').set(values).where('id', '=', service.userIds.anna).execute();
    await change({ must_change_password: 1 });
    expect(await passwordIs()).toBe('initial');
    await change({ password_hash: null });
    expect(await passwordIs()).toBe('none');
  });

  it('of a disabled user is refused', async () => {
    const own = user();
    await signedIn(link(await tokenOf(own), people.bert));
    const now = new Date(clock.time).toISOString();
    await service.database.updateTable('users').set({ disabled_at: now }).where('id', '=', 'user-bert').execute();
    expect(await codeOf(post(await tokenOf(own)))).toBe('microsoft-account-refused');
  });

  it('does not have its user change an initial password that he need not know', async () => {
    const own = user();
    await setEmail(own.userName, service.userIds.newcomer);
    const response = await post(await tokenOf(own));
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const session = (await response.json()) as Session;
    expect(session.mustChangePassword).toBe(false);
    expect((await service.send('GET', '/me', { token: session.token })).status).toBe(200);
    const renewed = (await (await service.send('POST', '/sessions/renew', { cookie })).json()) as Session;
    expect(renewed.mustChangePassword).toBe(false);
    expect((await service.signIn('newcomer')).session.mustChangePassword).toBe(true);
  });
});

it('pages of another origin are refused', async () => {
  const body = { accessToken: await tokenOf(user()) };
  const headers = { origin: 'https://evil.example' };
  expect(await codeOf(service.send('POST', '/sessions/microsoft', { body, headers }))).toBe('origin-refused');
});
