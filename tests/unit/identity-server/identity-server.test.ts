/** The identity server is believed by Microsoft's own library for Node, and refuses what Entra refuses. */
import { ConfidentialClientApplication, CryptoProvider } from '@azure/msal-node';
import { createRemoteJWKSet, customFetch, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startIdentityServer } from '../../fakes/identity-server';
import type { IdentityServer, IdentityUser, RegisteredApp } from '../../fakes/identity-server';

const redirectUri = 'https://uc.example.com/api/v1/mailbox-link/return';
let now = Date.now();
let entra: IdentityServer;
let tenant: string;
let app: RegisteredApp;
let alice: IdentityUser;

beforeAll(async () => {
  entra = await startIdentityServer({ now: () => now });
  tenant = entra.addTenant();
  alice = entra.addUser({ tenantId: tenant, userName: 'alice@contoso.example' });
  app = entra.register({
    tenantId: tenant,
    webRedirectUris: [redirectUri],
    secrets: ['right-secret'],
    graphRoles: ['Contacts.Read'],
  });
});
afterAll(() => entra.close());

function client(clientSecret = 'right-secret', tenantId = tenant) {
  return new ConfidentialClientApplication({
    auth: {
      clientId: app.clientId,
      clientSecret,
      authority: entra.authority(tenantId),
      knownAuthorities: [entra.host],
    },
    system: { networkClient: entra.network },
  });
}

async function signIn(msal = client(), scopes = ['Contacts.Read']) {
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const pkce = { codeChallenge: challenge, codeChallengeMethod: 'S256' };
  const back = await entra.signInAt(await msal.getAuthCodeUrl({ redirectUri, scopes, ...pkce }), alice);
  const code = back.searchParams.get('code') ?? '';
  return { msal, back, code, redeem: { redirectUri, scopes, code, codeVerifier: verifier } };
}

async function verify(token: string) {
  const keys = createRemoteJWKSet(new URL(`${entra.authority(tenant)}/discovery/v2.0/keys`), {
    [customFetch]: entra.fetch,
  });
  return (await jwtVerify(token, keys, { currentDate: new Date(now) })).payload;
}

describe('the identity server, through MSAL for Node', () => {
  it('gives a signed token for a code, and another one for its refresh token', async () => {
    const { msal, redeem } = await signIn();
    const first = await msal.acquireTokenByCode(redeem);
    expect(await verify(first.accessToken)).toMatchObject({ tid: tenant, oid: alice.oid, scp: 'Contacts.Read' });
    expect(first.account?.username).toBe(alice.userName);
    const cache: unknown = JSON.parse(msal.getTokenCache().serialize());
    const refreshToken = /"secret":"(1\.refresh[^"]+)"/.exec(JSON.stringify(cache))?.[1] ?? '';
    const second = await client().acquireTokenByRefreshToken({ refreshToken, scopes: ['Contacts.Read'] });
    expect(decodeJwt(second?.accessToken ?? '')).toMatchObject({ oid: alice.oid });
  });

  it('signs a token for an API of the installation as version 2.0', async () => {
    const { msal, redeem } = await signIn(client(), [`${app.appIdUri}/access_as_user`]);
    const { accessToken } = await msal.acquireTokenByCode(redeem);
    expect(await verify(accessToken)).toMatchObject({
      aud: app.clientId,
      iss: `${entra.authority(tenant)}/v2.0`,
      azp: app.clientId,
      scp: 'access_as_user',
      ver: '2.0',
    });
  });

  it('gives an app-only token to the right secret', async () => {
    const scopes = ['https://graph.microsoft.com/.default'];
    const result = await client().acquireTokenByClientCredential({ scopes });
    expect(await verify(result?.accessToken ?? '')).toMatchObject({ roles: ['Contacts.Read'], idtyp: 'app' });
    await expect(client('wrong').acquireTokenByClientCredential({ scopes })).rejects.toMatchObject({
      errorCode: 'invalid_client',
      errorMessage: expect.stringContaining('AADSTS7000215') as string,
    });
  });

  it('redeems a code once, with its verifier, for one resource', async () => {
    const first = await signIn();
    await first.msal.acquireTokenByCode(first.redeem);
    await expect(client().acquireTokenByCode(first.redeem)).rejects.toThrow('AADSTS54005');
    const second = await signIn();
    await expect(client().acquireTokenByCode({ ...second.redeem, codeVerifier: 'x' })).rejects.toThrow('AADSTS501481');
    const third = await signIn(client(), ['Contacts.Read', `${app.appIdUri}/access_as_user`]);
    await expect(third.msal.acquireTokenByCode(third.redeem)).rejects.toThrow('AADSTS28000');
  });

  it('tells what keeps a user from a token by its code', async () => {
    const { msal, redeem } = await signIn();
    await msal.acquireTokenByCode(redeem);
    const [account] = await msal.getTokenCache().getAllAccounts();
    if (account === undefined) throw new Error('MSAL kept no account.');
    const silent = () => msal.acquireTokenSilent({ account, scopes: ['Contacts.Read'], forceRefresh: true });
    for (const code of ['AADSTS53003', 'AADSTS50076', 'AADSTS50105'] as const) {
      entra.trouble(alice, code);
      await expect(silent()).rejects.toThrow(code);
    }
    entra.trouble(alice, undefined);
    await expect(silent()).resolves.toMatchObject({ fromCache: false });
    entra.revokeRefreshTokens(alice);
    await expect(silent()).rejects.toThrow('AADSTS700082');
  });

  it('refuses a redirect address that is not registered, and another tenant', async () => {
    const url = await client().getAuthCodeUrl({ redirectUri: 'https://evil.example/', scopes: ['Contacts.Read'] });
    await expect(entra.signInAt(url, alice)).rejects.toThrow('AADSTS50011');
    const other = await client('right-secret', entra.addTenant()).getAuthCodeUrl({
      redirectUri,
      scopes: ['User.Read'],
    });
    await expect(entra.signInAt(other, alice)).rejects.toThrow('AADSTS700016');
  });

  it('signs with a new key after a rotation', async () => {
    const before = entra.keys.current().kid;
    await entra.keys.rotate();
    expect(entra.keys.current().kid).not.toBe(before);
    expect(entra.keys.published()).toHaveLength(2);
    now += 1000;
  });
});
