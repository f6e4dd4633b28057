import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../sync-service/config';
import { checkMachine } from '../../../sync-service/doctor/check-machine';
import { checkMicrosoft } from '../../../sync-service/doctor/check-microsoft';

describe('the doctor at the machine of the service', () => {
  const directory = mkdtempSync(join(tmpdir(), 'mycontacts-doctor-'));
  const check = async (environment: Record<string, string>) =>
    (await checkMachine(readConfig(environment), '24.1.0'))
      .filter(({ level }) => level !== 'ok')
      .map(({ level, text }) => `${level} ${text}`);

  it('finds nothing wrong with a data directory that is the service’s alone', async () => {
    const data = join(directory, 'good');
    mkdirSync(data, { mode: 0o700 });
    expect(await check({ DATA_DIR: data })).toEqual([]);
  });

  it('notices a data directory that others may look into or that is not there, and a readable or missing key', async () => {
    const data = join(directory, 'open');
    mkdirSync(data);
    chmodSync(data, 0o755);
    writeFileSync(join(data, 'secret.key'), 'x');
    chmodSync(join(data, 'secret.key'), 0o644);
    expect(await check({ DATA_DIR: data })).toEqual([
      `warn Data: others on this machine may look into ${data}`,
      `fail Key: everybody on this machine may read ${join(data, 'secret.key')}`,
    ]);
    const gone = join(directory, 'gone');
    expect(await check({ DATA_DIR: gone, SECRET_KEY_FILE: join(gone, 'key') })).toEqual([
      `warn Data: ${gone} is not there yet`,
      `fail Key: ${join(gone, 'key')} cannot be read (ENOENT)`,
    ]);
  });

  it('notices certificate files that are missing, https without a proxy, and figures for everybody', async () => {
    const data = join(directory, 'good2');
    mkdirSync(data, { mode: 0o700 });
    const cert = join(directory, 'cert.pem');
    expect((await check({ DATA_DIR: data, TLS_CERT_FILE: cert, TLS_KEY_FILE: cert }))[0]).toContain(
      'cannot be read (ENOENT)',
    );
    expect(
      await check({ DATA_DIR: data, BASE_URL: 'https://a.example', METRICS_PORT: '9464', METRICS_HOST: '0.0.0.0' }),
    ).toEqual([
      'fail Proxy: baseUrl is https, but there is neither a certificate nor a trusted proxy',
      'warn Figures: 0.0.0.0:9464 can be asked by others',
    ]);
  });
});

describe('the doctor at Microsoft', () => {
  it('tells whether Entra ID and Graph answer as they do', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/good/v2.0/.well-known/openid-configuration') {
        response.end('{"issuer":"https://issuer.example","jwks_uri":"https://issuer.example/keys"}');
      } else
        response.writeHead(request.url === '/graph/me' ? 401 : request.url?.startsWith('/odd') ? 200 : 400).end('odd');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const levels = async (authority: string, graphBaseUrl: string) =>
      (await checkMicrosoft({ authority, graphBaseUrl })).map(({ level }) => level);
    expect(await levels(`${origin}/good`, `${origin}/graph`)).toEqual(['ok', 'ok']);
    expect(await levels(`${origin}/wrong-tenant`, `${origin}/elsewhere`)).toEqual(['fail', 'fail']);
    expect(await levels(`${origin}/odd`, `${origin}/odd`)).toEqual(['fail', 'ok']);
    await new Promise((resolve) => server.close(resolve));
    expect(await levels(`${origin}/good`, `${origin}/graph`)).toEqual(['fail', 'fail']);
  });
});
