import { mkdtempSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CertificateNews } from '../../../sync-service/http/certificate';
import { startHttpServer } from '../../../sync-service/http/http-server';
import type { RunningHttpServer } from '../../../sync-service/http/http-server';

const pair = (name: string) => generate([{ name: 'commonName', value: name }], { keyType: 'ec' });

/** Name in the certificate that the server shows now. */
function shownName(port: number): Promise<string | string[] | undefined> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, rejectUnauthorized: false, agent: false }, (response) => {
      resolve(response.socket instanceof TLSSocket ? response.socket.getPeerCertificate().subject.CN : undefined);
      response.resume();
    });
    request.on('error', reject);
  });
}

describe('the certificate of an installation', () => {
  let directory: string;
  let server: RunningHttpServer;
  let news: CertificateNews[];
  let hear: ((heard: CertificateNews) => void) | undefined;

  const certFile = () => join(directory, 'cert.pem');
  const keyFile = () => join(directory, 'key.pem');
  const next = () => new Promise<CertificateNews>((resolve) => (hear = resolve));
  async function write(name: string) {
    const { cert, private: key } = await pair(name);
    writeFileSync(certFile(), cert);
    writeFileSync(keyFile(), key);
  }

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'mycontacts-tls-'));
    news = [];
    await write('first.example.com');
    server = await startHttpServer((_request, response) => response.end('ok'), {
      port: 0,
      host: '127.0.0.1',
      tls: { certFile: certFile(), keyFile: keyFile() },
      onCertificate(heard) {
        news.push(heard);
        hear?.(heard);
      },
      certificateSettleMs: 20,
    });
  });
  afterEach(() => server.close(0));

  it('is changed without a restart when its files change', async () => {
    expect(await shownName(server.port)).toBe('first.example.com');
    const renewed = next();
    await write('second.example.com');
    expect((await renewed).kind).toBe('renewed');
    expect(await shownName(server.port)).toBe('second.example.com');
    expect(server.certificateValidTo()?.getTime()).toBeGreaterThan(Date.now());
  });

  it('stays when the new pair does not work, and says what is wrong; a mended pair is taken', async () => {
    const refused = next();
    writeFileSync(certFile(), (await pair('second.example.com')).cert);
    expect(await refused).toEqual({
      kind: 'refused',
      reason: `tls.keyFile: ${keyFile()} is not the key of the first certificate in ${certFile()}.`,
    });
    expect(await shownName(server.port)).toBe('first.example.com');
    const broken = next();
    writeFileSync(certFile(), 'nothing');
    expect((await broken).kind).toBe('refused');
    const mended = next();
    await write('third.example.com');
    expect((await mended).kind).toBe('renewed');
    expect(await shownName(server.port)).toBe('third.example.com');
  });

  it('is read again on demand, and says nothing when nothing changed', async () => {
    await server.reloadCertificate();
    expect(news).toEqual([]);
  });

  it('is refused at the start with the file that is wrong', async () => {
    const start = (tls: { certFile: string; keyFile: string }) =>
      startHttpServer(() => undefined, { port: 0, host: '127.0.0.1', tls });
    await expect(start({ certFile: join(directory, 'gone.pem'), keyFile: keyFile() })).rejects.toThrow(
      /tls\.certFile: .*gone\.pem cannot be read \(ENOENT\)/,
    );
    await expect(start({ certFile: keyFile(), keyFile: keyFile() })).rejects.toThrow('holds no certificate');
    await expect(start({ certFile: certFile(), keyFile: certFile() })).rejects.toThrow('holds no key');
  });
});
