/** Administration as an administrator uses it in the pane; and its views for everybody. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { administrationWords, administrator, openAdministration, openTab } from './administration-driver';
import { wrongIn } from './look-for-all';
import { createPaneWorld } from './pane-world';

const world = createPaneWorld({ DEMO_CONTACTS: '20', DEMO_LATENCY_MS: '5' });
const t = administrationWords.en;

/** The keyboard is here. */
const expectFocus = (control: Locator) =>
  expect.poll(() => control.evaluate((element) => element === document.activeElement)).toBe(true);

describe('users', () => {
  it('are searched, added with an initial password, changed, and stand in the audit trail', async () => {
    const { pane } = await world.preview(administrator, {
      refusals: ['/administration/users'],
    });
    await openAdministration(pane);
    await pane.main.getByText('Anna Bergström').waitFor();
    await pane.button(t.addUser).click();
    await pane.button(t.shared.save).click();
    await pane.main.getByText(t.problems.missing).first().waitFor();
    await pane.main.getByLabel(t.userName).fill('330');
    await pane.main.getByLabel(t.displayName).fill('Carla Example');
    await pane.button(t.shared.save).click();
    await pane.main.getByText(t.problems.taken).waitFor();
    await pane.main.getByLabel(t.userName).fill('carla');
    await pane.button(t.shared.save).click();
    await pane.main.locator('[data-initial-password]').waitFor();
    expect(world.store().user('carla').mustChangePassword).toBe(true);
    await pane.button(t.edit).click();
    await pane.main.getByLabel(t.displayName).fill('Carla Changed');
    await pane.button(t.shared.save).click();
    await pane.main.getByRole('heading', { name: 'Carla Changed' }).waitFor();
    await pane.button(t.disable).click();
    await expectFocus(pane.button(t.shared.cancel));
    await pane.page.keyboard.press('Enter');
    await expectFocus(pane.button(t.disable));
    await pane.button(t.shared.back).click();
    await pane.main.getByRole('searchbox', { name: t.search }).fill('changed');
    await pane.main
      .getByText('carla', { exact: true })
      .or(pane.main.getByText(/^carla · /))
      .waitFor();
    await pane.main.getByRole('searchbox', { name: t.search }).fill('nobody');
    await pane.main.getByText(t.noneFits).waitFor();

    await openTab(pane, t.tabs.audit);
    await pane.main.getByText(`${t.audit.actions['user.added']}: Carla Changed`).waitFor();
    await openTab(pane, t.tabs.mailboxes);
    await pane.main.getByText(t.noMailboxes).waitFor();
  });
});

