/** What an installation gets: nothing of the demo is in it, and it starts empty and ends cleanly. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { startInstallation } from './start-installation';
import type { InstallationProcess } from './start-installation';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Files of the build with this ending, read. */
function built(folder: string, ending: RegExp): { name: string; text: string }[] {
  return readdirSync(join(root, 'build', folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => ({ name: `${folder}/${name}`, text: readFileSync(join(root, 'build', folder, name), 'utf8') }));
}

const code = [...built('pane', /\.(js|html)$/), ...built('service', /\.js$/)];

/** Names of people of the demo: of more than one word, so that no word of the product is one by chance. */
const demoPeople = readFileSync(join(root, 'demo', 'users.csv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .flatMap((line) => [line.split(',')[1] ?? '', line.split(',')[5] ?? '']);

describe('the build of an installation', () => {
  it('is there', () => {
    expect(code.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['pane/taskpane.html', 'pane/window.html', 'pane/commands.html', 'service/main.js']),
    );
  });

  it.each([
    // The telephone system that only the demo has: its kind in a site's settings, and the port of its phones' hands.
    ['the simulator', /["'`]simulated["'`]|outsideHangsUp|ringing-to-dial/],
    // Devices of the demo's telephones.
    ['the demo’s devices', /SIM\/3\d\d/],
    // Passwords that everybody knows would open every installation.
    ['preset passwords', /Demo-3\d\d/],
    // Graph's shape served instead of read: what the demo mailbox says and nobody else.
    [
      'the demo mailbox',
      /mailbox-server|MailboxConcurrency limit|SyncStateNotFound|disturbPages|generateContacts|X-Control-Key/i,
    ],
    // Routes that nobody signs in to.
    ['the demo’s routes', /\/demo\/|mailbox-token|\/call-in\b/],
    // Outlook's side of nested app authentication, which the preview plays; the pane has the other side of it.
    ['the host’s side of the sign-in', /createNestedAppAuthBridge|myContactsPreview/],
    // The page that looks like Outlook. "preview" alone is a word of imports and commits.
    ['the preview page', /\/preview\/|preview-host|data-phone|colleagueCalls/],
    // What may be set of the demo.
    ['the demo’s settings', /DEMO_SEED|DEMO_CONTACTS|DEMO_LATENCY/],
  ])('holds nothing of %s', (_what, trace) => {
    const found = code.flatMap(({ name, text }) => {
      const hit = trace.exec(text);
      return hit === null ? [] : [`${name}: ${text.slice(Math.max(0, hit.index - 40), hit.index + 60)}`];
    });
    expect(found).toEqual([]);
  });

  it('names nobody of the demo', () => {
    expect(demoPeople).toHaveLength(40);
    const escaped = (name: string) =>
      name.replace(/[^\x20-\x7e]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
    const found = demoPeople.filter((name) =>
      code.some(({ text }) => text.includes(name) || text.includes(escaped(name))),
    );
    expect(found).toEqual([]);
  });

  it('is made of no source file of the demo, by its source maps', () => {
    const maps = [...built('pane', /\.map$/), ...built('service', /\.map$/)];
    const sources = maps.flatMap(
      ({ text }) => z.parse(z.object({ sources: z.array(z.string()) }), JSON.parse(text)).sources,
    );
    expect(sources.some((source) => source.endsWith('sync-service/app.ts'))).toBe(true);
    expect(sources.filter((source) => /(^|\/)demo\/|\/simulated\/|addin\/preview\//.test(source))).toEqual([]);
  });

  it('would be caught with any of it: the demo’s own build shows every trace', () => {
    const demo = [...built('demo', /\.js$/), ...built('preview', /\.js$/)].map(({ text }) => text).join('\n');
    for (const trace of [
      'simulated',
      'Demo-330!',
      'MailboxConcurrency limit',
      'mailbox-token',
      'myContactsPreview',
      'DEMO_SEED',
    ])
      expect(demo, trace).toContain(trace);
  });
});

describe('an installation that nobody has set up yet', () => {
  let installation: InstallationProcess;

  beforeAll(async () => {
    installation = await startInstallation();
  });
  afterAll(() => installation.remove());

  const get = (path: string) => fetch(`http://127.0.0.1:${installation.port}${path}`, { redirect: 'manual' });

  it('prints the one-time code for the first administrator and where to enter it', () => {
    expect(installation.output()).toMatch(
      /One-time code for the first administrator: \S{8,}\nEnter it at http:\/\/localhost:\d+\/window\n/,
    );
    expect(installation.output()).toContain(`myContacts is ready at ${installation.url}`);
  });

  it('answers on this machine and nowhere else', async () => {
    expect(await (await get('/api/v1/health')).json()).toEqual({ status: 'ok' });
    const others = Object.values(networkInterfaces())
      .flat()
      .flatMap((address) =>
        address !== undefined && !address.internal && address.family === 'IPv4' ? [address.address] : [],
      );
    for (const address of others)
      await expect(fetch(`http://${address}:${installation.port}/api/v1/health`)).rejects.toThrow();
  });

  it("loads office.js from Microsoft's network in the pane and its functions, and from nowhere in a window", async () => {
    const cdn = 'src="https://appsforoffice.microsoft.com/lib/1/hosted/office.js"';
    expect(await (await get('/taskpane.html')).text()).toContain(cdn);
    expect(await (await get('/commands.html')).text()).toContain(cdn);
    expect(await (await get('/window')).text()).not.toContain('office.js');
  });

  it.each(['/', '/preview', '/preview/', '/demo/phones', '/demo/mailbox-token', '/office-js/office.js'])(
    'has no %s',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  it('lets nobody in with a password of the demo', async () => {
    const { url } = installation;
    const answer = await fetch(`${url}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ userName: '330', password: 'Demo-330!' }),
    });
    expect(answer.status).toBe(401);
  });

  it('has its data in its folder, and ends cleanly when it is told to', async () => {
    expect(existsSync(join(installation.dataDirectory, 'mycontacts.db'))).toBe(true);
    expect(await installation.terminate()).toBe(0);
    await expect(get('/api/v1/health')).rejects.toThrow();
  });
});

describe('an installation with the settings of a demo', () => {
  it('does not start: there is no way from one to the other', async () => {
    await expect(startInstallation({ DEMO: '1' })).rejects.toThrow('DEMO: the demo is started with npm start');
  });
});
