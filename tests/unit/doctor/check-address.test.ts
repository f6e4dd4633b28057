/** The doctor, asked about servers that do as they should and servers that misbehave in one thing each. */
import { createServer as createHttpServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { generate } from 'selfsigned';
import { afterEach, describe, expect, it } from 'vitest';
import { checkAddress } from '../../../sync-service/doctor/check-address';
import { checkCertificate } from '../../../sync-service/doctor/check-certificate';
import { checkHeaders } from '../../../sync-service/doctor/check-headers';
import { checkNode } from '../../../sync-service/doctor/check-machine';
import type { Finding } from '../../../sync-service/doctor/finding';
import { writeFinding } from '../../../sync-service/doctor/finding';
import { isPrivateAddress } from '../../../sync-service/doctor/private-address';
import { outlookHosts } from '../../../sync-service/http/security-headers';

const goodHeaders = {
  'content-security-policy': `default-src 'none'; frame-ancestors 'self' ${outlookHosts.join(' ')}`,
  'x-content-type-options': 'nosniff',
  'strict-transport-security': 'max-age=31536000',
};

/** A server like ours, told by `change` to misbehave; true when it answered. */
const serverLike =
  (change: (...args: Parameters<RequestListener>) => boolean = () => false, base = ''): RequestListener =>
  (request, response) => {
    if (change(request, response)) return;
    const path = request.url ?? '';
    if (path === `${base}/api/v1/health`) response.end('{"status":"ok"}');
    else if (path === `${base}/api/v1/ready`) response.end('{"status":"ready"}');
    else if (path === `${base}/taskpane.html`) {
      response.writeHead(200, { ...goodHeaders, 'content-type': 'text/html' });
      response.end(
        '<script src="https://cdn.example/office.js"></script><script defer src="taskpane.0123.js"></script>',
      );
    } else if (path === `${base}/taskpane.0123.js`) {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end('1');
    } else if (path === `${base}/api/v1/stream-probe`) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: {"event":1}\n\n');
      void wait(350).then(() => response.end('data: {"event":2}\n\ndata: {"event":3}\n\n'));
    } else response.writeHead(404).end();
  };

let servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  servers = [];
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const deps = { lookup: () => Promise.resolve(['192.0.2.1']), now: () => new Date() };

async function findingsOf(listener: RequestListener, path = ''): Promise<Finding[]> {
  const port = await listen(createHttpServer(listener));
  return checkAddress(`http://localhost:${port}${path}`, deps);
}

const wrong = (findings: readonly Finding[]) => findings.filter(({ level }) => level !== 'ok').map(writeFinding);

describe('the doctor at an address', () => {
  it('finds nothing wrong with a service that is as it should be, below a path too', async () => {
    expect(wrong(await findingsOf(serverLike()))).toEqual([]);
    const below = await findingsOf(serverLike(undefined, '/contacts'), '/contacts');
    expect(wrong(below)).toEqual([]);
    expect(below.map(({ text }) => text)).toContain('Live events: they come through at once, not compressed');
  });

  it.each<[string, (...args: Parameters<RequestListener>) => boolean, RegExp]>([
    [
      'leads on elsewhere',
      (_request, response) => Boolean(response.writeHead(302, { location: 'https://login.example/' }).end()),
      /leads on to https:\/\/login\.example\//,
    ],
    [
      'lost the path',
      (_request, response) => Boolean(response.writeHead(404).end('nothing')),
      /not this service \(404\)[^]*path/,
    ],
    [
      'has no service behind it',
      (_request, response) => Boolean(response.writeHead(502).end()),
      /proxy does not reach it/,
    ],
    [
      'has a wrong clock',
      (_request, response) => {
        response.setHeader('date', new Date(Date.now() - 600_000).toUTCString());
        return false;
      },
      /Clock: .*differ by (59\d|60\d) s/,
    ],
    [
      'is not ready',
      (request, response) =>
        (request.url ?? '').endsWith('/ready') && Boolean(response.writeHead(503).end('{"details":["database"]}')),
      /not ready .*database/,
    ],
    [
      'holds live events back',
      (request, response) =>
        (request.url ?? '').endsWith('/stream-probe') && Boolean(response.end('data: 1\n\ndata: 2\n\ndata: 3\n\n')),
      /all at once[^]*proxy_buffering off/,
    ],
    [
      'compresses live events',
      (request, response) =>
        (request.url ?? '').endsWith('/stream-probe') &&
        Boolean(response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('data: 1\n\n'))),
      /compressed on the way \(gzip\)/,
    ],
    [
      'cuts live events off',
      (request, response) => (request.url ?? '').endsWith('/stream-probe') && Boolean(response.end('data: 1\n\n')),
      /cut off on the way/,
    ],
    [
      'serves another page',
      (request, response) => (request.url ?? '').endsWith('/taskpane.html') && Boolean(response.end('<h1>hello</h1>')),
      /not the one of this service/,
    ],
    [
      'does not serve what lies below its path',
      (request, response) => (request.url ?? '').endsWith('.js') && Boolean(response.writeHead(404).end()),
      /its script answers 404/,
    ],
  ])('notices one that %s, and says what to do', async (_what, change, told) => {
    const findings = wrong(await findingsOf(serverLike(change)));
    expect(findings.join('\n')).toMatch(told);
    expect(findings.every((line) => line.includes('→'))).toBe(true);
  });

  it('says when nobody answers, and when the name is unknown', async () => {
    const port = await listen(createHttpServer());
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect(wrong(await checkAddress(`http://127.0.0.1:${port}`, deps)).join()).toMatch(/nobody answers .*ECONNREFUSED/);
    const lookup = () => Promise.reject(new Error('ENOTFOUND'));
    const unknown = wrong(await checkAddress(`https://localhost.invalid:${port}`, { ...deps, lookup }));
    expect(unknown.join()).toContain('is not known to the name server');
  });

  it('notices a certificate that nobody trusts, and trusts it when its authority is named', async () => {
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
      keyType: 'ec',
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
    });
    const port = await listen(createHttpsServer({ cert, key }, serverLike()));
    const address = `https://localhost:${port}`;
    expect(wrong(await checkAddress(address, deps)).join()).toMatch(/not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/);
    expect(wrong(await checkAddress(address, { ...deps, ca: cert })).join()).not.toMatch(/not trusted/);
    expect(wrong(await checkAddress(`https://127.0.0.1:${port}`, deps)).join()).toMatch(/not one of 127\.0\.0\.1/);
  });
});