describe('sites, groups, speed dials and a file of users', () => {
  it('are added, changed and removed in the pane', async () => {
    const { pane } = await world.preview(administrator, { refusals: [/\/administration\//] });
    await openAdministration(pane);
    await openTab(pane, t.tabs.sites);
    await pane.main.getByText('München').first().click();
    await pane.button(t.remove).click();
    await expectFocus(pane.button(t.keep));
    await pane.page.keyboard.press('Enter');
    await expectFocus(pane.button(t.remove));
    await pane.page.keyboard.press('Enter');
    await pane.button(t.removeConfirm).click();
    await pane.main.getByText(t.shared.errors['site-not-empty']).waitFor();
    await pane.button(t.shared.cancel).click();
    await pane.button(t.addSite).click();
    await pane.main.getByLabel(t.siteName).fill('Wien');
    await pane.main.getByLabel(t.countryCode).fill('43');
    await pane.button(t.shared.save).click();
    await pane.main.getByText('Wien', { exact: true }).click();
    await pane.button(t.remove).click();
    await pane.button(t.removeConfirm).click();
    await pane.button(t.addSite).waitFor();
    await expect.poll(() => pane.main.getByText('Wien', { exact: true }).count()).toBe(0);
    // North America alone dials with and without the 1.
    await pane.button(t.addSite).click();
    await pane.main.getByLabel(t.siteName).fill('New York');
    expect(await pane.main.getByLabel(t.localAreaCodes).count()).toBe(0);
    await pane.main.getByLabel(t.countryCode).fill('1');
    await pane.main.getByLabel(t.areaCode, { exact: true }).fill('212');
    await pane.main.getByLabel(t.localAreaCodes).fill('212, 646');
    await pane.main.getByLabel(t.ownAreaDigits).fill('7');
    await pane.button(t.shared.save).click();
    await pane.main.getByText('New York', { exact: true }).click();
    expect(await pane.main.getByLabel(t.localAreaCodes).inputValue()).toBe('212, 646');
    expect(await pane.main.getByLabel(t.ownAreaDigits).inputValue()).toBe('7');
    await pane.button(t.remove).click();
    await pane.button(t.removeConfirm).click();
    await pane.button(t.addSite).waitFor();

    await openTab(pane, t.tabs.groups);
    await pane.button(t.addGroup).click();
    await pane.main.getByLabel(t.groupName).fill('Night shift');
    await pane.main.getByLabel(t.extension).fill('398');
    await pane.main.getByLabel(t.members).fill('330\nnobody');
    await pane.button(t.shared.save).click();
    await pane.main.getByText(t.problems.unknown).waitFor();
    await pane.main.getByLabel(t.members).fill('330\n331');
    await pane.button(t.shared.save).click();
    await pane.main.getByText(`398 · ${t.membersOf(2)}`).waitFor();

    await openTab(pane, t.tabs.speedDials);
    await pane.button(t.addSpeedDial).click();
    await pane.main.getByLabel(t.speedDialName).fill('Aaa taxi');
    await pane.main
      .getByLabel(t.number, { exact: true })
      .or(pane.main.getByRole('textbox', { name: t.number }))
      .first()
      .fill('089 21610');
    await pane.button(t.shared.save).click();
    await pane.main.getByRole('searchbox', { name: t.searchSpeedDials }).fill('aaa');
    await pane.main.getByText('Aaa taxi').waitFor();

    await openTab(pane, t.tabs.users);
    await pane.button(t.importUsers).click();
    const choose = (text: string) =>
      pane.main
        .locator('input[type=file]')
        .setInputFiles({ name: 'users.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await choose('userName,displayName,extension\ndora,Dora Example,330\n');
    await pane.main
      .locator('[data-import=refused]')
      .getByText(/extension/)
      .waitFor();
    await choose('userName,displayName\ndora,Dora Example\n');
    await pane.main.locator('[data-import=planned]').waitFor();
    await pane.button(t.import.apply).click();
    await pane.main.locator('[data-import=done]').waitFor();
    await pane.button(t.shared.back).click();
    await pane.main.getByRole('searchbox', { name: t.search }).fill('dora');
    await pane.main.getByText('Dora Example').waitFor();
  });
});

describe('administration for everybody', () => {
  for (const [language, theme, width] of [
    ['en', 'Light', 320],
    ['de', 'Dunkel', 320],
    ['de', 'Hoher Kontrast', 450],
  ] as const) {
    it(`nothing is wrong or cut off: ${language}, ${theme}, ${width} px`, { timeout: 90_000 }, async () => {
      const words = administrationWords[language];
      const preview = await world.preview(undefined, { language });
      const { pane } = preview;
      await pane.button(/^(Sign in|Anmelden)$/).waitFor();
      await preview.setTheme(theme, /^(Appearance|Darstellung)$/);
      if (width === 450) await preview.switchWidth();
      await pane.signIn(administrator);
      await openAdministration(pane, language);
      const found: string[] = [];
      const look = async (view: string) => {
        await pane.picture(`administration-${view}-${language}-${theme.replace(' ', '-')}-${width}`);
        found.push(...(await wrongIn(pane.frame())).map((text) => `${view}: ${text}`));
      };
      await pane.main.getByText('Anna Bergström').waitFor();
      await look('users');
      await pane.main.getByText('Anna Bergström').click();
      await pane.button(words.edit).waitFor();
      await look('user');
      await pane.button(words.edit).click();
      await pane.button(words.shared.save).waitFor();
      await look('user-form');
      await pane.button(words.shared.cancel).click();
      await pane.button(words.shared.back).click();
      await pane.button(words.importUsers).click();
      await look('import');
      await pane.button(words.shared.back).click();
      for (const [tab, add] of [
        [words.tabs.sites, words.addSite],
        [words.tabs.groups, words.addGroup],
        [words.tabs.speedDials, words.addSpeedDial],
      ] as const) {
        await openTab(pane, tab);
        await pane.main.getByRole('listitem').first().getByRole('button').click();
        // There the form is longest.
        if (tab === words.tabs.sites) await pane.main.getByLabel(words.countryCode).fill('1');
        await pane.button(words.remove).click();
        await look(`${tab}-form`);
        await pane.button(words.shared.cancel).click();
        await pane.button(add).waitFor();
        await look(tab);
      }
      await openTab(pane, words.tabs.mailboxes);
      await pane.main.getByText(words.noMailboxes).waitFor();
      await look('mailboxes');
      await openTab(pane, words.tabs.audit);
      await pane.main.getByText(/:/).first().waitFor();
      await look('audit');
      expect(found).toEqual([]);
    });
  }
});
