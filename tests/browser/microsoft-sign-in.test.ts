/** Signing in with Microsoft through the real MSAL library, at an identity server that signs real tokens. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMailboxServer } from '../../demo/mailbox/mailbox-server';
import type { MailboxServer } from '../../demo/mailbox/mailbox-server';
import { startGraphBehindIdentityServer } from '../fakes/graph-behind-identity-server';
import type { GraphBehindIdentityServer } from '../fakes/graph-behind-identity-server';
import { startIdentityServer } from '../fakes/identity-server';
import type { IdentityServer, IdentityUser, RegisteredApp } from '../fakes/identity-server';
import { launchChromium } from './chromium';
import { fakeOutlook } from './fake-outlook';
import { wrongIn } from './look-for-all';
import { manageInstallation, startInstallation } from './start-installation';
import type { InstallationProcess } from './start-installation';

const clientId = randomUUID();
const appIdUri = `api://contacts.example.com/${clientId}`;
const folder = mkdtempSync(join(tmpdir(), 'mycontacts-sign-in-'));
let entra: IdentityServer;
let tenant: string;
let app: RegisteredApp;
let anna: IdentityUser;
let bert: IdentityUser;
let bertsPassword: string;
let carla: IdentityUser;
let mailboxes: MailboxServer;
let graph: GraphBehindIdentityServer;
let installation: InstallationProcess;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  [entra, browser] = await Promise.all([startIdentityServer(), launchChromium()]);
  tenant = entra.addTenant();
  anna = entra.addUser({ tenantId: tenant, userName: 'anna@contoso.example' });
  bert = entra.addUser({ tenantId: tenant, userName: 'b.b@contoso.example' });
  carla = entra.addUser({ tenantId: tenant, userName: 'carla@contoso.example' });
  const contacts = [{ contact: { displayName: 'Ida Meier', businessPhones: ['089 7007-100'] } }];
  mailboxes = createMailboxServer({
    addresses: [anna.userName],
    latencyMs: 0,
    contents: () => ({ folders: [], contacts }),
  });
  await mailboxes.listen(0);
  graph = await startGraphBehindIdentityServer(mailboxes);
  const ca = join(folder, 'ca.pem');
  writeFileSync(ca, entra.ca);
  const data = join(folder, 'data');
  await manageInstallation(data, 'site', 'add', 'Office', '--country', '49', '--area', '89');
  await manageInstallation(data, 'user', 'add', '330', '--display-name', 'Anna Berg', '--email', anna.userName);
  await manageInstallation(data, 'user', 'add', '332', '--display-name', 'Carla Cron', '--email', carla.userName);
  const added = await manageInstallation(data, 'user', 'add', '331', '--display-name', 'Bert Bo');
  bertsPassword = /first sign-in: (\S+)/.exec(added)?.[1] ?? '';
  installation = await startInstallation({
    DATA_DIR: data,
    MICROSOFT_CLIENT_ID: clientId,
    MICROSOFT_TENANT_ID: tenant,
    MICROSOFT_AUTHORITY: entra.authority(tenant),
    MICROSOFT_GRAPH_BASE_URL: graph.baseUrl,
    MICROSOFT_API_SCOPE: `${appIdUri}/access_as_user`,
    NODE_EXTRA_CA_CERTS: ca,
  });
  app = entra.register({
    clientId,
    appIdUri,
    tenantId: tenant,
    spaRedirectUris: [`${installation.url}/microsoft-sign-in`],
  });
});
afterAll(async () => {
  await browser.close();
  await installation.remove();
  await entra.close();
  await graph.close();
  await mailboxes.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  app.consent = 'granted';
  context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 320, height: 700 } });
});
afterEach(() => context.close());

/** Nothing is wrong in it for anybody; with SCREENSHOTS set, a picture of the page for people who look at it. */
async function look(page: Page, name: string) {
  const directory = process.env.SCREENSHOTS;
  if (directory) await page.screenshot({ path: join(directory, `${name}.png`) });
  expect(await wrongIn(page.mainFrame()), name).toEqual([]);
}
const signInButton = (page: Page) => page.getByRole('button', { name: 'Sign in with Microsoft' });
async function openWindow(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${installation.url}/window`);
  return page;
}
async function typeAt(page: Page, user: IdentityUser) {
  await page.getByLabel('User name').fill(user.userName);
  await page.getByLabel('Password').fill(user.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
async function signInByPopup(page: Page, user: IdentityUser): Promise<Page> {
  const opened = page.waitForEvent('popup');
  await signInButton(page).click();
  const popup = await opened;
  await typeAt(popup, user);
  return popup;
}

describe('signing in with Microsoft in a window of its own', () => {
  it('leads through a popup to the workspace of the user with that address', async () => {
    const page = await openWindow();
    await signInByPopup(page, anna);
    await page.getByRole('heading', { name: 'Anna Berg' }).waitFor();
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    expect(kept).not.toMatch(/eyJ/);

    // The same account reads the mailbox without another question.
    await page.getByRole('tab', { name: 'Sync' }).click();
    await page.getByText('1 contacts in Outlook').waitFor();
    await page.getByRole('button', { name: 'Sync now' }).click();
    await page.locator('main').getByText('Synced', { exact: true }).waitFor();
    await page.getByText('1 imported').waitFor();
  });

  it('is asked once more in a window that knows nobody, before the mailbox is read; another account reads nothing', async () => {
    const first = await openWindow();
    await signInByPopup(first, anna);
    await first.getByRole('heading', { name: 'Anna Berg' }).waitFor();
    await first.reload();
    await first.getByRole('tab', { name: 'Sync' }).click();
    const syncNow = first.getByRole('button', { name: 'Sync now' });
    const reads = graph.rights.length;
    await context.clearCookies({ domain: 'localhost', name: 'ESTSAUTH' });
    let opened = first.waitForEvent('popup');
    await syncNow.click();
    await typeAt(await opened, bert);
    await first.getByText('This was not the account of your mailbox.').waitFor();
    expect(graph.rights).toHaveLength(reads);
    await look(first, 'mailbox-wrong-account');
    await context.clearCookies({ domain: 'localhost', name: 'ESTSAUTH' });
    opened = first.waitForEvent('popup');
    await syncNow.click();
    await typeAt(await opened, anna);
    await first
      .getByText('Contacts are up to date')
      .or(first.getByText('Synced', { exact: true }))
      .first()
      .waitFor();
    expect(graph.rights.at(-1)).toContain('Contacts.Read');
  });

  it('asks once for user name and password where the account is nobody’s yet, and never again', async () => {
    const page = await openWindow();
    await signInByPopup(page, bert);
    await page.getByText('b.b@contoso.example belongs to no user here yet.').waitFor();
    await page.getByLabel(/^User name/).fill('331');
    await page.getByLabel(/^Password/).fill(bertsPassword);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('Choose a new password').waitFor();

    await context.clearCookies();
    const again = await openWindow();
    await signInByPopup(again, bert);
    await again.getByRole('heading', { name: 'Bert Bo' }).waitFor();
  });

  it('gives the link for the administrator where nobody has consented, and works once he has', async () => {
    app.consent = 'admin';
    const page = await openWindow();
    const popup = await signInByPopup(page, anna);
    await popup.getByRole('link', { name: 'Return to the application' }).click();
    await page.getByRole('alert').getByText('has not been allowed in your organisation yet').waitFor();
    const link = await page.getByLabel('Link for your administrator').inputValue();
    expect(link).toBe(`${entra.origin}/${tenant}/adminconsent?client_id=${clientId}`);
    const administrator = await context.newPage();
    await administrator.goto(link);
    await administrator.getByText('Permissions granted.').waitFor();
    await page.bringToFront();
    const opened = page.waitForEvent('popup');
    await signInButton(page).click();
    const next = await opened;
    if (!next.isClosed()) await next.getByLabel('Password').waitFor();
    await typeAt(next, anna);
    await page.getByRole('heading', { name: 'Anna Berg' }).waitFor();
  });

  it('may be begun again by whoever has closed the popup', async () => {
    const page = await openWindow();
    const opened = page.waitForEvent('popup');
    await signInButton(page).click();
    await (await opened).getByLabel('Password').waitFor();
    await (await opened).close();
    const again = page.waitForEvent('popup');
    await page.getByRole('button', { name: /Signing in with Microsoft/ }).click();
    await typeAt(await again, anna);
    await page.getByRole('heading', { name: 'Anna Berg' }).waitFor();
  });
});

describe('signing in with Microsoft in Outlook', () => {
  const tokenOf = (user: IdentityUser) => (scope: string) =>
    entra.tokens.accessToken(app, user, appIdUri, [scope.includes('access_as_user') ? 'access_as_user' : 'none']);
  const token = (scope: string) => tokenOf(anna)(scope);

  it('happens by itself where Outlook signs people in for add-ins', async () => {
    await fakeOutlook(context, { mailbox: anna.userName, tenant, oid: anna.oid, token });
    const page = await context.newPage();
    await page.goto(`${installation.url}/taskpane.html`);
    await page.getByRole('heading', { name: 'Anna Berg' }).waitFor();
  });

  it('with an account that is not the mailbox’s is told with the next step, until the user says that both are his', async () => {
    await fakeOutlook(context, { mailbox: bert.userName, tenant, oid: carla.oid, token: tokenOf(carla) });
    const page = await context.newPage();
    await page.goto(`${installation.url}/taskpane.html`);
    const notice = page.getByRole('status').filter({ hasText: 'The open mailbox is b.b@contoso.example' });
    await notice.getByText('sign in with the account of the mailbox').waitFor();
    await look(page, 'mailbox-of-somebody-else');
    await notice.getByRole('button', { name: 'Both are mine' }).click();
    await notice.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('heading', { name: 'Carla Cron' }).waitFor();
    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByText('You are signed in as Carla Cron (332), with the Microsoft account carla@').waitFor();
    await page.getByText('A sync brings the contacts of that mailbox into').waitFor();
    expect(await notice.count()).toBe(0);
  });

  it('is ended by unlinking, which says how one signs in from then on', async () => {
    await fakeOutlook(context, { mailbox: carla.userName, tenant, oid: carla.oid, token: tokenOf(carla) });
    const page = await context.newPage();
    await page.goto(`${installation.url}/taskpane.html`);
    await page.getByRole('tab', { name: 'Settings' }).click();
    const section = page.getByRole('region', { name: 'Sign-in', exact: true });
    await section.getByText('The open mailbox is yours: carla@contoso.example.').waitFor();
    await section.getByText(/^carla@contoso.example signs you in since .*, because its name fits you\.$/).waitFor();
    const unlink = section.getByRole('button', { name: 'Unlink this account …' });
    await unlink.click();
    await section.getByText('the first password that your administrator gave you').waitFor();
    await look(page, 'unlink-question');
    await section.getByRole('button', { name: 'Cancel' }).click();
    await unlink.click();
    await section.getByRole('button', { name: 'Unlink', exact: true }).click();
    await section.getByText('No Microsoft account signs you in any more.').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await signInButton(page).click();
    await page.getByText('carla@contoso.example belongs to no user here yet.').waitFor();
  });

  it('by Office’s dialog gives the token to the pane', async () => {
    await fakeOutlook(context, { mailbox: anna.userName, tenant, oid: anna.oid });
    const dialog = await context.newPage();
    let said: (message: string) => void = () => undefined;
    const message = new Promise<string>((resolve) => (said = resolve));
    await dialog.exposeFunction('saidToParent', (text: string) => said(text));
    await dialog.goto(`${installation.url}/microsoft-sign-in#dialog`);
    await typeAt(dialog, anna);
    const answer = JSON.parse(await message) as { accessToken: string; accountName: string; tenantId: string };
    expect(answer).toMatchObject({ accountName: anna.userName, tenantId: tenant });
    expect(decodeJwt(answer.accessToken)).toMatchObject({ aud: clientId, scp: 'access_as_user' });
  });
});
