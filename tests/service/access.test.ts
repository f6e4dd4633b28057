/** Walks every route of the contract with everybody who may not call it. No handler is ever reached. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../shared/api';
import { route as declare } from '../../shared/api/route';
import type { RouteDefinition } from '../../shared/api/route';
import { accessTokenMs } from '../../sync-service/accounts/session.service';
import { bind } from '../../sync-service/http/binding';
import { problemOf, startService } from './start-service';
import type { RunningService } from './start-service';

/** Routes that the harness serves itself. */
const served = new Set(['getHealth', 'getInstallation', 'getOpenApi', 'signIn', 'renewSession', 'signOut']);
for (const name of ['getProfile', 'changeSettings', 'changePassword', 'streamEvents']) served.add(name);

/** Whatever the contract has for administrators, and one that it surely has. */
const administration = declare({
  name: 'administration',
  method: 'POST',
  path: '/administration/{id}',
  access: 'admin',
  summary: 'Only here.',
  status: 204,
  errors: [],
});

const reached: string[] = [];
let service: RunningService;
let tokens: Record<'anna' | 'admin' | 'newcomer' | 'expired' | 'signedOut' | 'disabled', string>;

beforeAll(async () => {
  service = await startService({
    // Every request of this walk comes from one address.
    rateLimits: { user: 10_000, pictures: 10_000, password: 10_000, renewal: 10_000, anonymous: 10_000 },
    routes: () =>
      [...routes.filter((route) => !served.has(route.name)), administration].map((route) =>
        bind(route, () => {
          reached.push(route.name);
          return undefined;
        }),
      ),
  });
  const expired = (await service.signIn('anna')).session.token;
  service.clock.advance(accessTokenMs);
  const signedOut = (await service.signIn('anna')).session.token;
  await service.send('DELETE', '/sessions/current', { token: signedOut });
  const disabled = (await service.signIn('bert')).session.token;
  await service.database
    .updateTable('users')
    .set({ disabled_at: new Date(service.clock.time).toISOString() })
    .where('id', '=', service.userIds.bert)
    .execute();
  tokens = {
    expired,
    signedOut,
    disabled,
    anna: (await service.signIn('anna')).session.token,
    admin: (await service.signIn('admin')).session.token,
    newcomer: (await service.signIn('newcomer')).session.token,
  };
});
afterAll(() => service.stop());

function call(route: RouteDefinition, token?: string, headers: Record<string, string> = {}): Promise<Response> {
  const path = route.path.replaceAll(/\{\w+\}/g, '1');
  return service.send(route.method, path, {
    ...(token !== undefined && { token }),
    headers,
    ...(route.method !== 'GET' && { body: {} }),
  });
}

const guarded: RouteDefinition[] = [...routes, administration].filter((route) => route.access !== 'public');

function named(those: readonly RouteDefinition[]) {
  return those.map((route) => [`${route.method} ${route.path}`, route] as const);
}

describe.each(named(guarded))('%s', (_name, route) => {
  it('refuses nobody, made-up tokens, and tokens of sessions that are over', async () => {
    const attempts = [
      call(route),
      call(route, 'made-up'),
      call(route, tokens.expired),
      call(route, tokens.signedOut),
      call(route, tokens.disabled),
      call(route, undefined, { authorization: `Basic ${btoa('anna:Anna-330!')}` }),
      call(route, undefined, { authorization: `Bearer ${tokens.anna} ${tokens.anna}` }),
      call(route, undefined, { cookie: `token=${tokens.anna}` }),
    ];
    for (const response of await Promise.all(attempts)) {
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(await problemOf(response)).toMatchObject({ code: 'not-signed-in', status: 401 });
    }
  });

  it('takes no token from the address', async () => {
    const path = `${route.path.replaceAll(/\{\w+\}/g, '1')}?access_token=${tokens.anna}`;
    const response = await service.send(route.method, path, route.method === 'GET' ? {} : { body: {} });
    expect((await problemOf(response)).code).toBe('not-signed-in');
  });
});

it.each(named(guarded.filter((route) => route.access === 'admin')))(
  '%s refuses who is no administrator',
  async (_name, route) => {
    expect(await problemOf(await call(route, tokens.anna))).toMatchObject({ code: 'forbidden', status: 403 });
  },
);

it.each(named(guarded.filter((route) => route.access === 'user' && route.beforePasswordChange !== true)))(
  '%s refuses whoever has yet to change his initial password',
  async (_name, route) => {
    expect(await problemOf(await call(route, tokens.newcomer))).toMatchObject({ code: 'password-change-required' });
  },
);

describe('after the walk', () => {
  it('no handler was reached', () => {
    expect(reached).toEqual([]);
  });

  it('an administrator reaches what is for administrators', async () => {
    expect((await call(administration, tokens.admin)).status).toBe(204);
    expect(reached).toEqual(['administration']);
  });
});

describe('everybody else', () => {
  /** One ends the session, the other does not end by itself. */
  const others = guarded.filter((route) => route.name !== 'signOut' && route.name !== 'streamEvents');
  /** What stands in the way of whom. */
  const refusals = ['not-signed-in', 'forbidden', 'password-change-required'];
  const codeFor = async (route: RouteDefinition, token: string) => {
    const response = await call(route, token);
    return response.ok ? undefined : (await problemOf(response)).code;
  };

  it.each(named(others))('%s lets the administrator in, and the user where it is for users', async (_name, route) => {
    expect(refusals).not.toContain(await codeFor(route, tokens.admin));
    if (route.access === 'user') expect(refusals).not.toContain(await codeFor(route, tokens.anna));
  });
});
