/**
 * The way of docs/install.md, without the demo: the build copied elsewhere, a configuration file, https by a certificate
 * of its own, below a path; from the one-time code to a second user's first contacts, from a file and from his mailbox.
 * Entra ID and Graph are an identity server that signs real tokens and the demo mailbox behind it.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMailboxServer } from '../../demo/mailbox/mailbox-server';
import type { MailboxServer } from '../../demo/mailbox/mailbox-server';
import { startGraphBehindIdentityServer } from '../fakes/graph-behind-identity-server';
import type { GraphBehindIdentityServer } from '../fakes/graph-behind-identity-server';
import { startIdentityServer } from '../fakes/identity-server';
import type { IdentityServer, IdentityUser } from '../fakes/identity-server';
import { launchChromium } from './chromium';
import { openWindow } from './pane-driver';
import { fileOf } from './pane-files';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'mycontacts-install-'));
const file = (name: string) => join(folder, name);
/** Nothing of the test's own settings reaches the installation; it believes the identity server's certificate. */
const environment = { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: file('entra-ca.pem') };

let entra: IdentityServer;
let mailboxes: MailboxServer;
let graph: GraphBehindIdentityServer;
/** One for each try: a user's mailbox is his. */
let owners: IdentityUser[];
let browser: Browser;
let service: ChildProcess;
let output = '';
let address = '';
let tries = 0;

/** A port that nobody listens on just now. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const at = server.address();
      server.close(() => resolve(typeof at === 'object' && at !== null ? at.port : 0));
    });
  });
}

/** Runs one of the installation's commands; gives what it printed and its exit code. */
function command(name: string, ...args: string[]): Promise<{ printed: string; code: number | null }> {
  const child = spawn(process.execPath, [`service/${name}.js`, '--config', file('mycontacts.yaml'), ...args], {
    cwd: file('app'),
    env: environment,
  });
  let printed = '';
  child.stdout.on('data', (part: Buffer) => (printed += part.toString()));
  child.stderr.on('data', (part: Buffer) => (printed += part.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ printed, code })));
}

beforeAll(async () => {
  for (const part of ['service', 'pane', 'about', 'package.json']) {
    cpSync(join(root, 'build', part), file(`app/${part}`), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), file('app/node_modules'));
  mkdirSync(file('tls'));
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  writeFileSync(file('tls/cert.pem'), cert);
  writeFileSync(file('tls/key.pem'), key, { mode: 0o600 });
  const port = await freePort();
  entra = await startIdentityServer();
  writeFileSync(file('entra-ca.pem'), entra.ca);
  const tenant = entra.addTenant();
  owners = [1, 2].map((n) => entra.addUser({ tenantId: tenant, userName: `berta${n}@contoso.example` }));
  mailboxes = createMailboxServer({
    addresses: owners.map(({ userName }) => userName),
    latencyMs: 0,
    contents: () => ({
      folders: [],
      contacts: [{ contact: { displayName: 'Ida Meier', businessPhones: ['089 7007-100'] } }],
    }),
  });
  await mailboxes.listen(0);
  graph = await startGraphBehindIdentityServer(mailboxes);
  address = `https://localhost:${port}/contacts`;
  const { clientId } = entra.register({
    tenantId: tenant,
    webRedirectUris: [`${address}/unattended-sync/callback`],
    secrets: ['secret-of-the-application'],
  });
  writeFileSync(file('client-secret'), 'secret-of-the-application\n', { mode: 0o600 });
  writeFileSync(
    file('mycontacts.yaml'),
    `baseUrl: ${address}\ndataDirectory: data\nlogLevel: warn\nlisten: { host: 127.0.0.1, port: ${port} }\n` +
      'tls:\n  certFile: tls/cert.pem\n  keyFile: tls/key.pem\n' +
      `microsoft:\n  tenantId: ${tenant}\n  clientId: ${clientId}\n  clientSecretFile: client-secret\n` +
      `  unattendedSync: delegated\n  authority: ${entra.authority(tenant)}\n  graphBaseUrl: ${graph.baseUrl}\n`,
  );
  browser = await launchChromium();
  service = spawn(process.execPath, ['service/main.js', '--config', file('mycontacts.yaml')], {
    cwd: file('app'),
    env: environment,
  });
  await new Promise<void>((resolve, reject) => {
    const hear = (part: Buffer) => {
      output += part.toString();
      if (output.includes('myContacts is ready')) resolve();
    };
    service.stdout?.on('data', hear);
    service.stderr?.on('data', hear);
    service.once('close', () => reject(new Error(`The service ended:\n${output}`)));
  });
});
afterAll(async () => {
  await browser.close();
  const ended = new Promise((resolve) => service.once('close', resolve));
  if (service.exitCode === null && service.kill()) await ended;
  await graph.close();
  await Promise.all([mailboxes.close(), entra.close()]);
  rmSync(folder, { recursive: true, force: true });
});

