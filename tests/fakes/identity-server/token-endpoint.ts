/** The token endpoint: authorization codes of pages and of confidential clients, refresh tokens, client credentials. */
import { createHash } from 'node:crypto';
import { EntraError } from './entra-error';
import { spaRefreshSeconds } from './grants';
import type { Grants } from './grants';
import { accessTokenSeconds } from './signed-tokens';
import type { TokenIssuer } from './signed-tokens';
import { graphResource } from './tenants';
import type { IdentityUser, RegisteredApp, Tenants } from './tenants';

export interface TokenRequest {
  readonly tenant: string;
  readonly form: URLSearchParams;
  /** The `Origin` header: a page asks. */
  readonly fromPage: boolean;
  /** Client id and secret of a Basic header. */
  readonly basic?: { readonly clientId: string; readonly secret: string };
}

export function createTokenEndpoint(deps: {
  readonly tenants: Tenants;
  readonly grants: Grants;
  readonly issuer: TokenIssuer;
}) {
  const { tenants, grants, issuer } = deps;

  const answer = async (
    app: RegisteredApp,
    user: IdentityUser,
    more: { readonly scope: string; readonly spa: boolean; readonly nonce?: string; readonly until?: number },
  ) => {
    const { openId, resources } = tenants.readScopes(more.scope);
    if (resources.size > 1) throw new EntraError('AADSTS28000');
    if (user.trouble !== undefined) throw new EntraError(user.trouble);
    if (!tenants.hasConsent(app, user)) throw new EntraError('AADSTS65001');
    const [[resource, asked] = [graphResource, ['User.Read']]] = resources;
    const names = asked.includes('.default') ? scopesOf(resource) : asked;
    const prefix = resource === graphResource ? '' : `${resource}/`;
    return {
      token_type: 'Bearer',
      scope: [...names.map((name) => prefix + name), ...openId.filter((name) => name !== 'offline_access')].join(' '),
      expires_in: accessTokenSeconds,
      ext_expires_in: accessTokenSeconds,
      access_token: await issuer.accessToken(app, user, resource, names),
      ...(openId.includes('offline_access') && {
        refresh_token: grants.addRefreshToken({
          app,
          user,
          spa: more.spa,
          ...(more.until !== undefined && { until: more.until }),
        }),
        ...(more.spa && { refresh_token_expires_in: spaRefreshSeconds }),
      }),
      ...(openId.includes('openid') && { id_token: await issuer.idToken(app, user, more.nonce) }),
      client_info: Buffer.from(JSON.stringify({ uid: user.oid, utid: user.tenantId })).toString('base64url'),
    };
  };
  const scopesOf = (resource: string) => tenants.apiOf(resource)?.scopes ?? ['Contacts.Read', 'User.Read'];

  /** @throws EntraError where a confidential client does not prove itself. */
  const prove = (app: RegisteredApp, request: TokenRequest) => {
    const secret = request.basic?.secret ?? request.form.get('client_secret');
    if (secret === null) throw new EntraError('AADSTS7000218');
    if (!app.secrets.includes(secret)) throw new EntraError('AADSTS7000215');
  };

  const byCode = async (app: RegisteredApp, request: TokenRequest) => {
    const { form } = request;
    const code = grants.redeem(form.get('code') ?? '');
    const { spa, redirectUri, codeChallenge, nonce } = code.request;
    if (code.request.app !== app) throw new EntraError('AADSTS70000');
    if (form.get('redirect_uri') !== redirectUri) throw new EntraError('AADSTS50011');
    if (request.fromPage && !spa) throw new EntraError('AADSTS9002326');
    if (!request.fromPage && spa) throw new EntraError('AADSTS9002327');
    if (!spa) prove(app, request);
    if (codeChallenge !== undefined && s256(form.get('code_verifier') ?? '') !== codeChallenge) {
      throw new EntraError('AADSTS501481');
    }
    const scope = form.get('scope') ?? code.request.scope;
    return answer(app, code.user, { scope, spa, ...(nonce !== undefined && { nonce }) });
  };

  const byRefreshToken = (app: RegisteredApp, request: TokenRequest) => {
    const grant = grants.findRefreshToken(request.form.get('refresh_token') ?? '');
    if (grant.app !== app) throw new EntraError('AADSTS70000');
    if (request.fromPage !== grant.spa) throw new EntraError(grant.spa ? 'AADSTS9002327' : 'AADSTS9002326');
    if (!grant.spa) prove(app, request);
    return answer(app, grant.user, {
      scope: request.form.get('scope') ?? '',
      spa: grant.spa,
      ...(grant.spa && { until: grant.until }),
    });
  };

  const byCredentials = async (app: RegisteredApp, request: TokenRequest) => {
    prove(app, request);
    if (!tenants.hasTenant(request.tenant)) throw new EntraError('AADSTS90002');
    const { resources } = tenants.readScopes(request.form.get('scope') ?? '');
    const [[resource, names] = ['', []]] = resources;
    if (resources.size !== 1 || names.join() !== '.default') throw new EntraError('AADSTS70011');
    return {
      token_type: 'Bearer',
      expires_in: accessTokenSeconds,
      ext_expires_in: accessTokenSeconds,
      access_token: await issuer.appToken(app, request.tenant, resource),
    };
  };

  /** The body of the answer. @throws EntraError */
  return async (request: TokenRequest): Promise<Record<string, unknown>> => {
    const app = tenants.findApp(request.basic?.clientId ?? request.form.get('client_id') ?? '');
    if (app === undefined) throw new EntraError('AADSTS700016');
    switch (request.form.get('grant_type')) {
      case 'authorization_code':
        return byCode(app, request);
      case 'refresh_token':
        return byRefreshToken(app, request);
      case 'client_credentials':
        return byCredentials(app, request);
      default:
        throw new EntraError('AADSTS70003');
    }
  };
}

function s256(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
