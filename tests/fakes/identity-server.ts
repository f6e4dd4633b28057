/**
 * A small identity server in the likeness of Microsoft Entra ID v2: discovery, keys that rotate, sign-in and consent pages,
 * code with PKCE, refresh tokens, client credentials; real signed tokens; refuses what Entra refuses, with Entra's codes.
 *
 * Let MSAL believe it: `knownAuthorities: [entra.host]`; for Node also `system.networkClient: entra.network`, or
 * `NODE_EXTRA_CA_CERTS` with a file of `entra.ca` for a process of its own; for Chromium
 * `--ignore-certificate-errors-spki-list=` with `entra.spkiSha256`.
 */
import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createAuthorizeEndpoint } from './identity-server/authorize';
import type { PageAnswer } from './identity-server/authorize';
import { makeLocalCertificate } from './identity-server/certificate';
import { EntraError } from './identity-server/entra-error';
import type { EntraCode } from './identity-server/entra-error';
import { createGrants } from './identity-server/grants';
import { createSigningKeys, createTokenIssuer } from './identity-server/signed-tokens';
import type { SigningKeys, TokenIssuer } from './identity-server/signed-tokens';
import { createTenants } from './identity-server/tenants';
import type { IdentityUser, Tenants } from './identity-server/tenants';
import { createTokenEndpoint } from './identity-server/token-endpoint';
import { createTrustingFetch, createTrustingNetwork } from './identity-server/trusting-client';

export type { IdentityUser, RegisteredApp } from './identity-server/tenants';

