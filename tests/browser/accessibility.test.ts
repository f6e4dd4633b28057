/** Every view of the pane for everybody: axe finds nothing, nothing is cut off, and it fits into 320 pixels. */
import { describe, expect, it } from 'vitest';
import { wrongIn } from './look-for-all';
import { manage } from './pane-store';
import type { PaneDriver, PreviewDriver } from './pane-driver';
import { createPaneWorld } from './pane-world';
import { fileOf } from './pane-files';

const world = createPaneWorld({ DEMO_CONTACTS: '60', DEMO_LATENCY_MS: '5' });

const words = {
  en: {
    menu: 'Appearance',
    themes: { light: 'Light', dark: 'Dark', contrast: 'High contrast' },
    places: ['People', 'Directory', 'Sync', 'Settings'],
    favorites: 'Favourites',
    toFavorites: /to the favourites$/,
    favoriteGroup: /^Change the group/,
    journal: /^Journal/,
    allCalls: /^All calls/,
    deleteEntries: 'Delete entries …',
    add: 'Add contact',
    edit: 'Edit',
    remove: 'Delete',
    cancel: 'Cancel',
    details: 'Details of',
    deleteImported: 'Delete imported contacts …',
    pastSync: /^Sync of/,
    back: 'Back',
    answer: 'Answer',
    hangUp: 'Hang up',
    import: 'Import',
    signOut: 'Sign out',
    signIn: 'Sign in',
  },
  de: {
    menu: 'Darstellung',
    themes: { light: 'Hell', dark: 'Dunkel', contrast: 'Hoher Kontrast' },
    places: ['Personen', 'Verzeichnis', 'Abgleich', 'Einstellungen'],
    favorites: 'Favoriten',
    toFavorites: /zu den Favoriten hinzufügen$/,
    favoriteGroup: /^Gruppe .* ändern$/,
    journal: /^Journal/,
    allCalls: /^Alle Anrufe/,
    deleteEntries: 'Einträge löschen …',
    add: 'Neuer Kontakt',
    edit: 'Bearbeiten',
    remove: 'Löschen',
    cancel: 'Abbrechen',
    details: 'Details zu',
    deleteImported: /^Importierte Kontakte löschen/,
    pastSync: /^Abgleich vom/,
    back: 'Zurück',
    answer: 'Annehmen',
    hangUp: 'Trennen',
    import: 'Importieren',
    signOut: 'Abmelden',
    signIn: 'Anmelden',
  },
} as const;

interface Case {
  readonly language: 'en' | 'de';
  readonly theme: 'light' | 'dark' | 'contrast';
  readonly width: 320 | 450;
}

const cases: readonly Case[] = [
  { language: 'en', theme: 'light', width: 320 },
  { language: 'de', theme: 'light', width: 320 },
  { language: 'de', theme: 'dark', width: 450 },
  { language: 'de', theme: 'contrast', width: 320 },
  ...(process.env.SCREENSHOTS
    ? ([
        { language: 'en', theme: 'dark', width: 320 },
        { language: 'en', theme: 'contrast', width: 450 },
      ] as const)
    : []),
];

