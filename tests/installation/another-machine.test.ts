/**
 * The way of docs/install.md and docs/backup-and-upgrade.md with the commands that stand there: the build alone with its own
 * packages, a backup while the service runs, and the same installation on an empty machine.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../browser/start-installation';
import { output } from './run-command';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'mycontacts-machines-'));
const app = join(folder, 'app');
const archive = join(folder, 'backup.tar.gz');
const services = new Set<ChildProcess>();
let port = 0;

/** A machine is a folder of its own for settings and data; the build is the same. */
function machine(name: string) {
  const home = join(folder, name);
  mkdirSync(home, { recursive: true });
  const settings = join(home, 'mycontacts.yaml');
  // Nothing of the test's own settings reaches the installation. npm needs a home of its own.
  const env = { PATH: process.env.PATH, HOME: home, CONFIG_FILE: settings };
  return {
    home,
    settings,
    npm: (script: string, ...args: string[]) => output('npm', ['run', '-s', script, '--', ...args], { cwd: app, env }),
    /** Resolves when it is ready; rejects with what it printed when it ends before. */
    async start(): Promise<() => Promise<void>> {
      const service = spawn(process.execPath, ['service/main.js'], { cwd: app, env });
      services.add(service);
      const closed = new Promise<void>((resolve) => service.once('close', () => resolve()));
      let printed = '';
      await new Promise<void>((resolve, reject) => {
        const hear = (part: Buffer) => {
          printed += part.toString();
          if (printed.includes('myContacts is ready')) resolve();
        };
        service.stdout.on('data', hear);
        service.stderr.on('data', hear);
        void closed.then(() => reject(new Error(`The service ended:\n${printed}`)));
      });
      return async () => {
        service.kill();
        await closed;
        services.delete(service);
      };
    },
  };
}

/** The status of a sign-in. */
async function signIn(userName: string, password: string): Promise<number> {
  const answer = await fetch(`http://localhost:${port}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: `http://localhost:${port}` },
    body: JSON.stringify({ userName, password }),
  });
  return answer.status;
}

beforeAll(async () => {
  port = await freePort();
  cpSync(join(root, 'build'), app, {
    recursive: true,
    filter: (path) => !['node_modules', 'demo', 'preview'].includes(basename(path)),
  });
  const { printed, code } = await output('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund'], { cwd: app });
  if (code !== 0) throw new Error(printed);
}, 300_000);
afterAll(() => {
  for (const service of services) service.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

describe('the build alone, with the packages that it names', () => {
  const first = machine('first');
  const second = machine('second');
  let password = '';

  it('starts, takes commands while it runs, and writes a backup', async () => {
    const data = join(folder, 'data');
    writeFileSync(
      first.settings,
      `baseUrl: http://localhost:${port}\ndataDirectory: ${data}\nlogLevel: warn\nlisten: { host: 127.0.0.1, port: ${port} }\n`,
    );
    const stop = await first.start();
    const site = await first.npm('manage', 'site', 'add', 'Köln', '--country', '49', '--area', '221');
    expect(site, site.printed).toMatchObject({ code: 0 });
    const user = await first.npm(
      'manage',
      'user',
      'add',
      'berta',
      '--display-name',
      'Berta Berg',
      '--extension',
      '331',
    );
    password = /first sign-in: (\S+)/.exec(user.printed)?.[1] ?? '';
    expect(await signIn('berta', password)).toBe(200);

    const backup = await first.npm('backup', archive);
    expect(backup, backup.printed).toMatchObject({ code: 0 });
    // A running service's data is not written over.
    const refused = await first.npm('restore', archive, '--replace');
    expect(refused.code).toBe(1);
    await stop();
  });

  it('is put back on an empty machine, where the same people sign in', async () => {
    rmSync(join(folder, 'data'), { recursive: true });
    const restore = await second.npm('restore', archive, '--config', second.settings);
    expect(restore, restore.printed).toMatchObject({ code: 0 });
    expect(readdirSync(second.home)).toContain('mycontacts.yaml');
    const stop = await second.start();
    expect(await signIn('berta', password)).toBe(200);
    const { printed } = await second.npm('manage', 'user', 'list');
    expect(printed).toContain('Berta Berg');
    await stop();
  });
});
