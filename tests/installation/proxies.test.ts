/**
 * The examples of docs/install.md as they are: nginx and Caddy in front of the built service. Only names, ports and places
 * of certificates are changed. What the doctor looks at (addresses, headers, live events at once) has to be right behind both.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, startInstallation } from '../browser/start-installation';
import type { InstallationProcess } from '../browser/start-installation';
import { output } from './run-command';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'mycontacts-proxies-'));
const at = (name: string) => join(folder, name);
const example = (name: string) => readFileSync(join(root, 'docs/examples', name), 'utf8');

interface Ports {
  readonly https: number;
  readonly http: number;
  readonly service: number;
}

/** Replaces each; what is not there would mean that the example is not what is tested. */
function replaced(text: string, replacements: readonly (readonly [string, string])[]): string {
  return replacements.reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`The example has no "${from}".`);
    return changed.replaceAll(from, to);
  }, text);
}

const proxies: Readonly<Record<string, (ports: Ports, path: string) => readonly [string, ...string[]]>> = {
  nginx(ports, path) {
    const server = replaced(example('nginx.conf'), [
      ['listen 443 ssl', `listen 127.0.0.1:${ports.https} ssl`],
      ['listen [::]:443 ssl', `listen [::1]:${ports.https} ssl`],
      ['listen 80', `listen 127.0.0.1:${ports.http}`],
      ['listen [::]:80', `listen [::1]:${ports.http}`],
      ['/etc/letsencrypt/live/contacts.example.com/fullchain.pem', at('cert.pem')],
      ['/etc/letsencrypt/live/contacts.example.com/privkey.pem', at('key.pem')],
      ['server_name contacts.example.com', 'server_name localhost'],
      ['127.0.0.1:8801', `127.0.0.1:${ports.service}`],
      // The example's own port is the usual one, which no Host header names.
      ['Host $host;', 'Host $http_host;'],
      ['location / {', `location ${path}/ {`],
    ]);
    writeFileSync(
      at('nginx.conf'),
      `daemon off;\nworker_processes 1;\npid ${at('nginx.pid')};\nerror_log stderr;\nevents {}\n` +
        `http {\naccess_log off;\nclient_body_temp_path ${at('body')};\nproxy_temp_path ${at('proxied')};\n${server}\n}\n`,
    );
    return ['nginx', '-p', folder, '-c', at('nginx.conf')];
  },
  caddy(ports, path) {
    const site = replaced(example('Caddyfile'), [
      ['contacts.example.com {', `https://localhost:${ports.https} {\n\ttls ${at('cert.pem')} ${at('key.pem')}`],
      ['reverse_proxy 127.0.0.1:8801 {', `reverse_proxy 127.0.0.1:${ports.service} {`],
    ]);
    const below = path === '' ? site : site.replace('\treverse_proxy', `\thandle ${path}/* {\n\treverse_proxy`);
    writeFileSync(
      at('Caddyfile'),
      `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${path === '' ? below : `${below.trimEnd()}\n}\n`}`,
    );
    return ['caddy', 'run', '--adapter', 'caddyfile', '--config', at('Caddyfile')];
  },
};

beforeAll(async () => {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  writeFileSync(at('cert.pem'), cert);
  writeFileSync(at('key.pem'), key, { mode: 0o600 });
  mkdirSync(at('home'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Resolves when somebody listens; rejects with what the proxy printed when it ends before. */
async function listening(proxy: ChildProcess, port: number): Promise<void> {
  let printed = '';
  proxy.stderr?.on('data', (part: Buffer) => (printed += part.toString()));
  for (;;) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (open) return;
    if (proxy.exitCode !== null) throw new Error(`The proxy ended:\n${printed}`);
  }
}

describe.each(Object.entries(proxies))('%s, by the example of the guide', (_name, prepare) => {
  it.each(['', '/contacts'])(
    'serves the installation below "%s/" so that the doctor finds nothing wrong',
    async (path) => {
      const [https, http] = await Promise.all([freePort(), freePort()]);
      const baseUrl = `https://localhost:${https}${path}`;
      let service: InstallationProcess | undefined;
      let proxy: ChildProcess | undefined;
      try {
        service = await startInstallation({ BASE_URL: baseUrl, HOST: '127.0.0.1', TRUST_PROXY: '1' });
        const [command, ...args] = prepare({ https, http, service: service.port }, path);
        proxy = spawn(command, args, {
          env: { ...process.env, HOME: at('home') },
          stdio: ['ignore', 'ignore', 'pipe'],
        });
        await listening(proxy, https);
        const { printed, code } = await output(process.execPath, [
          join(root, 'build/service/doctor.js'),
          '--base-url',
          baseUrl,
          '--ca',
          at('cert.pem'),
        ]);
        expect(printed).not.toContain('FAIL');
        expect(printed).toContain('ive events');
        expect(code, printed).toBe(0);
      } finally {
        if (proxy?.exitCode === null && proxy.kill()) await new Promise((resolve) => proxy?.once('close', resolve));
        await service?.remove();
      }
    },
  );
});
