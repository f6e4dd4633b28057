/** The authorization endpoint: what it refuses, the sign-in page, the consent page, and the way back to the application. */
import { randomUUID } from 'node:crypto';
import { EntraError } from './entra-error';
import type { EntraCode } from './entra-error';
import type { Grants } from './grants';
import type { IdentityUser, RegisteredApp, Tenants } from './tenants';

export interface AuthorizeRequest {
  readonly app: RegisteredApp;
  readonly tenant: string;
  readonly redirectUri: string;
  readonly responseMode: 'query' | 'fragment';
  readonly scope: string;
  readonly state: string | undefined;
  readonly nonce: string | undefined;
  readonly prompt: string | undefined;
  readonly loginHint: string | undefined;
  readonly codeChallenge: string | undefined;
  readonly spa: boolean;
}

/** What the browser gets: a page, or the way to another address; perhaps a cookie that says who is signed in. */
export interface PageAnswer {
  readonly status: number;
  readonly html?: string;
  readonly location?: string;
  readonly signedIn?: string;
}

const sharedTenants = new Set(['common', 'organizations']);

export function createAuthorizeEndpoint(deps: { readonly tenants: Tenants; readonly grants: Grants }) {
  const flows = new Map<string, AuthorizeRequest>();

  /** @throws EntraError that is shown as a page: the address to go back to cannot be trusted yet. */
  const read = (tenant: string, query: URLSearchParams): AuthorizeRequest => {
    const app = deps.tenants.findApp(query.get('client_id') ?? '');
    if (app === undefined) throw new EntraError('AADSTS700016');
    if (sharedTenants.has(tenant)) {
      if (!app.multiTenant) throw new EntraError('AADSTS50194');
    } else if (!deps.tenants.hasTenant(tenant)) throw new EntraError('AADSTS90002');
    else if (tenant !== app.tenantId && !app.multiTenant) throw new EntraError('AADSTS700016');
    const redirectUri = query.get('redirect_uri') ?? '';
    const spa = app.spaRedirectUris.includes(redirectUri);
    if (!spa && !app.webRedirectUris.includes(redirectUri)) throw new EntraError('AADSTS50011');
    const text = (name: string) => query.get(name) ?? undefined;
    return {
      app,
      tenant,
      redirectUri,
      responseMode: query.get('response_mode') === 'fragment' ? 'fragment' : 'query',
      scope: query.get('scope') ?? '',
      state: text('state'),
      nonce: text('nonce'),
      prompt: text('prompt'),
      loginHint: text('login_hint'),
      codeChallenge: query.get('code_challenge_method') === 'S256' ? text('code_challenge') : undefined,
      spa,
    };
  };

  const back = (request: AuthorizeRequest, parameters: Record<string, string | undefined>): PageAnswer => {
    const url = new URL(request.redirectUri);
    const answer = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...parameters, state: request.state })) {
      if (value !== undefined) answer.set(name, value);
    }
    if (request.responseMode === 'fragment') url.hash = answer.toString();
    else answer.forEach((value, name) => url.searchParams.set(name, value));
    return { status: 302, location: url.href };
  };
  const backWithError = (request: AuthorizeRequest, code: EntraCode) => {
    const error = new EntraError(code);
    return back(request, {
      error: error.kind.error,
      error_description: error.message,
      ...(error.kind.suberror !== undefined && { suberror: error.kind.suberror }),
    });
  };

  /** The user is known; whether he gets a code. */
  const decide = (request: AuthorizeRequest, user: IdentityUser): PageAnswer => {
    const silent = request.prompt === 'none';
    const { app } = request;
    const foreign = !sharedTenants.has(request.tenant) && user.tenantId !== request.tenant;
    if (foreign) return silent ? backWithError(request, 'AADSTS50020') : troublePage(request, 'AADSTS50020');
    // The second factor is what an interactive sign-in asks for.
    if (user.trouble === 'AADSTS50076' && !silent) user.trouble = undefined;
    if (user.trouble !== undefined) {
      return silent ? backWithError(request, user.trouble) : troublePage(request, user.trouble);
    }
    const asked = request.prompt === 'consent' || !deps.tenants.hasConsent(app, user);
    if (asked && silent) return backWithError(request, 'AADSTS65001');
    if (asked) return app.consent === 'admin' ? troublePage(request, 'AADSTS90094') : consentPage(request, user);
    return withCode(request, user);
  };

  const withCode = (request: AuthorizeRequest, user: IdentityUser): PageAnswer => {
    const code = deps.grants.addCode({ request, user });
    const clientInfo = Buffer.from(JSON.stringify({ uid: user.oid, utid: user.tenantId })).toString('base64url');
    return { ...back(request, { code, client_info: clientInfo, session_state: randomUUID() }), signedIn: user.oid };
  };

  const remember = (request: AuthorizeRequest) => {
    const id = randomUUID();
    flows.set(id, request);
    return id;
  };
  const signInPage = (request: AuthorizeRequest, trouble?: EntraCode): PageAnswer => ({
    status: 200,
    html: page(
      'Sign in',
      `${trouble === undefined ? '' : `<p role="alert">${new EntraError(trouble).message}</p>`}
      <form method="post" action="/flow/sign-in"><input type="hidden" name="flow" value="${remember(request)}">
      <label>User name <input name="userName" value="${escape(request.loginHint ?? '')}"></label>
      <label>Password <input name="password" type="password"></label><button>Sign in</button></form>`,
    ),
  });
  const consentPage = (request: AuthorizeRequest, user: IdentityUser): PageAnswer => ({
    status: 200,
    signedIn: user.oid,
    html: page(
      'Permissions requested',
      `<form method="post" action="/flow/consent"><input type="hidden" name="flow" value="${remember(request)}">
      <input type="hidden" name="oid" value="${user.oid}"><p>${escape(request.scope)}</p>
      <button name="answer" value="accept">Accept</button><button name="answer" value="cancel">Cancel</button></form>`,
    ),
  });
  const troublePage = (request: AuthorizeRequest, code: EntraCode): PageAnswer => ({
    status: 200,
    html: page(
      "Sorry, but we're having trouble signing you in.",
      `<p role="alert">${new EntraError(code).message}</p>
      <a href="${escape(backWithError(request, code).location ?? '')}">Return to the application</a>`,
    ),
  });

  return {
    /** `signedIn` are the users whom the browser's cookie names. */
    begin(tenant: string, query: URLSearchParams, signedIn: readonly string[]): PageAnswer {
      const request = read(tenant, query);
      if (query.get('response_type') !== 'code') return backWithError(request, 'AADSTS90014');
      if (request.spa && request.codeChallenge === undefined) return backWithError(request, 'AADSTS9002325');
      try {
        deps.tenants.readScopes(request.scope);
      } catch (error) {
        if (!(error instanceof EntraError)) throw error;
        return backWithError(request, error.code);
      }
      const users = signedIn.flatMap((oid) => deps.tenants.findUserById(oid) ?? []);
      const hinted = users.filter((user) => user.userName.toLowerCase() === request.loginHint?.toLowerCase());
      const [only] = request.loginHint === undefined ? users : hinted;
      if (request.prompt === 'none') {
        if (only === undefined) return backWithError(request, 'AADSTS50058');
        return users.length > 1 && request.loginHint === undefined
          ? backWithError(request, 'AADSTS16000')
          : decide(request, only);
      }
      const asks = request.prompt === 'login' || request.prompt === 'select_account';
      return only !== undefined && !asks ? decide(request, only) : signInPage(request);
    },
    /** The sign-in page was sent. */
    signIn(form: URLSearchParams): PageAnswer {
      const request = flows.get(form.get('flow') ?? '');
      if (request === undefined) throw new EntraError('AADSTS90014');
      const user = deps.tenants.findUser(form.get('userName') ?? '');
      if (user === undefined || user.password !== form.get('password')) return signInPage(request, 'AADSTS50126');
      const answer = decide(request, user);
      return { signedIn: user.oid, ...answer };
    },
    /** The consent page was sent. */
    consent(form: URLSearchParams): PageAnswer {
      const request = flows.get(form.get('flow') ?? '');
      const user = deps.tenants.findUserById(form.get('oid') ?? '');
      if (request === undefined || user === undefined) throw new EntraError('AADSTS90014');
      if (form.get('answer') !== 'accept') return backWithError(request, 'AADSTS65004');
      deps.tenants.grant(request.app, user);
      return withCode(request, user);
    },
    errorPage: (error: EntraError): PageAnswer => ({
      status: error.status,
      html: page("Sorry, but we're having trouble signing you in.", `<p role="alert">${error.message}</p>`),
    }),
  };
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1>${body}</html>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
