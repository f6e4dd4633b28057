import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../../shared/api/sessions';
import { defaultSettings } from '../../shared/profile';
import { accessTokenMs, sessionMs } from '../../sync-service/accounts/session.service';
import { renewalGraceMs } from '../../sync-service/accounts/session-renewal';
import { cookieOf, people, problemOf, startService } from './start-service';
import type { RunningService } from './start-service';

let service: RunningService;

beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.stop());

async function renew(cookie: string, headers: Record<string, string> = {}) {
  const response = await service.send('POST', '/sessions/renew', { cookie, headers });
  const session = response.status === 200 ? ((await response.clone().json()) as Session) : undefined;
  return { response, status: response.status, token: session?.token ?? '', cookie: cookieOf(response) };
}

async function works(token: string): Promise<boolean> {
  return (await service.send('GET', '/me', { token })).status === 200;
}

describe('signing in', () => {
  it('answers with token, its end and the user, and sets the renewal cookie', async () => {
    const { session, cookie } = await service.signIn('anna');
    expect(session.user).toMatchObject({ userName: 'anna', extension: '330', role: 'user' });
    expect(session.mustChangePassword).toBe(false);
    expect(Date.parse(session.expiresAt)).toBe(service.clock.time + accessTokenMs);
    expect(cookie).toMatch(/^mycontacts-renewal=[\w-]{43}\.[\w-]{43}$/);
    expect(await works(session.token)).toBe(true);
  });

  it('stores no secret of a session as it is', async () => {
    const { session, cookie } = await service.signIn('anna');
    const rows = JSON.stringify([
      await service.database.selectFrom('sessions').selectAll().execute(),
      await service.database.selectFrom('access_tokens').selectAll().execute(),
    ]);
    expect(rows).not.toContain(session.token);
    for (const part of (cookie.split('=')[1] ?? '').split('.')) expect(rows).not.toContain(part);
  });

  it('takes the user name in any case', async () => {
    const response = await service.send('POST', '/sessions', { body: { userName: 'ANNA', password: 'Anna-330!' } });
    expect(response.status).toBe(200);
  });

  it('gives the same answer for a wrong password, an unknown user and a disabled one', async () => {
    await service.database
      .updateTable('users')
      .set({ disabled_at: new Date().toISOString() })
      .where('id', '=', service.userIds.bert)
      .execute();
    const answers = await Promise.all(
      [
        { userName: 'anna', password: 'wrong' },
        { userName: 'nobody', password: 'wrong' },
        { userName: 'bert', password: people.bert.password },
      ].map(async (body) => {
        const { correlationId: _, ...problem } = await problemOf(await service.send('POST', '/sessions', { body }));
        return problem;
      }),
    );
    expect(answers[0]).toMatchObject({ code: 'credentials-wrong', status: 401 });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it('checks a password for unknown users too, so that the time tells nothing', async () => {
    let checks = 0;
    await service.stop();
    service = await startService({
      hashing: {
        hash: (password) => Promise.resolve(`plain:${password}`),
        verify: (stored, password) => {
          checks += 1;
          return Promise.resolve(stored === `plain:${password}`);
        },
      },
    });
    await service.send('POST', '/sessions', { body: { userName: 'nobody', password: 'x' } });
    expect(checks).toBe(1);
    await service.send('POST', '/sessions', { body: { userName: 'anna', password: 'x' } });
    expect(checks).toBe(2);
  });

  it('locks a user name after five failures, known or not, even for the right password, and opens again', async () => {
    for (const userName of ['anna', 'nobody']) {
      const attempt = (password: string) => service.send('POST', '/sessions', { body: { userName, password } });
      for (let failure = 0; failure < 5; failure += 1) expect((await attempt('wrong')).status).toBe(401);
      const locked = await attempt(people.anna.password);
      expect(locked.headers.get('retry-after')).toBe('300');
      expect(await problemOf(locked)).toMatchObject({ code: 'sign-in-locked', status: 429, retryAfterMs: 300_000 });
    }
    service.clock.advance(300_000);
    await service.signIn('anna');
  });

  it('counts many attempts at the same instant like many after another', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, () =>
        service.send('POST', '/sessions', { body: { userName: 'anna', password: 'wrong' } }),
      ),
    );
    expect(answers.filter((answer) => answer.status === 401)).toHaveLength(5);
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(25);
  });

  it('is refused from a page of another origin', async () => {
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1']) {
      const response = await service.send('POST', '/sessions', {
        body: { userName: 'anna', password: people.anna.password },
        headers: { origin },
      });
      expect(await problemOf(response)).toMatchObject({ code: 'origin-refused', status: 403 });
    }
    const own = await service.send('POST', '/sessions', {
      body: { userName: 'anna', password: people.anna.password },
      headers: { origin: service.url },
    });
    expect(own.status).toBe(200);
  });

  it('logs neither user name nor password', async () => {
    await service.signIn('anna');
    await service.send('POST', '/sessions', { body: { userName: 'Secretname', password: 'Secretword1!' } });
    const log = service.log.join('');
    expect(log).toContain('signIn');
    for (const secret of [people.anna.password, 'Secretname', 'Secretword1!']) expect(log).not.toContain(secret);
  });
});