export interface IdentityServer extends Pick<Tenants, 'addTenant' | 'addUser' | 'register'> {
  /** `https://localhost:PORT`, and its host with port. */
  readonly origin: string;
  readonly host: string;
  /** Address of a tenant, as MSAL takes it for `authority`; `organizations` for every tenant. */
  authority(tenant: string): string;
  /** Certificate, PEM. */
  readonly ca: string;
  readonly spkiSha256: string;
  /** Believe the certificate, in this process. */
  readonly fetch: typeof fetch;
  readonly network: ReturnType<typeof createTrustingNetwork>;
  readonly keys: SigningKeys;
  readonly tokens: TokenIssuer;
  /** Every token for this user is refused with this code from now on; undefined ends it. */
  trouble(user: IdentityUser, code: EntraCode | undefined): void;
  revokeRefreshTokens(user: IdentityUser): void;
  /** The next `count` requests to the token endpoint fail as an outage does. */
  failTokenRequests(count: number): void;
  /**
   * Signs in like a person in a browser that has no cookie, accepting consent: follows the authorization address and
   * gives the address with the code (or the error) that the application is sent back to.
   */
  signInAt(authorizeUrl: string, user: IdentityUser): Promise<URL>;
  /** Paths that were asked for, oldest first. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export async function startIdentityServer(options: { readonly now?: () => number } = {}): Promise<IdentityServer> {
  const now = options.now ?? Date.now;
  const [certificate, keys] = await Promise.all([makeLocalCertificate(), createSigningKeys()]);
  const tenants = createTenants();
  const grants = createGrants(now);
  let origin = '';
  let failures = 0;
  const requests: string[] = [];
  const issuer = createTokenIssuer({ keys, tenants, origin: () => origin, now });
  const authorize = createAuthorizeEndpoint({ tenants, grants });
  const token = createTokenEndpoint({ tenants, grants, issuer });

  const discovery = (tenant: string) => {
    const shared = tenant === 'common' || tenant === 'organizations';
    if (!shared && !tenants.hasTenant(tenant)) throw new EntraError('AADSTS90002');
    const base = `${origin}/${tenant}`;
    return {
      token_endpoint: `${base}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
      jwks_uri: `${base}/discovery/v2.0/keys`,
      response_modes_supported: ['query', 'fragment'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      issuer: shared ? `${origin}/{tenantid}/v2.0` : `${base}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    };
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', origin);
    requests.push(url.pathname);
    const [, tenant = '', ...rest] = url.pathname.split('/');
    const path = rest.join('/');
    const json = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
      response.end(JSON.stringify(body));
    };
    const page = (answer: PageAnswer) => {
      const known = signedInUsers(request);
      const users = answer.signedIn === undefined ? known : [...new Set([...known, answer.signedIn])];
      response.writeHead(answer.status, {
        'content-type': 'text/html; charset=utf-8',
        'set-cookie': `ESTSAUTH=${users.join('.')}; Path=/; Secure; HttpOnly; SameSite=None`,
        ...(answer.location !== undefined && { location: answer.location }),
      });
      response.end(answer.html ?? '');
    };

    response.setHeader('access-control-allow-origin', '*');
    if (request.method === 'OPTIONS') {
      response.writeHead(204, { 'access-control-allow-headers': '*', 'access-control-allow-methods': 'GET, POST' });
      response.end();
      return;
    }
    try {
      if (path === 'v2.0/.well-known/openid-configuration') json(200, discovery(tenant));
      else if (path === 'discovery/v2.0/keys') json(200, { keys: keys.published() });
      else if (path === 'discovery/instance') {
        const alias = new URL(origin).host;
        json(200, {
          tenant_discovery_endpoint: `${origin}/common/v2.0/.well-known/openid-configuration`,
          'api-version': '1.1',
          metadata: [{ preferred_network: alias, preferred_cache: alias, aliases: [alias] }],
        });
      } else if (path === 'oauth2/v2.0/authorize') {
        page(authorize.begin(tenant, url.searchParams, signedInUsers(request)));
      } else if (tenant === 'flow' && request.method === 'POST') {
        const form = await readForm(request);
        page(path === 'consent' ? authorize.consent(form) : authorize.signIn(form));
      } else if (path === 'oauth2/v2.0/token' && request.method === 'POST') {
        const form = await readForm(request);
        if (failures > 0) {
          failures -= 1;
          throw new EntraError('AADSTS90033');
        }
        const basic = basicOf(request.headers.authorization);
        const fromPage = request.headers.origin !== undefined;
        json(200, await token({ tenant, form, fromPage, ...(basic && { basic }) }));
      } else if (path === 'adminconsent') {
        const app = tenants.findApp(url.searchParams.get('client_id') ?? '');
        if (app === undefined) throw new EntraError('AADSTS700016');
        app.consent = 'granted';
        page({ status: 200, html: '<!doctype html><title>Granted</title><p>Permissions granted.</p>' });
      } else {
        response.writeHead(404);
        response.end();
      }
    } catch (error) {
      if (!(error instanceof EntraError)) throw error;
      if (path === 'oauth2/v2.0/authorize' || tenant === 'flow') page(authorize.errorPage(error));
      else json(error.status, error.body(now()));
    }
  };

  const server = createServer({ cert: certificate.cert, key: certificate.key }, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.writeHead(500);
      response.end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The identity server has no port.');
  const host = `localhost:${address.port}`;
  origin = `https://${host}`;
  const trusting = createTrustingFetch(certificate.cert);

  return {
    ...tenants,
    origin,
    host,
    authority: (tenant) => `${origin}/${tenant}`,
    ca: certificate.cert,
    spkiSha256: certificate.spkiSha256,
    fetch: trusting,
    network: createTrustingNetwork(trusting),
    keys,
    tokens: issuer,
    trouble(user, code) {
      user.trouble = code;
    },
    revokeRefreshTokens: (user) => grants.revoke(user),
    failTokenRequests(count) {
      failures = count;
    },
    async signInAt(authorizeUrl, user) {
      let answer = await trusting(authorizeUrl);
      for (let step = 0; step < 3 && answer.status === 200; step += 1) {
        const html = await answer.text();
        const form = new URLSearchParams({ userName: user.userName, password: user.password, answer: 'accept' });
        for (const [, name = '', value = ''] of html.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)) {
          form.set(name, value);
        }
        const back = /<a href="([^"]+)"/.exec(html)?.[1];
        if (back !== undefined) return new URL(back.replaceAll('&amp;', '&'));
        const action = /action="([^"]+)"/.exec(html)?.[1] ?? '';
        answer = await trusting(new URL(action, origin), { method: 'POST', body: form });
      }
      const location = answer.headers.get('location');
      if (location === null) throw new Error(`The sign-in stopped: ${await answer.text()}`);
      return new URL(location);
    },
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function signedInUsers(request: IncomingMessage): string[] {
  const value = /(?:^|;\s*)ESTSAUTH=([^;]*)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
  return value.split('.').filter((oid) => oid !== '');
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const parts: Buffer[] = [];
  // A request of Node yields buffers as long as no encoding is set.
  for await (const part of request) parts.push(part as Buffer);
  return new URLSearchParams(Buffer.concat(parts).toString('utf8'));
}

function basicOf(header: string | undefined): { clientId: string; secret: string } | undefined {
  if (header?.startsWith('Basic ') !== true) return undefined;
  const [clientId = '', secret = ''] = Buffer.from(header.slice(6), 'base64').toString('utf8').split(':');
  return { clientId: decodeURIComponent(clientId), secret: decodeURIComponent(secret) };
}