describe('what the doctor says of', () => {
  const now = new Date('2026-03-01T00:00:00Z');
  const certificate = { validFrom: new Date('2026-01-01'), validTo: new Date('2026-06-01'), protocol: 'TLSv1.3' };

  it('certificates that end soon, have ended, or are not valid yet', () => {
    const levels = (change: Partial<typeof certificate>) =>
      checkCertificate({ ...certificate, ...change }, 'a.example', now).map(({ level }) => level);
    expect(levels({})).toEqual(['ok']);
    expect(levels({ validTo: new Date('2026-03-10') })).toEqual(['warn']);
    expect(levels({ validTo: new Date('2026-02-10') })).toEqual(['fail']);
    expect(levels({ validFrom: new Date('2026-04-01') })).toEqual(['fail']);
    expect(levels({ protocol: 'TLSv1.1' })).toEqual(['fail']);
  });

  it('headers that a proxy added or took away', () => {
    const texts = (change: Record<string, string | undefined>) =>
      checkHeaders({ ...goodHeaders, ...change }, true)
        .filter(({ level }) => level !== 'ok')
        .map(({ text }) => text);
    expect(texts({})).toEqual([]);
    expect(texts({ 'x-frame-options': 'DENY' })[0]).toContain('X-Frame-Options: DENY');
    expect(texts({ 'content-security-policy': undefined })[0]).toContain('Content-Security-Policy is missing');
    const second = `${goodHeaders['content-security-policy']}, frame-ancestors 'none'`;
    expect(texts({ 'content-security-policy': second })[0]).toContain('frame-ancestors');
    expect(texts({ 'strict-transport-security': undefined })[0]).toContain('Strict-Transport-Security');
    expect(texts({ 'cross-origin-opener-policy': 'same-origin' })[0]).toContain('sign-in dialog');
  });

  it('names that lead inside the network: browsers ask before they go there', async () => {
    expect(['10.1.2.3', '192.168.1.1', '172.31.0.1', 'fd00::1', 'fe80::1'].every(isPrivateAddress)).toBe(true);
    expect(['172.32.0.1', '8.8.8.8', '2001:db8::1'].some(isPrivateAddress)).toBe(false);
    const found = await checkAddress('https://contacts.invalid', {
      ...deps,
      lookup: () => Promise.resolve(['10.0.0.5']),
    });
    expect(wrong(found).join()).toMatch(/inside your network[^]*LocalNetworkAccessAllowedForUrls/);
  });

  it('versions of Node', () => {
    expect(['18.20.0', '20.18.9', '20.19.0', '22.0.0', '24.1.0'].map((version) => checkNode(version).level)).toEqual([
      'fail',
      'fail',
      'warn',
      'ok',
      'ok',
    ]);
  });
});