describe('the renewal cookie', () => {
  it('over https is HttpOnly, Secure, SameSite=None, Partitioned and limited to the renewal', async () => {
    await service.stop();
    service = await startService({ secureCookies: true, basePath: '/contacts' });
    const response = await service.send('POST', '/sessions', {
      body: { userName: 'anna', password: people.anna.password },
    });
    const attributes = (response.headers.getSetCookie()[0] ?? '').split('; ').slice(1);
    expect(attributes.sort()).toEqual([
      'HttpOnly',
      'Max-Age=2592000',
      'Partitioned',
      'Path=/contacts/api/v1/sessions/renew',
      'SameSite=None',
      'Secure',
    ]);
  });

  it('brings a new token and is rotated at each use; earlier tokens go on until they run out', async () => {
    const { session, cookie } = await service.signIn('anna');
    const first = await renew(cookie);
    const second = await renew(first.cookie);
    expect(new Set([cookie, first.cookie, second.cookie]).size).toBe(3);
    for (const token of [session.token, first.token, second.token]) expect(await works(token)).toBe(true);
  });

  it('is refused to a page of another origin and to a cross-site request without origin', async () => {
    const { cookie } = await service.signIn('anna');
    expect((await renew(cookie, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await renew(cookie, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await renew(cookie, { origin: service.url })).status).toBe(200);
  });

  it('is refused when it is missing, made up or of no known session', async () => {
    const { cookie } = await service.signIn('anna');
    const madeUp = `mycontacts-renewal=${'a'.repeat(43)}.${'b'.repeat(43)}`;
    for (const value of ['', 'mycontacts-renewal=', 'mycontacts-renewal=x', madeUp]) {
      expect(await problemOf((await renew(value)).response)).toMatchObject({ code: 'session-ended', status: 401 });
    }
    expect((await renew(cookie)).status).toBe(200);
  });

  it('serves eight runtimes of one browser that renew at the same instant, and leaves one cookie', async () => {
    const { cookie } = await service.signIn('anna');
    const answers = await Promise.all(Array.from({ length: 8 }, () => renew(cookie)));
    expect(answers.map((answer) => answer.status)).toEqual(Array(8).fill(200));
    for (const { token } of answers) expect(await works(token)).toBe(true);
    const cookies = answers.map((answer) => answer.cookie).filter((value) => value !== '');
    expect(cookies).toHaveLength(1);
    service.clock.advance(renewalGraceMs + 1);
    expect((await renew(cookies[0] ?? '')).status).toBe(200);
  });

  it('may come a moment late, even when the new one was used meanwhile', async () => {
    const { cookie } = await service.signIn('anna');
    const first = await renew(cookie);
    await renew(first.cookie);
    service.clock.advance(renewalGraceMs);
    expect((await renew(cookie)).status).toBe(200);
  });

  it('used again later ends the session for both, whoever is the thief', async () => {
    const { session, cookie } = await service.signIn('anna');
    const first = await renew(cookie);
    expect(await works(first.token)).toBe(true);
    service.clock.advance(renewalGraceMs + 1);
    expect(await problemOf((await renew(cookie)).response)).toMatchObject({ code: 'session-ended' });
    expect((await renew(first.cookie)).status).toBe(401);
    expect(await works(session.token)).toBe(false);
    expect(await works(first.token)).toBe(false);
  });

  it('is taken again when the answer got lost with the pane that asked', async () => {
    const { cookie } = await service.signIn('anna');
    const lost = await renew(cookie);
    service.clock.advance(5 * 60_000);
    const again = await renew(cookie);
    expect(again.status).toBe(200);
    expect(again.cookie).not.toBe('');
    // Whoever caught the lost answer must not go on beside it.
    service.clock.advance(renewalGraceMs + 1);
    expect((await renew(lost.cookie)).status).toBe(401);
    expect((await renew(again.cookie)).status).toBe(401);
  });

  it('survives a hundred panes that die at every moment of their renewal', async () => {
    let browser = (await service.signIn('anna')).cookie;
    for (let mail = 0; mail < 100; mail += 1) {
      const pane = await renew(browser);
      expect(pane.status).toBe(200);
      const answerArrived = mail % 3 !== 0;
      if (answerArrived && pane.cookie !== '') browser = pane.cookie;
      if (answerArrived && mail % 2 === 0) expect(await works(pane.token)).toBe(true);
      service.clock.advance((mail % 5) * 4000);
    }
  });
});

describe('a session', () => {
  it('ends its access tokens after 15 minutes', async () => {
    const { session } = await service.signIn('anna');
    service.clock.advance(15 * 60_000 - 1);
    expect(await works(session.token)).toBe(true);
    service.clock.advance(1);
    expect(await problemOf(await service.send('GET', '/me', { token: session.token }))).toMatchObject({
      code: 'not-signed-in',
      status: 401,
    });
  });

  it('lives 30 days from its last renewal', async () => {
    let { cookie } = await service.signIn('anna');
    for (let renewals = 0; renewals < 3; renewals += 1) {
      service.clock.advance(30 * 24 * 60 * 60_000 - 1);
      const renewed = await renew(cookie);
      expect(renewed.status).toBe(200);
      cookie = renewed.cookie;
    }
    service.clock.advance(sessionMs);
    expect((await renew(cookie)).status).toBe(401);
  });

  it('ends with signing out, cookie and all', async () => {
    const { session, cookie } = await service.signIn('anna');
    const other = await service.signIn('anna');
    const response = await service.send('DELETE', '/sessions/current', { token: session.token });
    expect(response.status).toBe(204);
    expect(response.headers.getSetCookie()[0]).toContain('mycontacts-renewal=; Path=/api/v1/sessions/renew; Max-Age=0');
    expect(await works(session.token)).toBe(false);
    expect((await renew(cookie)).status).toBe(401);
    expect(await works(other.session.token)).toBe(true);
  });

  it('ends when its user is disabled', async () => {
    const { session, cookie } = await service.signIn('anna');
    await service.database
      .updateTable('users')
      .set({ disabled_at: new Date().toISOString() })
      .where('id', '=', service.userIds.anna)
      .execute();
    expect(await works(session.token)).toBe(false);
    expect((await renew(cookie)).status).toBe(401);
  });

  it('keeps at most 64 access tokens, the newest', async () => {
    const signedIn = await service.signIn('anna');
    let cookie = signedIn.cookie;
    const oldest = signedIn.session.token;
    let newest = '';
    for (let renewals = 0; renewals < 64; renewals += 1) {
      service.clock.advance(1000);
      const renewed = await renew(cookie);
      cookie = renewed.cookie;
      newest = renewed.token;
    }
    expect(await service.database.selectFrom('access_tokens').select('token_hash').execute()).toHaveLength(64);
    expect(await works(oldest)).toBe(false);
    expect(await works(newest)).toBe(true);
  });

  it('survives a restart of the service', async () => {
    await service.stop();
    const directory = mkdtempSync(join(tmpdir(), 'sessions-'));
    try {
      const databaseFile = join(directory, 'service.db');
      service = await startService({ databaseFile });
      const { session, cookie } = await service.signIn('anna');
      await service.stop();
      service = await startService({ databaseFile });
      expect(await works(session.token)).toBe(true);
      expect((await renew(cookie)).status).toBe(200);
    } finally {
      await service.stop();
      rmSync(directory, { recursive: true });
      service = await startService();
    }
  });

  it('leaves nothing in the store once it has run out', async () => {
    await service.signIn('anna');
    service.clock.advance(sessionMs + 1);
    await service.signIn('bert');
    const rows = await service.database.selectFrom('sessions').select('user_id').execute();
    expect(rows).toEqual([{ user_id: service.userIds.bert }]);
  });
});

describe('changing the password', () => {
  const change = (token: string, oldPassword: string, newPassword: string) =>
    service.send('PUT', '/me/password', { token, body: { oldPassword, newPassword } });

  it('is all that a newcomer can do, and opens the rest', async () => {
    const { session } = await service.signIn('newcomer');
    expect(session.mustChangePassword).toBe(true);
    expect(await problemOf(await service.send('GET', '/me', { token: session.token }))).toMatchObject({
      code: 'password-change-required',
      status: 403,
    });
    const response = await change(session.token, people.newcomer.password, 'Better-99x!');
    const changed = (await response.json()) as Session;
    expect(changed.mustChangePassword).toBe(false);
    expect(await works(changed.token)).toBe(true);
    const signedIn = await service.send('POST', '/sessions', {
      body: { userName: 'newcomer', password: 'Better-99x!' },
    });
    expect(signedIn.status).toBe(200);
  });

  it('names every rule that the new one breaks, and changes nothing', async () => {
    const { session } = await service.signIn('anna');
    const weak = await problemOf(await change(session.token, people.anna.password, 'abc'));
    expect(weak).toMatchObject({ code: 'password-too-weak', status: 422 });
    expect(weak.details?.map((detail) => detail.reason)).toEqual([
      'too-short',
      'upper-case-missing',
      'digit-missing',
      'special-missing',
    ]);
    const same = await problemOf(await change(session.token, people.anna.password, people.anna.password));
    expect(same.details).toEqual([{ field: 'body.newPassword', reason: 'same-as-old' }]);
    await service.signIn('anna');
  });

  it('wants the old password, and locks like signing in', async () => {
    const { session } = await service.signIn('anna');
    for (let failure = 0; failure < 5; failure += 1) {
      expect((await change(session.token, 'wrong', 'Better-99x!')).status).toBe(401);
    }
    expect(await problemOf(await change(session.token, people.anna.password, 'Better-99x!'))).toMatchObject({
      code: 'sign-in-locked',
    });
  });

  it('ends the other sessions of the user and nobody else’s, and makes earlier secrets of this one void', async () => {
    const here = await service.signIn('anna');
    const elsewhere = await service.signIn('anna');
    const bert = await service.signIn('bert');
    const response = await change(here.session.token, people.anna.password, 'Better-99x!');
    const changed = (await response.json()) as Session;
    expect(await works(changed.token)).toBe(true);
    expect(await works(here.session.token)).toBe(false);
    expect((await renew(here.cookie)).status).toBe(401);
    expect(await works(elsewhere.session.token)).toBe(false);
    expect((await renew(elsewhere.cookie)).status).toBe(401);
    expect(await works(bert.session.token)).toBe(true);
    expect((await renew(cookieOf(response))).status).toBe(200);
  });
});

describe('the profile', () => {
  it('tells user, site, devices and settings', async () => {
    const { session } = await service.signIn('anna');
    const profile: unknown = await (await service.send('GET', '/me', { token: session.token })).json();
    expect(profile).toMatchObject({
      user: { userName: 'anna' },
      site: { name: 'Office', timeZone: 'Europe/Berlin', dialPlan: { countryCode: '49' } },
      devices: [{ name: 'Desk phone', isMine: true }],
      settings: { language: 'auto', syncIntervalMinutes: 15 },
    });
  });

  it('keeps the settings that are not named, and remembers the others', async () => {
    const { session } = await service.signIn('anna');
    const response = await service.send('PATCH', '/me/settings', {
      token: session.token,
      body: { skin: 'dark', syncIntervalMinutes: 0 },
    });
    const expected = { ...defaultSettings, skin: 'dark', syncIntervalMinutes: 0 };
    expect(await response.json()).toEqual(expected);
    const again = await service.signIn('anna');
    const profile: unknown = await (await service.send('GET', '/me', { token: again.session.token })).json();
    expect(profile).toMatchObject({ settings: expected });
  });

  it('refuses a setting that is none, by name', async () => {
    const { session } = await service.signIn('anna');
    const response = await service.send('PATCH', '/me/settings', {
      token: session.token,
      body: { skin: 'pink', syncIntervalMinutes: 7 },
    });
    const problem = await problemOf(response);
    expect(problem.code).toBe('request-invalid');
    expect(problem.details?.map((detail) => detail.field)).toEqual(['body.skin', 'body.syncIntervalMinutes']);
  });
});
