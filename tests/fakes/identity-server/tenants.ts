/** What is registered at the identity server: tenants with users, applications, and what was consented to. */
import { randomUUID } from 'node:crypto';
import type { EntraCode } from './entra-error';
import { EntraError } from './entra-error';

export const graphResource = 'https://graph.microsoft.com';
export const graphAppId = '00000003-0000-0000-c000-000000000000';

export interface IdentityUser {
  readonly tenantId: string;
  /** Object id, `oid`. */
  readonly oid: string;
  /** User principal name, such as `alice@contoso.example`. */
  readonly userName: string;
  readonly name: string;
  readonly password: string;
  /** What Entra answers for this user until it is taken away; AADSTS50076 ends with the next interactive sign-in. */
  trouble: EntraCode | undefined;
}

export interface RegisteredApp {
  readonly clientId: string;
  readonly tenantId: string;
  /** Users of other tenants may sign in. */
  readonly multiTenant: boolean;
  readonly spaRedirectUris: readonly string[];
  readonly webRedirectUris: readonly string[];
  /** Secrets of a confidential client. */
  readonly secrets: readonly string[];
  /** Application ID URI of the API that it offers, such as `api://…`. */
  readonly appIdUri: string;
  /** Scopes of that API. */
  readonly scopes: readonly string[];
  /** `requestedAccessTokenVersion` of the manifest. */
  readonly accessTokenVersion: 1 | 2;
  /** Application permissions at Graph that an administrator granted: `roles` of an app-only token. */
  readonly graphRoles: readonly string[];
  /** `granted`: an administrator has; `user`: each user is asked; `admin`: only an administrator can. */
  consent: 'granted' | 'user' | 'admin';
}

/** Scopes that belong to no resource. */
const openIdScopes = new Set(['openid', 'profile', 'email', 'offline_access']);
const graphScopes = new Set([
  'User.Read',
  'Contacts.Read',
  'Contacts.ReadWrite',
  'Contacts.Read.Shared',
  'People.Read',
]);

export interface ReadScopes {
  readonly openId: readonly string[];
  /** At most one resource's; undefined where only OpenID scopes are asked for. */
  readonly resources: ReadonlyMap<string, readonly string[]>;
}

export function createTenants() {
  const tenants = new Set<string>();
  const users: IdentityUser[] = [];
  const apps = new Map<string, RegisteredApp>();
  const consents = new Set<string>();

  const resourceOf = (scope: string): { resource: string; name: string } => {
    if (!scope.includes('/')) return { resource: graphResource, name: scope };
    const at = scope.lastIndexOf('/');
    return { resource: scope.slice(0, at), name: scope.slice(at + 1) };
  };
  const apiOf = (resource: string) =>
    [...apps.values()].find((app) => app.appIdUri === resource || app.clientId === resource);

  return {
    addTenant(id: string = randomUUID()): string {
      tenants.add(id);
      return id;
    },
    hasTenant: (id: string) => tenants.has(id),
    addUser(user: {
      tenantId: string;
      userName: string;
      oid?: string;
      name?: string;
      password?: string;
    }): IdentityUser {
      tenants.add(user.tenantId);
      const added = {
        oid: randomUUID(),
        name: user.userName.split('@')[0] ?? '',
        password: 'Entra-Pass-1',
        ...user,
        trouble: undefined,
      };
      users.push(added);
      return added;
    },
    findUser: (userName: string) => users.find((user) => user.userName.toLowerCase() === userName.toLowerCase()),
    findUserById: (oid: string) => users.find((user) => user.oid === oid),
    register(app: Partial<RegisteredApp> & { tenantId: string }): RegisteredApp {
      tenants.add(app.tenantId);
      const clientId = app.clientId ?? randomUUID();
      const registered: RegisteredApp = {
        multiTenant: false,
        spaRedirectUris: [],
        webRedirectUris: [],
        secrets: [],
        appIdUri: `api://${clientId}`,
        scopes: ['access_as_user'],
        accessTokenVersion: 2,
        graphRoles: [],
        consent: 'granted',
        ...app,
        clientId,
      };
      apps.set(clientId, registered);
      return registered;
    },
    findApp: (clientId: string) => apps.get(clientId),
    apiOf,

    /** @throws EntraError AADSTS70011 or AADSTS65005 for what cannot be read or does not exist. */
    readScopes(written: string): ReadScopes {
      const openId: string[] = [];
      const resources = new Map<string, string[]>();
      for (const scope of written.split(/\s+/).filter((part) => part !== '')) {
        if (openIdScopes.has(scope)) {
          openId.push(scope);
          continue;
        }
        const { resource, name } = resourceOf(scope);
        const known = resource === graphResource ? graphScopes : new Set(apiOf(resource)?.scopes ?? []);
        if (name !== '.default' && !known.has(name)) throw new EntraError('AADSTS65005');
        resources.set(resource, [...(resources.get(resource) ?? []), name]);
      }
      if (openId.length === 0 && resources.size === 0) throw new EntraError('AADSTS70011');
      return { openId, resources };
    },
    hasConsent: (app: RegisteredApp, user: IdentityUser) =>
      app.consent === 'granted' || consents.has(`${app.clientId} ${user.oid}`),
    grant: (app: RegisteredApp, user: IdentityUser) => void consents.add(`${app.clientId} ${user.oid}`),
  };
}

export type Tenants = ReturnType<typeof createTenants>;
