/** The way into an installation that starts empty, over HTTP on everything that `app.ts` wires. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apiBase } from '../../shared/api';
import { brokenPasswordRules } from '../../shared/profile';
import { createApp } from '../../sync-service/app';
import type { App } from '../../sync-service/app';
import { readConfig } from '../../sync-service/config';
import { createInlineWork } from '../../sync-service/database/background-work';
import { openDatabase } from '../../sync-service/database/database';
import { migrate } from '../../sync-service/database/migrate';
import { startHttpServer } from '../../sync-service/http/http-server';
import { createLogger } from '../../sync-service/logger';

const wish = {
  userName: 'boss',
  password: 'Boss-1234!',
  displayName: 'The Boss',
  site: { name: 'München', dialPlan: { countryCode: '49', areaCode: '89' } },
};

let app: App;
let stop: () => Promise<void>;
let send: (method: string, path: string, body?: unknown) => Promise<{ status: number; body: unknown }>;

beforeEach(async () => {
  const database = openDatabase(':memory:');
  await migrate(database);
  app = await createApp({
    config: readConfig({ PORT: '0' }),
    version: '0.0.0',
    database,
    work: createInlineWork([]),
    telephoneSystems: {},
    paneDirectory: '/nowhere',
    officeJsDirectory: undefined,
    logger: createLogger('silent'),
  });
  await app.start();
  const server = await startHttpServer(app.http, { port: 0, host: '127.0.0.1' });
  send = async (method, path, body) => {
    const response = await fetch(server.url + apiBase + path, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    return { status: response.status, body: await response.json() };
  };
  stop = async () => {
    await app.stop();
    await server.close(100);
    await database.destroy();
  };
});
afterEach(() => stop());

const printCode = async () => (await app.people.firstAdministrator.printCode('service')) ?? '';
const redeem = (code: string, more: Partial<typeof wish> = {}) =>
  send('POST', '/first-administrator', { code, ...wish, ...more });
const needsAdministrator = async () => (await send('GET', '/installation')).body;

describe('the first administrator over HTTP', () => {
  it('is needed, gets in with the code, signs in, and is needed no more', async () => {
    expect(await needsAdministrator()).toMatchObject({ needsAdministrator: true });
    const code = await printCode();
    const made = await redeem(code);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ user: { userName: 'boss', displayName: 'The Boss', role: 'admin' } });
    expect(await needsAdministrator()).toMatchObject({ needsAdministrator: false });

    const { userName, password } = wish;
    const signedIn = await send('POST', '/sessions', { userName, password });
    expect(signedIn.body).toMatchObject({ mustChangePassword: false, user: { userName } });
    expect(await redeem(code, { userName: 'second' })).toMatchObject({
      status: 403,
      body: { code: 'one-time-code-refused' },
    });
  });

  it('is locked out by ten wrong codes, the right one included, until another one is printed', async () => {
    const code = await printCode();
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expect((await redeem('00000-00000-00000-00000')).body).toMatchObject({ code: 'one-time-code-refused' });
    }
    expect((await redeem(code)).body).toMatchObject({ code: 'one-time-code-refused' });
    expect(await needsAdministrator()).toMatchObject({ needsAdministrator: true });
    expect((await redeem(await printCode())).status).toBe(201);
  });

  it('is told which field is wrong, and the code stays good', async () => {
    const code = await printCode();
    expect(await redeem(code, { password: 'weak' })).toMatchObject({
      status: 422,
      body: {
        code: 'password-too-weak',
        details: brokenPasswordRules('weak').map((reason) => ({ field: 'body.password', reason })),
      },
    });
    const unnamed = await send('POST', '/first-administrator', { ...wish, code, site: { name: 'Nowhere' } });
    expect(unnamed).toMatchObject({
      status: 404,
      body: { code: 'not-found', details: [{ field: 'site', reason: 'unknown' }] },
    });
    const malformed = await redeem(code, { site: { name: 'M', dialPlan: { countryCode: '+49', areaCode: '' } } });
    expect(malformed).toMatchObject({ status: 400, body: { code: 'request-invalid' } });
    expect((await redeem(code)).status).toBe(201);
  });
});
