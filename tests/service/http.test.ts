import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as z from 'zod/mini';
import { afterEach, describe, expect, it } from 'vitest';
import { idParams, queryNumber } from '../../shared/api/common';
import { route } from '../../shared/api/route';
import { ServiceError } from '../../shared/errors';
import { bind } from '../../sync-service/http/binding';
import type { BoundRoute } from '../../sync-service/http/binding';
import { problemOf, startService } from './start-service';
import type { RunningService, StartOptions } from './start-service';

let service: RunningService;
afterEach(() => service.stop());

const echo = route({
  name: 'echo',
  method: 'POST',
  path: '/echo/{id}',
  access: 'user',
  summary: 'Gives back what it got.',
  params: idParams,
  query: z.object({ limit: z.optional(queryNumber(1, 200)) }),
  body: z.object({
    name: z.string().check(z.minLength(2), z.maxLength(10)),
    kind: z.enum(['a', 'b']),
    numbers: z.array(z.object({ raw: z.string() })).check(z.maxLength(3)),
  }),
  maxBodyBytes: 2048,
  status: 201,
  response: z.looseObject({ id: z.string() }),
  errors: [],
});

const edit = route({
  name: 'edit',
  method: 'PATCH',
  path: '/things/{id}',
  access: 'user',
  summary: 'Wants a version.',
  params: idParams,
  body: z.object({}),
  ifMatch: true,
  status: 200,
  response: z.object({ version: z.number() }),
  errors: [],
});

const upload = route({
  name: 'upload',
  method: 'POST',
  path: '/uploads',
  access: 'user',
  summary: 'Takes a file.',
  file: { maxBytes: 1000, contentTypes: ['text/csv', 'text/vcard'] },
  status: 200,
  response: z.object({ bytes: z.number(), first: z.number() }),
  errors: [],
});

const fail = route({
  name: 'fail',
  method: 'GET',
  path: '/fail/{id}',
  access: 'public',
  summary: 'Fails as asked.',
  params: idParams,
  status: 200,
  response: z.object({ ok: z.boolean() }),
  errors: [],
});

const testRoutes: BoundRoute[] = [
  bind(echo, ({ params, query, body }) => ({ id: params.id, query, body })),
  bind(edit, ({ ifMatch }) => ({ version: ifMatch })),
  bind(upload, ({ body }) => ({ bytes: body.byteLength, first: body[0] ?? -1 })),
  bind(fail, ({ params }): { ok: boolean } => {
    switch (params.id) {
      case 'service-error':
        throw new ServiceError('rate-limited', 'Wait.', { retryAfterMs: 1500 });
      case 'fault':
        throw new Error('secret detail of +49 89 7007 330');
      case 'answer':
        // What a fault in a handler could give although the compiler is content.
        return JSON.parse('{"ok":"yes"}') as { ok: boolean };
      default:
        return { ok: true };
    }
  }),
];

async function start(options: StartOptions = {}): Promise<string> {
  service = await startService({ routes: () => testRoutes, ...options });
  return (await service.signIn('anna')).session.token;
}

const good = { name: 'Anna', kind: 'a', numbers: [{ raw: '330' }] };

