/** Two installations, each with users of its own: the pane of the one leads to the other and back (SYN-2). */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeLocalCertificate } from '../fakes/identity-server/certificate';
import { launchChromium } from './chromium';
import { startInstallation } from './start-installation';
import type { InstallationProcess } from './start-installation';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

let folder: string;
let browser: Browser;
let office: InstallationProcess;
let home: InstallationProcess;

/** An installation over https with one user; gives the user's first password. */
async function installationFor(userName: string): Promise<InstallationProcess> {
  const installation = await startInstallation({
    TLS_CERT_FILE: join(folder, 'cert.pem'),
    TLS_KEY_FILE: join(folder, 'key.pem'),
  });
  const manage = (...args: string[]) =>
    run(process.execPath, ['build/service/manage.js', ...args], {
      cwd: root,
      env: { ...process.env, BASE_URL: '', DATA_DIR: installation.dataDirectory },
    });
  await manage('site', 'add', 'München', '--country', '49', '--area', '89');
  await manage(
    'user',
    'add',
    userName,
    '--display-name',
    `User ${userName}`,
    '--site',
    'München',
    '--extension',
    userName,
  );
  return installation;
}

const address = ({ port }: InstallationProcess) => `https://localhost:${port}`;
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const choice = (page: Page, of: InstallationProcess) => page.getByRole('radio', { name: address(of) });
/** Until the pane of this installation shows. */
const arrived = (page: Page, at: InstallationProcess) => page.waitForURL(`${address(at)}/window#people`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mycontacts-connections-'));
  const { cert, key } = await makeLocalCertificate();
  await Promise.all([writeFile(join(folder, 'cert.pem'), cert), writeFile(join(folder, 'key.pem'), key)]);
  [office, home, browser] = await Promise.all([installationFor('330'), installationFor('336'), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  await Promise.all([office.remove(), home.remove(), rm(folder, { recursive: true, force: true })]);
});

describe('server connections', () => {
  it('lead from one installation to another and back, each with its own user name, before anybody signs in', async () => {
    const context = await browser.newContext({
      ignoreHTTPSErrors: true,
      locale: 'en-US',
      viewport: { width: 320, height: 700 },
    });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    await page.goto(`${address(office)}/window`);
    await button(page, 'UC server …').click();
    await choice(page, office).waitFor();

    await button(page, 'Change').click();
    await page.getByLabel('Name', { exact: true }).fill('Office');
    await page.getByLabel('User name').fill('330');
    await button(page, 'Apply').click();
    await button(page, 'Add a connection').click();
    await page.getByLabel('Name', { exact: true }).fill('Home');
    await page.getByLabel('Server').fill(address(home).replace('https', 'http'));
    await page.getByLabel('User name').fill('336');
    await button(page, 'Apply').click();
    await page.getByText('Only addresses with https are used').waitFor();
    await page.getByLabel('Server').fill(`localhost:${home.port}/window`);
    await button(page, 'Apply').click();
    expect(await choice(page, home).isChecked()).toBe(true);
    if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/connections.png` });
    await button(page, 'Sign in again').click();

    // There the user name is filled in, and what came along stands in the list and nowhere in the address.
    await arrived(page, home);
    expect(await page.locator('input[name=username]').inputValue()).toBe('336');
    await button(page, 'UC server …').click();
    await page.getByText('Home (this one)').waitFor();

    // The way back came along with the address, so it is asked about once.
    await choice(page, office).click();
    await button(page, 'Sign in again').click();
    await page.getByRole('group', { name: `Go to localhost:${office.port}?` }).waitFor();
    if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/connections-asked.png` });
    await button(page, 'Cancel').click();
    expect(page.url()).toBe(`${address(home)}/window#people`);
    await button(page, 'Sign in again').click();
    await button(page, 'Go there').click();
    await arrived(page, office);
    expect(await page.locator('input[name=username]').inputValue()).toBe('330');

    // The address typed by hand needs no question.
    await button(page, 'UC server …').click();
    await choice(page, home).click();
    await button(page, 'Sign in again').click();
    await arrived(page, home);
    await context.close();
  });
});
