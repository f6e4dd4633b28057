/** Finding people: the quick search, the three directories, and the keyboard's way from a name to a ringing phone. */
import { describe, expect, it } from 'vitest';
import { eventually } from './pane-driver';
import type { PaneDriver } from './pane-driver';
import { fileOf } from './pane-files';
import type { PaneWorld } from './pane-world';

const contacts = [
  ['Anna', 'Straß', 'Weiß & Söhne', '+49 (89) 99998-451'],
  ['Lukas', 'Müllerschön', 'Gärtnerei Höß', '0171 3920099'],
  ['Vera', 'Zwölfer', 'Weiß & Söhne', '089 99998-452 App. 12'],
];

/** User 332 with the contacts of a file. */
async function withContacts(world: PaneWorld): Promise<PaneDriver> {
  const pane = await world.window('332');
  if (world.store().contacts('332').length > 0) return pane;
  await pane.goTo('Sync');
  await pane.main.locator('input[type=file]').setInputFiles(fileOf(contacts));
  await pane.button('Import').click();
  await pane.root.getByText(/is imported/).waitFor();
  return pane;
}

export function describeDirectory(world: PaneWorld): void {
  describe('finding people', () => {
    it('finds by the first letters of any word, however one types it, and by any written form of a number', async () => {
      const pane = await withContacts(world);
      const wanted: readonly (readonly [string, string])[] = [
        ['sor', 'Søren Kjærgaard'],
        ['mull', 'Jürgen Müller'],
        ['müll', 'Jürgen Müller'],
        ['muell', 'Lukas Müllerschön'],
        ['MÜLL', 'Lukas Müllerschön'],
        ['strass', 'Anna Straß'],
        ['straß', 'Anna Straß'],
        ['strauss', 'Margarete Strauß'],
        ['jur mul', 'Jürgen Müller'],
        ['müller jürgen', 'Jürgen Müller'],
        ['söhne anna', 'Anna Straß'],
        ['+49 89 99998451', 'Anna Straß'],
        ['0049 89 99998-451', 'Anna Straß'],
        ['089/99998451', 'Anna Straß'],
        ['99998451', 'Anna Straß'],
        ['0171 39 200 99', 'Lukas Müllerschön'],
        ['+49 171 3920099', 'Lukas Müllerschön'],
        ['331', 'Jürgen Müller'],
        ['taxi', 'Taxi Zentrale'],
      ];
      for (const [typed, name] of wanted) {
        await pane.search(typed);
        await pane.main.getByRole('button', { name: `Details of ${name}`, exact: true }).waitFor();
      }
      await pane.search('müll');
      await pane.main.getByRole('button', { name: 'Details of Lukas Müllerschön' }).waitFor();
      const groups = await pane.main.getByRole('heading', { level: 2 }).allInnerTexts();
      expect(groups.map((group) => group.replace(/\s+/g, ' '))).toEqual(['Personal 1', 'Internal 1', 'System 0']);
      await pane.search('zzzzzz');
      await pane.root.getByText('Nothing found for “zzzzzz”.').waitFor();
      await pane.press(pane.button('Clear'), async () => {
        expect(await pane.field.inputValue()).toBe('');
        expect(await world.telephones().activity('332')).toBe('idle');
      });
    });

    it('says of a number where its country is assumed, and which digits are typed by hand', async () => {
      const pane = await withContacts(world);
      const assumed = 'Country code assumed to be your site’s';
      await pane.search('luk müller');
      await pane.button(`Call Lukas Müllerschön, Business +49 (171) 3920099`).waitFor();
      await pane.main.getByTitle(assumed).waitFor();
      await pane.picture('hit-country-assumed');
      await pane.search('zwölfer');
      await pane.button('Details of Vera Zwölfer').click();
      await pane.main.getByText('12 is not dialled: type it on your telephone once you are connected.').waitFor();
      await pane.picture('number-with-extension');
      await pane.search('anna straß');
      await pane.button('Call Anna Straß, Business +49 (89) 99998451').waitFor();
      expect(await pane.main.getByTitle(assumed).count()).toBe(0);
    });

    it('shows more of a directory than the first hits', async () => {
      // High enough for all of them: of a long list only what is in view is in the page.
      const pane = await world.window('332', { viewport: { width: 450, height: 6000 } });
      const hits = pane.main.getByRole('button', { name: /^Call .*7007-3/ });
      await pane.search('49 89 7007');
      await pane.press(pane.button('More from Internal'), async () => {
        await eventually(() => hits.count(), world.store().directory('internal'));
        expect(await pane.button('More from Internal').count()).toBe(0);
      });
    });

    it('the place Directory has three directories with the counts of the store', async () => {
      const pane = await withContacts(world);
      const store = world.store();
      const counts = {
        Personal: store.contacts('332').length,
        Internal: store.directory('internal'),
        System: store.directory('system'),
      };
      const rows = pane.main.getByRole('button', { name: /^Details of/ });
      await pane.press(pane.control('tab', 'Directory'), async () => {
        await pane.control('tab', `Personal (${counts.Personal})`).waitFor();
        await eventually(() => rows.count(), counts.Personal);
      });
      for (const [name, hit] of [
        ['Internal', 'Details of Anna Bergström'],
        ['System', 'Details of Apotheke am Marktplatz'],
        ['Personal', 'Details of Anna Straß'],
      ] as const) {
        await pane.press(pane.control('tab', `${name} (${counts[name]})`), async () => {
          await pane.button(hit).waitFor();
          await pane.main.getByRole('list', { name }).waitFor();
        });
      }
    });

    it('with the keyboard alone: search, to the hit, Enter dials, Escape leads back', async () => {
      const preview = await world.preview('330');
      const { pane } = preview;
      await pane.field.focus();
      await preview.page.keyboard.type('mull');
      await pane.button('Call Jürgen Müller, Internal +49 (89) 7007-331').waitFor();
      await preview.page.keyboard.press('ArrowDown');
      expect(await focused(pane)).toBe('Call Jürgen Müller, Internal +49 (89) 7007-331');
      await preview.page.keyboard.press('Escape');
      expect(await focused(pane)).toBe('Name or number');
      // From the field by Tab: clear, places, then the hits.
      await preview.page.keyboard.press('Tab');
      expect(await focused(pane)).toBe('Clear');
      await preview.page.keyboard.press('Tab');
      expect(await focused(pane)).toBe('People');
      await preview.page.keyboard.press('Tab');
      expect(await focused(pane)).toBe('Details of Jürgen Müller');
      await preview.page.keyboard.press('Tab');
      expect(await focused(pane)).toBe('Call Jürgen Müller, Internal +49 (89) 7007-331');
      await preview.page.keyboard.press('Enter');
      await eventually(() => world.telephones().activity('330'), 'ringing-to-dial');
      expect(await world.telephones().shows('330')).toBe('331');
      await preview.phone.layDown();
      await eventually(() => world.telephones().activity('330'), 'idle');
      await pane.field.press('Escape');
      expect(await pane.field.inputValue()).toBe('');
      await preview.page.keyboard.press('Tab');
      expect(await focused(pane)).toBe('People');
      await preview.page.keyboard.press('ArrowRight');
      expect(await focused(pane)).toBe('Favourites');
      await preview.page.keyboard.press('ArrowRight');
      expect(await focused(pane)).toBe('Directory');
      // An arrow only leads there: a place is opened by Enter, so that nothing typed is lost on the way.
      await preview.page.keyboard.press('Enter');
      await pane.control('tab', 'Directory').and(pane.root.locator('[aria-selected=true]')).waitFor();
    });

    it('Enter dials a number that was typed', async () => {
      const preview = await world.preview('330');
      const { pane, phone } = preview;
      await pane.search('0 089 99998 100');
      await pane.beforeDialling();
      await pane.field.press('Enter');
      await phone.waitFor('ringing-to-dial');
      expect(await world.telephones().shows('330')).toMatch(/99998100$/);
      await phone.layDown();
      await phone.waitFor('idle');
    });
  });
}

/** Accessible name of what has the focus in the pane. */
async function focused(pane: PaneDriver): Promise<string> {
  return pane.frame().evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
  });
}
