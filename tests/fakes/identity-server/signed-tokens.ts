/** Tokens with the claims of Entra ID, signed with keys that can be rotated. */
import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import { graphAppId, graphResource } from './tenants';
import type { IdentityUser, RegisteredApp, Tenants } from './tenants';

/** Seconds that an access token is valid. Entra takes 60 to 90 minutes at random. */
export const accessTokenSeconds = 4000;

interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

export interface SigningKeys {
  /** The key that signs now. */
  current(): SigningKey;
  /** What the JWKS document names. */
  published(): JWK[];
  /** A new key signs. With `dropOld` the old ones are not published any more. */
  rotate(options?: { readonly dropOld?: boolean }): Promise<void>;
}

export async function createSigningKeys(): Promise<SigningKeys> {
  let keys = [await newKey()];
  return {
    current: () => keys[0] ?? never(),
    published: () => keys.map((key) => key.publicJwk),
    async rotate(options = {}) {
      keys = [await newKey(), ...(options.dropOld === true ? [] : keys)];
    },
  };
}

async function newKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const kid = randomUUID().replaceAll('-', '').slice(0, 27);
  // Entra's document names no `alg`.
  const publicJwk = { ...(await exportJWK(publicKey)), kid, use: 'sig', x5t: kid };
  return { kid, privateKey, publicJwk };
}

function never(): never {
  throw new Error('There is always a key.');
}

export interface TokenIssuer {
  /** For a user who signed in at `app`. `scopes` belong to `resource`. */
  accessToken(app: RegisteredApp, user: IdentityUser, resource: string, scopes: readonly string[]): Promise<string>;
  /** App-only, by client credentials: for a resource, in a tenant. */
  appToken(app: RegisteredApp, tenantId: string, resource: string): Promise<string>;
  idToken(app: RegisteredApp, user: IdentityUser, nonce: string | undefined): Promise<string>;
  /** Signs any claims with the current key: for tokens that no right request would get. */
  sign(claims: Record<string, unknown>): Promise<string>;
}

export function createTokenIssuer(deps: {
  readonly keys: SigningKeys;
  readonly tenants: Tenants;
  readonly origin: () => string;
  readonly now: () => number;
}): TokenIssuer {
  const seconds = () => Math.floor(deps.now() / 1000);
  const sign = (claims: Record<string, unknown>) => {
    const key = deps.keys.current();
    return new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: key.kid }).sign(key.privateKey);
  };
  const times = (lifetime: number) => ({ iat: seconds(), nbf: seconds(), exp: seconds() + lifetime });
  const issuerV2 = (tenantId: string) => `${deps.origin()}/${tenantId}/v2.0`;
  const issuerV1 = (tenantId: string) => `https://sts.windows.net/${tenantId}/`;

  const resourceClaims = (resource: string, clientId: string, tenantId: string) => {
    const api = deps.tenants.apiOf(resource);
    if (resource === graphResource || api === undefined) {
      const aud = resource === graphResource ? graphAppId : resource;
      return { aud, iss: issuerV1(tenantId), ver: '1.0', appid: clientId };
    }
    return api.accessTokenVersion === 2
      ? { aud: api.clientId, iss: issuerV2(tenantId), ver: '2.0', azp: clientId }
      : { aud: api.appIdUri, iss: issuerV1(tenantId), ver: '1.0', appid: clientId };
  };

  return {
    sign,
    accessToken(app, user, resource, scopes) {
      const claims = resourceClaims(resource, app.clientId, user.tenantId);
      return sign({
        ...claims,
        ...times(accessTokenSeconds),
        ...(claims.ver === '2.0'
          ? { preferred_username: user.userName, azpacr: app.secrets.length > 0 ? '1' : '0' }
          : { upn: user.userName, unique_name: user.userName, appidacr: '0' }),
        name: user.name,
        oid: user.oid,
        sub: `${user.oid}.${app.clientId}`,
        tid: user.tenantId,
        scp: scopes.join(' '),
        uti: randomUUID(),
      });
    },
    appToken(app, tenantId, resource) {
      const oid = `app-${app.clientId}`;
      return sign({
        ...resourceClaims(resource, app.clientId, tenantId),
        ...times(accessTokenSeconds),
        idtyp: 'app',
        oid,
        sub: oid,
        tid: tenantId,
        roles: resource === graphResource ? app.graphRoles : [],
        uti: randomUUID(),
      });
    },
    idToken(app, user, nonce) {
      return sign({
        aud: app.clientId,
        iss: issuerV2(user.tenantId),
        ...times(3600),
        ...(nonce !== undefined && { nonce }),
        name: user.name,
        oid: user.oid,
        preferred_username: user.userName,
        sub: `${user.oid}.${app.clientId}`,
        tid: user.tenantId,
        ver: '2.0',
      });
    },
  };
}