/** Goes through all views; `look` is called at each. */
async function walk(preview: PreviewDriver, language: Case['language'], look: (view: string) => Promise<void>) {
  const { pane } = preview;
  const t = words[language];
  const [people, directory, sync, settings] = t.places;
  const details = (name: string) => pane.button(`${t.details} ${name}`).first();

  await pane.root.getByRole('banner').waitFor();
  await preview.openItemOf('Jürgen Müller');
  await pane.ready();
  await details('Jürgen Müller').waitFor();
  await look('people');

  await pane.goTo(directory);
  if (world.store().contacts('330').length === 0) {
    await pane.main.getByRole('tabpanel').getByRole('button').last().waitFor();
    await look('directory-empty');
  }
  await pane.goTo(sync);
  await pane.main.locator('#file-title').waitFor();
  await pane.main.locator('input[type=file]').setInputFiles(
    fileOf([
      ['Öznur', 'Zwirn-Übelhör', 'Straß GmbH & Co. KG', '089 99998-461'],
      ['Only', 'Words', '', 'call me'],
    ]),
  );
  await pane.main.locator('[data-file=planned]').waitFor();
  await pane.button(/^(Columns|Spalten): /).click();
  await look('sync-file');
  const plan = pane.main.locator('[data-file=planned]').getByRole('button');
  const importButton = pane.button(t.import);
  if ((await importButton.count()) > 0) {
    await importButton.click();
    await pane.main.locator('[data-file=done]').waitFor();
  } else await plan.last().click();
  await pane.button(t.pastSync).last().click();
  await pane.main.locator('[data-change]').first().waitFor();
  await look('sync-past');
  await pane.button(t.back).click();
  await pane.button(t.deleteImported).click();
  await pane.main.locator('[data-question]').waitFor();
  await look('sync-question');
  await pane.main.locator('[data-question]').getByRole('button', { name: t.cancel }).click();

  await pane.goTo(settings);
  await pane.main.getByText('0.1.0').first().waitFor();
  await look('settings');

  await pane.goTo(directory);
  await details('Öznur Zwirn-Übelhör').waitFor();
  await look('directory');
  await details('Öznur Zwirn-Übelhör').click();
  await pane.button(t.edit).waitFor();
  await look('card');
  await pane.button(t.remove).click();
  await look('card-question');
  await pane.button(t.cancel).click();
  await pane.button(t.edit).click();
  await pane.button(t.cancel).waitFor();
  await look('card-form');
  await pane.button(t.cancel).click();

  await pane.search('m');
  await details('Jürgen Müller').waitFor();
  await look('search');
  const star = pane.button(t.toFavorites);
  if ((await star.count()) > 0) {
    await star.first().click();
    await look('favorite-chooser');
    await pane.main.locator('[data-favorite-chooser] button').first().click();
  }
  await pane.goTo(t.favorites);
  await pane.main.locator('[data-favorite-item] [data-favorite-row]').first().click();
  await pane.button(t.favoriteGroup).first().click();
  await look('favorites');
  // The other views, each with the choice between them.
  const chooser = pane.root.locator('button[data-view]');
  const choice = pane.root.locator('#view-choice button');
  await chooser.click();
  await choice.nth(2).click();
  await pane.main.locator('[data-tile]').first().waitFor();
  await chooser.click();
  await look('minimised');
  await choice.nth(1).click();
  await chooser.click();
  await look('compact');
  await choice.nth(0).click();
  await pane.search('');
  await pane.goTo(people);

  await world.telephones().callIn('331', '330');
  await pane.button(t.answer).waitFor();
  await look('call-incoming');
  await pane.button(t.answer).click();
  await pane.call('Jürgen Müller').and(pane.root.locator('[data-state=connected]')).waitFor();
  await look('call-connected');
  await pane.button(t.hangUp).click();
  await pane.call('Jürgen Müller').and(pane.root.locator('[data-state=ended]')).waitFor();
  await look('call-ended');

  await pane.goTo(t.journal);
  await pane.main.getByRole('tab', { name: t.allCalls }).click();
  const entry = pane.main.locator('[data-entry]').first();
  await entry.waitFor();
  await look('journal');
  if ((await entry.getAttribute('aria-expanded')) === 'false') await entry.press('Enter');
  await pane.main.locator('textarea').waitFor();
  await look('journal-details');
  await pane.button(t.deleteEntries).click();
  await look('journal-delete');
}

describe('the pane for everybody', () => {
  for (const { language, theme, width } of cases) {
    it(`nothing is wrong or cut off: ${language}, ${theme}, ${width} px`, { timeout: 180_000 }, async () => {
      const preview = await world.preview(undefined, { language });
      const { pane } = preview;
      // The field takes the focus when it appears, and a menu that is open then closes.
      await pane.button(words[language].signIn).waitFor();
      await preview.setTheme(words[language].themes[theme], words[language].menu);
      if (width === 450) await preview.switchWidth();
      const found: string[] = [];
      const look = async (view: string) => {
        await pane.picture(`${view}-${language}-${theme}-${width}`);
        found.push(...(await wrongIn(pane.frame())).map((text) => `${view}: ${text}`));
      };
      await look('sign-in');
      await pane.button(words[language].signIn).click();
      await look('sign-in-missing');
      await changeOfPassword(pane, language, look);
      await pane.signIn('330');
      await walk(preview, language, look);
      expect(found).toEqual([]);
    });
  }
});

async function changeOfPassword(pane: PaneDriver, language: Case['language'], look: (view: string) => Promise<void>) {
  const { dataDirectory } = world.demo();
  const printed = await manage(dataDirectory, 'user', 'reset-password', '349');
  await pane.typeSignIn('349', /next sign-in: (\S+)/.exec(printed)?.[1] ?? '');
  await pane.button(words[language].signIn).click();
  await pane.button(words[language].signOut).waitFor();
  await look('password-change');
  await pane.button(words[language].signOut).click();
  await pane.button(words[language].signIn).waitFor();
}