describe('a request', () => {
  it('reaches its handler parsed, and the answer has the declared status', async () => {
    const token = await start();
    const response = await service.send('POST', '/echo/x%2Fy?limit=7', { token, body: good });
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ id: 'x/y', query: { limit: 7 }, body: good });
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('that is not of its schema is refused with every field named, in one answer', async () => {
    const token = await start();
    const response = await service.send('POST', `/echo/${'x'.repeat(65)}?limit=201`, {
      token,
      body: { name: 'A', kind: 'c', numbers: [{ raw: 1 }, {}] },
    });
    const problem = await problemOf(response);
    expect(problem).toMatchObject({ code: 'request-invalid', status: 400 });
    expect(problem.details).toEqual([
      { field: 'params.id', reason: 'too-large', value: 64 },
      { field: 'query.limit', reason: 'too-large', value: 200 },
      { field: 'body.name', reason: 'too-small', value: 2 },
      { field: 'body.kind', reason: 'not-one-of', value: 'a, b' },
      { field: 'body.numbers.0.raw', reason: 'wrong-type', value: 'string' },
      { field: 'body.numbers.1.raw', reason: 'missing', value: 'string' },
    ]);
    expect(problem.detail).toContain('body.name: Too small: expected string to have >=2 characters');
  });

  it.each([
    ['no body', undefined, 'request-invalid'],
    ['an empty body', '', 'request-invalid'],
    ['broken JSON', '{"name":', 'request-invalid'],
    ['a text for an object', '"text"', 'request-invalid'],
    ['an array for an object', '[]', 'request-invalid'],
    ['a body over the limit', JSON.stringify({ ...good, more: 'x'.repeat(3000) }), 'body-too-large'],
    ['a body nested a thousand deep', '['.repeat(1000) + ']'.repeat(1000), 'request-invalid'],
  ])('with %s is refused', async (_what, body, code) => {
    const token = await start();
    const response = await service.send('POST', '/echo/1', { token, body });
    expect((await problemOf(response)).code).toBe(code);
  });

  it('with another content type than JSON is refused', async () => {
    const token = await start();
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const response = await service.send('POST', '/echo/1', {
        token,
        body: JSON.stringify(good),
        headers: { 'content-type': type },
      });
      expect(await problemOf(response)).toMatchObject({ code: 'content-type-unsupported', status: 415 });
    }
  });

  it('with a compressed body is refused, so that a small one cannot become a large one', async () => {
    const token = await start();
    const response = await fetch(`${service.api}/echo/1`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync(JSON.stringify(good)),
    });
    expect((await problemOf(response)).code).toBe('content-type-unsupported');
  });

  it('cannot bring a prototype', async () => {
    const token = await start();
    const body = '{"name":"Anna","kind":"a","numbers":[],"__proto__":{"admin":true}}';
    const response = await service.send('POST', '/echo/1', { token, body });
    expect(await response.json()).toEqual({ id: '1', query: {}, body: { name: 'Anna', kind: 'a', numbers: [] } });
  });

  it('with a query given twice or a broken escape is refused', async () => {
    const token = await start();
    const twice = await problemOf(await service.send('POST', '/echo/1?limit=1&limit=2', { token, body: good }));
    expect(twice.details?.[0]?.field).toBe('query.limit');
    const broken = await problemOf(await service.send('POST', '/echo/%E0%A4%A', { token, body: good }));
    expect(broken).toMatchObject({ code: 'request-invalid', details: [{ field: 'path', reason: 'unreadable' }] });
  });
});

describe('an edit', () => {
  it('takes the version from If-Match in the forms in which it is written', async () => {
    const token = await start();
    for (const tag of ['"3"', 'W/"3"', '3']) {
      const response = await service.send('PATCH', '/things/1', { token, body: {}, headers: { 'if-match': tag } });
      expect(await response.json()).toEqual({ version: 3 });
    }
  });

  it('is refused without it, and when it names no version', async () => {
    const token = await start();
    const without = await service.send('PATCH', '/things/1', { token, body: {} });
    expect(await problemOf(without)).toMatchObject({ code: 'version-required', status: 428 });
    for (const tag of ['*', '"a"', '"1", "2"', '-1']) {
      const response = await service.send('PATCH', '/things/1', { token, body: {}, headers: { 'if-match': tag } });
      expect(await problemOf(response)).toMatchObject({ code: 'request-invalid', status: 400 });
    }
  });
});

describe('a file', () => {
  const send = (token: string, type: string, bytes: number) =>
    fetch(`${service.api}/uploads`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      body: new Uint8Array(bytes).fill(255),
    });

  it('arrives as bytes, whatever they are', async () => {
    const token = await start();
    const response = await send(token, 'text/csv; charset=windows-1252', 1000);
    expect(await response.json()).toEqual({ bytes: 1000, first: 255 });
  });

  it('is refused when it is too large or of a type that the route does not take', async () => {
    const token = await start();
    expect(await problemOf(await send(token, 'text/csv', 1001))).toMatchObject({ code: 'body-too-large', status: 413 });
    expect(await problemOf(await send(token, 'image/png', 10))).toMatchObject({ code: 'content-type-unsupported' });
  });
});

