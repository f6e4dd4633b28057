/** Settings: each change is in the store at once and still there in the next pane; the window of its own. */
import { describe, expect, it } from 'vitest';
import { version } from '../../package.json';
import { createPaneDriver, eventually } from './pane-driver';
import type { PaneDriver } from './pane-driver';
import type { PaneWorld } from './pane-world';

const user = '336';

/** Brightness of the pane's background, 0 to 255. */
async function background(pane: PaneDriver): Promise<number> {
  return pane.frame().evaluate(() => {
    const page = document.querySelector('.fui-FluentProvider');
    const [red = -1] = /\d+/.exec(page ? getComputedStyle(page).backgroundColor : '') ?? [];
    return Number(red);
  });
}

export function describeSettings(world: PaneWorld): void {
  const stored = (key: string) => () => world.store().user(user).settings[key];

  describe('settings', () => {
    it('language and colours change at once, are stored, and hold in the next pane', async () => {
      const preview = await world.preview(user);
      const { pane } = preview;
      await pane.press(pane.control('tab', 'Settings'), async () => {
        await pane.main.getByText('Site: München').waitFor();
        expect(world.store().user(user).settings).toEqual({});
      });
      for (const [option, skin, low, high] of [
        ['Dark', 'dark', 20, 60],
        ['High contrast', 'high-contrast', 0, 0],
        ['Light', 'light', 255, 255],
        ['Dark', 'dark', 20, 60],
      ] as const) {
        await pane.choose('Colours', option, () => eventually(stored('skin'), skin));
        await expect.poll(() => background(pane)).toSatisfy((value: number) => value >= low && value <= high);
      }
      await pane.choose('Language', 'Deutsch', () => eventually(stored('language'), 'de'));
      await pane.main.getByRole('heading', { name: 'Darstellung' }).waitFor();
      expect(await pane.frame().evaluate(() => document.documentElement.lang)).toBe('de');

      await preview.openItem(1);
      await pane.ready();
      await pane.goTo('Einstellungen');
      expect(await background(pane)).toBeLessThan(60);
      await pane.choose('Sprache', 'English', () => eventually(stored('language'), 'en'));
      await pane.main.getByRole('heading', { name: 'Appearance' }).waitFor();
      await pane.choose('Sync while this pane is open', 'Every hour', () =>
        eventually(stored('syncIntervalMinutes'), 60),
      );
    });

    it('checks for updates, and keeps and hands out a trace of what it does', async () => {
      const { pane } = await world.preview(user);
      await pane.goTo('Settings');
      await pane.frame().evaluate(() => {
        window.location.hash = '#settings/updates';
      });
      const nothing = pane.main.getByText(`Pane and service are both version ${version}. There is nothing to update.`);
      await nothing.waitFor();
      await pane.press(pane.button('Check for updates'), () => nothing.waitFor());
      const level = pane.main.getByRole('combobox', { name: 'Logging' });
      await pane.choose('Logging', 'Detailed', async () => expect(await level.inputValue()).toBe('detailed'));
      await pane.press(pane.button('Diagnostics'), async () => {
        const sets = pane.main.getByRole('region', { name: 'Requirement sets' });
        await expect.poll(() => sets.innerText()).toMatch(/Mailbox\s+1\.15\s+NestedAppAuth\s+1\.1/);
        await pane.main.getByText(/^getHealth: 200, [0-9a-f-]{36}$/).waitFor();
        const service = pane.main.getByRole('region', { name: 'Service', exact: true });
        await expect.poll(() => service.innerText()).toMatch(/Ready to work\s+yes/);
        const session = pane.main.getByRole('region', { name: 'Sign-in', exact: true }).last();
        expect(await session.innerText()).toMatch(/Signed in by\s+password/);
      });
      await pane.press(pane.main.getByRole('button', { name: /^Copy the reference / }).first(), async () => {
        await pane.main.getByRole('button', { name: 'Copied.' }).waitFor();
        expect(await pane.frame().evaluate(() => navigator.clipboard.readText())).toMatch(/^[0-9a-f-]{36}$/);
      });
      await pane.picture('diagnostics');
      const saved = pane.page.waitForEvent('download');
      await pane.press(pane.button('Save trace'), async () => {
        expect((await saved).suggestedFilename()).toMatch(/^mycontacts-trace-\d{4}-\d\d-\d\d\.json$/);
      });
      await pane.press(pane.button('Copy trace'), async () => {
        await pane.main.getByText('Trace copied.').waitFor();
        expect(await pane.frame().evaluate(() => navigator.clipboard.readText())).toContain('"level": "detailed"');
      });
    });

    it('tells its versions, what is new in them, and whose software is in it', async () => {
      const { pane } = await world.preview(user);
      await pane.goTo('Settings');
      await pane.frame().evaluate(() => {
        window.location.hash = '#settings/about';
      });
      const about = pane.main.getByRole('region', { name: 'About', exact: true });
      await expect
        .poll(() =>
          about.getByRole('heading', { name: 'About' }).evaluate((heading) => heading === document.activeElement),
        )
        .toBe(true);
      await about.getByText(`Pane: version ${version}`).waitFor();
      await about.getByText(`Service: version ${version}`).waitFor();
      await pane.press(pane.button('Release notes', about), () => about.getByText(/CSV export/).waitFor());
      await pane.press(pane.button('Software of others', about), () =>
        about.getByText(/^@azure\/msal-browser/).waitFor(),
      );
      const opened = pane.page.context().waitForEvent('page');
      await pane.press(pane.control('link', 'Texts of all licences', about), async () => {
        const page = await opened;
        await page.waitForLoadState();
        expect(await page.locator('body').innerText()).toContain('react-dom');
      });
      await pane.choose('Language', 'Deutsch', () => eventually(stored('language'), 'de'));
      await pane.main.getByText(/CSV-Exports/).waitFor();
      await pane.choose('Sprache', 'English', () => eventually(stored('language'), 'en'));
    });

    it('opens as a window of its own without a second sign-in', async () => {
      const preview = await world.preview(user);
      const { pane } = preview;
      await pane.goTo('Settings');
      await pane.choose('Colours', 'Dark', () => eventually(stored('skin'), 'dark'));
      const sessions = world.store().sessions(user);
      const opened = preview.page.context().waitForEvent('page');
      await pane.press(pane.control('link', 'Open as a window'), async () => {
        const page = await opened;
        const window = createPaneDriver(page, page, () => page.mainFrame());
        await window.ready();
        await window.main.getByText(/^In this window there is no mail\./).waitFor();
        await window.goTo('Settings');
        expect(await window.control('combobox', 'Colours').inputValue()).toBe('dark');
        expect(world.store().sessions(user)).toBe(sessions);
      });
    });
  });
}
