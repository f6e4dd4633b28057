/** The real office.js, as the package ships it, in a browser without an Outlook around: the pane does not wait for one. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from './chromium';
import { startInstallation } from './start-installation';
import type { InstallationProcess } from './start-installation';

/** Milliseconds within which the pane is to be seen; generous, because the machine may be busy with other things. */
const limitMs = 5000;

describe('the pane with the real office.js and no Outlook', () => {
  let browser: Browser;
  let installation: InstallationProcess;

  beforeAll(async () => {
    [browser, installation] = await Promise.all([launchChromium(), startInstallation({ OFFICE_JS: 'local' })]);
  });
  afterAll(async () => {
    await browser.close();
    await installation.remove();
  });

  it('is there within its limit, and works on although office.js takes pushState away', async () => {
    const { url } = installation;
    const page = await browser.newPage({ locale: 'en-US' });
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    // Nothing but the own origin may be needed: a closed network has nothing else.
    await page.route(/.*/, (route) => (route.request().url().startsWith(url) ? route.continue() : route.abort()));
    const startedAt = Date.now();
    await page.goto(`${url}/taskpane.html`, { waitUntil: 'commit' });
    await page.getByRole('button', { name: 'Sign in' }).waitFor({ timeout: limitMs });
    expect(Date.now() - startedAt).toBeLessThan(limitMs);

    // The real one has been loaded, has said that there is no host, and has done what it does to the history.
    const host = await page.evaluate(
      () =>
        new Promise<unknown>((resolve) => {
          const ask = () => void Office.onReady((info) => resolve(info.host));
          if (document.readyState === 'complete') ask();
          else window.addEventListener('load', ask, { once: true });
        }),
    );
    expect(host).toBeNull();
    expect(await page.evaluate(() => typeof history.pushState)).not.toBe('function');
    expect(await page.evaluate(() => document.querySelector<HTMLScriptElement>('script[src*="office.js"]')?.src)).toBe(
      `${url}/office-js/office.js`,
    );

    await page.getByLabel('User name').fill('nobody');
    await page.getByLabel('Password').fill('Wrong-0000!');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('User name or password is wrong.').waitFor();
    expect(faults).toEqual([]);
  });
});