describe('an error', () => {
  it('says what a ServiceError says, with Retry-After', async () => {
    await start();
    const response = await service.send('GET', '/fail/service-error');
    expect(response.headers.get('retry-after')).toBe('2');
    expect(await problemOf(response)).toMatchObject({ code: 'rate-limited', detail: 'Wait.', retryAfterMs: 1500 });
  });

  it('that nobody foresaw tells the caller nothing but where to look, and the log masks it', async () => {
    await start();
    const response = await service.send('GET', '/fail/fault', { headers: { 'x-correlation-id': 'my-request-1' } });
    const text = await response.clone().text();
    expect(text).not.toContain('secret');
    expect(await problemOf(response)).toMatchObject({
      code: 'internal-error',
      status: 500,
      correlationId: 'my-request-1',
    });
    expect(response.headers.get('x-correlation-id')).toBe('my-request-1');
    const line = service.log.find((entry) => entry.includes('"error"'));
    expect(line).toContain('my-request-1');
    expect(line).toContain('secret detail of …30');
    expect(line).not.toContain('7007');
  });

  it('draws a correlation id where none or a strange one is given', async () => {
    await start();
    for (const headers of [{}, { 'x-correlation-id': 'a b"c' }]) {
      const response = await service.send('GET', '/fail/fault', { headers });
      expect((await problemOf(response)).correlationId).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('is what an answer becomes that is not as declared', async () => {
    await start();
    expect((await problemOf(await service.send('GET', '/fail/answer'))).code).toBe('internal-error');
  });

  it('names unknown paths and methods', async () => {
    await start();
    expect(await problemOf(await service.send('GET', '/nowhere'))).toMatchObject({ code: 'not-found', status: 404 });
    const response = await service.send('PUT', '/uploads');
    expect(response.headers.get('allow')).toBe('POST');
    expect(await problemOf(response)).toMatchObject({ code: 'method-not-allowed', status: 405 });
    const outside = await fetch(`${service.url}/nowhere`);
    expect(await problemOf(outside)).toMatchObject({ code: 'not-found' });
  });
});

describe('limits', () => {
  it('hold for one user and leave the others alone', async () => {
    const token = await start({ rateLimits: { user: 5, pictures: 100, password: 100, renewal: 100, anonymous: 100 } });
    const bert = (await service.signIn('bert')).session.token;
    const statuses: number[] = [];
    for (let request = 0; request < 7; request += 1) {
      statuses.push((await service.send('GET', '/me', { token })).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
    expect((await service.send('GET', '/me', { token: bert })).status).toBe(200);
  });

  it('hold for guessing tokens and for passwords', async () => {
    await start({ rateLimits: { user: 100, pictures: 100, password: 3, renewal: 100, anonymous: 2 } });
    const guesses: number[] = [];
    for (let guess = 0; guess < 4; guess += 1) {
      guesses.push((await service.send('GET', '/me', { token: `guess${guess}` })).status);
    }
    expect(guesses).toEqual([401, 401, 429, 429]);
    const attempts: number[] = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const body = { userName: `name${attempt}`, password: 'x' };
      attempts.push((await service.send('POST', '/sessions', { body })).status);
    }
    expect(attempts).toEqual([401, 401, 429]);
  });

  it('take the address from a trusted proxy only', async () => {
    const rateLimits = { user: 100, pictures: 100, password: 100, renewal: 100, anonymous: 1 };
    const health = async (address: string) =>
      (await service.send('GET', '/health', { headers: { 'x-forwarded-for': address } })).status;
    await start({ rateLimits });
    expect([await health('192.0.2.1'), await health('192.0.2.2')]).toEqual([200, 429]);
    await service.stop();
    await start({ rateLimits, trustProxy: 1 });
    expect([await health('192.0.2.1'), await health('192.0.2.2'), await health('192.0.2.1')]).toEqual([200, 200, 429]);
  });
});

describe('the pane', () => {
  const directory = mkdtempSync(join(tmpdir(), 'pane-'));
  mkdirSync(join(directory, 'assets'));
  for (const page of ['taskpane.html', 'commands.html', 'window.html']) {
    writeFileSync(
      join(directory, page),
      `<title>${page}</title><meta name="csp-nonce" content="%CSP_NONCE%"><script src="%OFFICE_JS_URL%"></script>`,
    );
  }
  writeFileSync(join(directory, 'assets', 'pane.0123456789ab.js'), '1');
  writeFileSync(join(directory, 'icon.png'), 'png');

  it('has pages that are not cached, with office.js from where the installation says and a nonce of their own', async () => {
    await start({ pane: { directory, officeJsUrl: 'https://cdn.example/office.js?a=1&b="' } });
    const nonces = new Set<string>();
    for (const path of ['/taskpane.html', '/commands.html', '/window']) {
      const response = await fetch(service.url + path);
      const html = await response.text();
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(html).toContain('<script src="https://cdn.example/office.js?a=1&amp;b=&quot;">');
      const nonce = /content="([^"]+)"/.exec(html)?.[1] ?? '';
      expect(response.headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonce}'`);
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(3);
  });

  it('has files that never change where their name says so', async () => {
    await start({ pane: { directory, officeJsUrl: '/office.js' } });
    const hashed = await fetch(`${service.url}/assets/pane.0123456789ab.js`);
    expect(hashed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const plain = await fetch(`${service.url}/icon.png`);
    expect(plain.headers.get('cache-control')).toBe('public, no-cache');
    expect(plain.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  });

  it('gives nothing from outside its directory', async () => {
    await start({ pane: { directory, officeJsUrl: '/office.js' } });
    for (const path of ['/..%2f..%2fetc%2fpasswd', '/assets/..%2f..%2f..%2fetc%2fpasswd', '/.git/config', '/']) {
      const response = await fetch(service.url + path);
      expect(response.status).toBeGreaterThanOrEqual(400);
    }
  });

  it('and the contract live below a base path', async () => {
    await start({ pane: { directory, officeJsUrl: '/office.js' }, basePath: '/contacts' });
    expect((await fetch(`${service.url}/contacts/taskpane.html`)).status).toBe(200);
    expect((await fetch(`${service.url}/contacts/api/v1/health`)).status).toBe(200);
    expect((await fetch(`${service.url}/taskpane.html`)).status).toBe(404);
  });

  it('send their files compressed', async () => {
    writeFileSync(join(directory, 'assets', 'large.0123456789ab.js'), 'let a = 1;\n'.repeat(1000));
    await start({ pane: { directory, officeJsUrl: '/office.js' } });
    const large = await fetch(`${service.url}/assets/large.0123456789ab.js`, {
      headers: { 'accept-encoding': 'gzip' },
    });
    expect(large.headers.get('content-encoding')).toBe('gzip');
    rmSync(directory, { recursive: true });
  });
});

describe('headers', () => {
  it('let Outlook frame the pane and nobody else, and admit scripts of ours and of office.js only', async () => {
    await start({
      security: {
        https: true,
        scriptOrigins: ['https://appsforoffice.microsoft.com'],
        connectOrigins: ['https://graph.microsoft.com'],
        frameOrigins: ['https://login.microsoftonline.com'],
        outlookOrigins: ['https://mail.example.com'],
      },
    });
    const { headers } = await fetch(`${service.url}/nothing`);
    const policy = new Map(
      (headers.get('content-security-policy') ?? '').split(';').map((directive) => {
        const [name = '', ...values] = directive.trim().split(' ');
        return [name, values] as const;
      }),
    );
    expect(policy.get('default-src')).toEqual(["'none'"]);
    expect(policy.get('script-src')).toEqual(["'self'", 'https://appsforoffice.microsoft.com']);
    expect(policy.get('connect-src')).toEqual(["'self'", 'https://graph.microsoft.com']);
    expect(policy.get('frame-ancestors')).toEqual(
      expect.arrayContaining(["'self'", 'https://outlook.office.com', 'https://mail.example.com']),
    );
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe-inline|unsafe-eval|http:|\*(?!\.)/);
    expect(headers.get('x-frame-options')).toBeNull();
    expect(headers.get('cross-origin-opener-policy')).toBeNull();
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toContain('max-age=31536000');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('the server', () => {
  it('says which port is taken and what to do', async () => {
    await start();
    const { startHttpServer } = await import('../../sync-service/http/http-server');
    const port = Number(new URL(service.url).port);
    await expect(startHttpServer(() => {}, { port, host: '127.0.0.1' })).rejects.toThrow(
      `Port ${port} is taken by another program. Choose another one with listen.port (PORT).`,
    );
  });

  it('stops although a client keeps its connection and another sends its request forever', async () => {
    await start();
    const idle = connect(Number(new URL(service.url).port), '127.0.0.1');
    const slow = connect(Number(new URL(service.url).port), '127.0.0.1');
    slow.on('error', () => {});
    slow.write(
      'POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    await new Promise((resolve) => idle.once('connect', resolve));
    await service.stop();
    service = await startService();
    idle.destroy();
    slow.destroy();
  });
});
