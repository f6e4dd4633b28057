/** An installation that starts empty, set up in its window by whoever has the one-time code. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from './chromium';
import { openSession, openWindow } from './pane-driver';
import { startInstallation } from './start-installation';
import type { InstallationProcess } from './start-installation';

let installation: InstallationProcess;
let browser: Browser;

beforeAll(async () => {
  [installation, browser] = await Promise.all([startInstallation(), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  await installation.remove();
});

describe('the first administrator', () => {
  it('enters the printed code in the window and lands signed in; then nobody is asked again', async () => {
    const code = /first administrator: (\S+)/.exec(installation.output())?.[1] ?? '';
    const session = await openSession(browser, {
      viewport: { width: 360, height: 800 },
      refusals: ['/api/v1/first-administrator'],
    });
    const pane = await openWindow(session, `${installation.url}/`);
    await pane.button('Set up this installation').click();
    await pane.root.getByRole('heading', { name: 'Set up myContacts' }).waitFor();

    const submit = pane.button('Set up and sign in');
    await submit.click();
    expect(await pane.root.getByText('Fill in this field.').count()).toBe(6);

    const fill = (name: string, text: string) => pane.root.locator(`input[name=${name}]`).fill(text);
    await fill('code', '00000-00000-00000-00000');
    await fill('userName', 'boss');
    await fill('displayName', 'The Boss');
    await fill('password', 'Boss-1234!');
    await fill('repeat', 'Boss-1234');
    await pane.root.getByText('The two passwords are not the same.').waitFor();
    expect(await pane.root.getByRole('listitem').filter({ hasText: ': met' }).count()).toBe(6);
    await fill('repeat', 'Boss-1234!');
    await fill('siteName', 'München');
    await submit.click();
    await pane.root.getByRole('alert').getByText('The code is wrong, used up or locked.').waitFor();

    await fill('code', code.toLowerCase());
    await submit.click();
    await pane.root.getByText('There is no such site yet. Name its country code to add it.').waitFor();
    await fill('countryCode', '+49');
    await pane.root.getByText('More about the telephone system').click();
    await fill('areaCode', '89');
    await fill('numberBlock', '+49 89 x');
    await submit.click();
    await pane.root.getByText('Written differently: see the example below.').waitFor();
    await fill('numberBlock', '+49 89 7007');
    await submit.click();
    await pane.root.getByRole('tablist').waitFor();
    await pane.root.getByText('The Boss').first().waitFor();
    expect(session.faults).toEqual([]);
    await session.close();

    const later = await openSession(browser, { language: 'de' });
    const next = await openWindow(later, `${installation.url}/`);
    await next.button('Anmelden').waitFor();
    const told: unknown = await (await fetch(`${installation.url}/api/v1/installation`)).json();
    expect(told).toMatchObject({ needsAdministrator: false });
    expect(await next.root.getByRole('button', { name: 'Diese Installation einrichten' }).count()).toBe(0);
    await later.close();
  });
});
