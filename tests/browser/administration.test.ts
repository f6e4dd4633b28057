/** Administration as an administrator uses it in the pane; and its views for everybody. */
import { describe, expect, it } from 'vitest';
import { administrationWords, administrator, openAdministration, openTab } from './administration-driver';
import { wrongIn } from './look-for-all';
import { createPaneWorld } from './pane-world';

const world = createPaneWorld({ DEMO_CONTACTS: '20', DEMO_LATENCY_MS: '5' });
const t = administrationWords.en;

describe('users', () => {
  it('are searched, added with an initial password, changed, and stand in the audit trail', async () => {
    const { pane } = await world.preview(administrator, {
      refusals: ['/administration/users'],
    });
    await openAdministration(pane);
    await pane.main.getByText('Anna Bergström').waitFor();
    await pane.button(t.addUser).click();
    await pane.button(t.shared.save).click();
    await pane.main.getByText(t.missing).first().waitFor();
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
    await pane.button(t.shared.back).click();
    await pane.main.getByRole('searchbox', { name: t.search }).fill('changed');
    await pane.main
      .getByText('carla', { exact: true })
      .or(pane.main.getByText(/^carla · /))
      .waitFor();
    await pane.main.getByRole('searchbox', { name: t.search }).fill('nobody');
    await pane.main.getByText(t.noneFits).waitFor();

    await openTab(pane, t.tabs.audit);
    await pane.main.getByText(`${t.actions['user.added']}: Carla Changed`).waitFor();
    await openTab(pane, t.tabs.mailboxes);
    await pane.main.getByText(t.noMailboxes).waitFor();
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