/** A browser profile that takes the installation's certificate. */
async function newWindow() {
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    locale: 'en-US',
    viewport: { width: 360, height: 800 },
  });
  // A second process and the first use of everything: on a busy machine that takes its time.
  context.setDefaultTimeout(60_000);
  const session = { context, ledger: undefined, faults: [], close: () => context.close() };
  return openWindow(session, `${address}/`);
}

describe('the way of the installation guide', () => {
  it('leads from the one-time code to the first administrator, and the doctor finds nothing wrong', async () => {
    const pane = await newWindow();
    await pane.button('Set up this installation').click();
    const fields = {
      code: /first administrator: (\S+)/.exec(output)?.[1] ?? '',
      userName: 'boss',
      displayName: 'The Boss',
      password: 'Boss-1234!',
      repeat: 'Boss-1234!',
      siteName: 'München',
    };
    for (const [name, text] of Object.entries(fields)) await pane.root.locator(`input[name=${name}]`).fill(text);
    await pane.button('Set up and sign in').click();
    await pane.root.getByText('There is no such site yet. Name its country code to add it.').waitFor();
    await pane.root.locator('input[name=countryCode]').fill('+49');
    await pane.button('Set up and sign in').click();
    await pane.root.getByRole('tablist').waitFor();

    const { printed, code } = await command('doctor', '--ca', file('tls/cert.pem'));
    expect(printed).not.toContain('FAIL');
    expect(code).toBe(0);
  });

  it('leads a second user to his contacts from a file and from his mailbox, and nothing of it needs the demo', async () => {
    // A second try, on a busy machine, is another user's.
    tries += 1;
    const owner = owners[tries - 1];
    if (owner === undefined) throw new Error('There is no further mailbox.');
    const added = ['user', 'add', `berta${tries}`, '--display-name', 'Berta Berg', '--extension', `33${tries}`];
    const { printed } = await command('manage', ...added, '--email', owner.userName);
    const initial = /first sign-in: (\S+)/.exec(printed)?.[1] ?? printed;
    const pane = await newWindow();
    await pane.typeSignIn(`berta${tries}`, initial);
    await pane.button('Sign in').click();
    await pane.root.getByRole('heading', { name: 'Choose a new password' }).waitFor();
    const passwords = pane.root.locator('input[type=password]');
    for (const [place, text] of [initial, 'Berta-Neu-1', 'Berta-Neu-1'].entries())
      await passwords.nth(place).fill(text);
    await pane.button('Save').click();
    // Not the extension: its place tells that this site has no telephone system yet.
    await pane.root.getByRole('tablist').first().waitFor();
    await pane.goTo('Sync');
    await pane.main
      .locator('input[type=file]')
      .setInputFiles(fileOf([['Søren', 'Kjær', 'Fjord A/S', '+45 32 12 34 56']]));
    await pane.button('Import').click();
    await pane.root.getByText(/is imported/).waitFor();
    await pane.goTo('Directory');
    await pane.main.getByText('Søren Kjær').first().waitFor();

    await pane.goTo('Sync');
    await pane.button('Also sync while Outlook is closed').click();
    const opened = pane.page.waitForEvent('popup');
    await pane.root.getByRole('link', { name: 'Continue at Microsoft' }).click();
    const page = await opened;
    await page.getByLabel('User name').fill(owner.userName);
    await page.getByLabel('Password').fill(owner.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'It is on' }).waitFor();
    await page.close();
    await pane.search('Ida');
    await pane.main.getByText('+49 (89) 7007100').first().waitFor();
  }, 120_000);
});
