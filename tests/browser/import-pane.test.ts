/** The import of a file and the list of past ones: nothing is lost by a look elsewhere, and the keyboard goes on where it was. */
import { mkdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createFaultWorld } from './fault-world';
import { eventually, type PaneDriver } from './pane-driver';
import { wrongIn } from './look-for-all';
import { fileOf } from './pane-files';

const world = createFaultWorld();
beforeAll(() => {
  if (process.env.SCREENSHOTS) mkdirSync('tests/screenshots', { recursive: true });
});

/** A user whose directory is empty for each attempt at a test. */
const users = Array.from({ length: 10 }, (_none, index) => String(331 + index));

async function openSync(language: 'en' | 'de' = 'en', theme?: string) {
  const user = users.shift() ?? '';
  const context = await world.context({ language });
  const preview = await world.open(context, user);
  const { pane } = preview;
  if (theme !== undefined) await preview.setTheme(theme, language === 'de' ? 'Darstellung' : 'Appearance');
  await pane.goTo(language === 'de' ? 'Abgleich' : 'Sync');
  await pane.main.locator('#file-title').waitFor();
  return { pane, context, user };
}

const choose = (pane: PaneDriver, rows: readonly (readonly string[])[], name?: string) =>
  pane.main.locator('input[type="file"]').setInputFiles(fileOf(rows, name));
/** What has the focus, in the words that a person sees or hears. */
const focused = (pane: PaneDriver) =>
  pane.frame().evaluate(() => {
    const { activeElement: element } = document;
    return element === document.body ? '' : (element?.getAttribute('aria-label') ?? element?.textContent ?? '');
  });

/** Words and buttons of the place that stand beyond the edge of the pane. */
const beyondPane = (pane: PaneDriver) =>
  pane.frame().evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('main *')].flatMap((element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      const { right } = range.getBoundingClientRect();
      const isCut = element.children.length === 0 && right > window.innerWidth + 1 && element.checkVisibility();
      return isCut ? [`${element.tagName} ${element.innerText.slice(0, 60)}`] : [];
    }),
  );

describe('the import of a file', () => {
  it('goes on while another place is looked at, is disturbed by no other file, and is put away with its result', async () => {
    const { pane, context, user } = await openSync();
    await choose(pane, [['Anna', 'Lang', '', '089 99998-301']]);
    await pane.main.locator('[data-file=planned]').waitFor();
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    await context.route(/contacts\/imports\?.*preview=false/, async (route) => {
      await held;
      await route.continue();
    });
    await pane.button('Import').press('Enter');
    await pane.main.locator('[data-file=importing]').waitFor();
    await eventually(() => focused(pane), expect.stringContaining('Cancel') as string);
    await pane.main.getByText('Choose the next one when it is done').waitFor();
    await choose(pane, [['Bernd', 'Kurz', '', '1']], 'other.csv');
    await pane.goTo('Directory');
    await pane.goTo('Sync');
    await pane.main.locator('[data-file=importing]').waitFor();
    expect(await pane.main.getByText('other.csv').count()).toBe(0);
    go();
    await pane.main.getByText('contacts.csv is imported').waitFor();
    expect(world.store().names(user)).toEqual(['Anna Lang']);
    await pane.goTo('Directory');
    await pane.goTo('Sync');
    await pane.main.locator('[data-file=done]').getByRole('button', { name: 'Close' }).press('Enter');
    await eventually(() => focused(pane), 'Choose file');
    expect(await pane.main.locator('[data-file=done]').count()).toBe(0);
  });

  it('that could not reach the service is tried again with the same file, and one that is unreadable in another character set', async () => {
    const { pane, context } = await openSync();
    await context.route(/contacts\/imports\?/, (route) => route.abort());
    await choose(pane, [['Anna', 'Lang', '', '089 99998-301']]);
    await pane.button('Try again').waitFor();
    expect(await pane.main.getByLabel('Character set').count()).toBe(0);
    await context.unroute(/contacts\/imports\?/);
    await pane.button('Try again').press('Enter');
    await pane.main.getByText('contacts.csv would bring').waitFor();
    await pane.main
      .locator('input[type="file"]')
      .setInputFiles({ name: 'a.vcf', mimeType: '', buffer: Buffer.from('x') });
    await pane.main.getByText('There is no vCard in this file.').waitFor();
    await pane.main.getByLabel('Character set').waitFor();
    expect(await pane.button('Try again').count()).toBe(0);
    await pane.button('Close').press('Enter');
    await eventually(() => focused(pane), 'Choose file');
  });

  it('does not open a file that is dropped beside its place instead of the pane', async () => {
    const { pane } = await openSync();
    const taken = await pane.frame().evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['x'], 'a.csv'));
      const drop = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
      document.body.dispatchEvent(drop);
      return drop.defaultPrevented;
    });
    expect(taken).toBe(true);
    expect(await pane.main.getByText('a.csv').count()).toBe(0);
  });
});

describe('a past import', () => {
  it('gives the keyboard back to its row, says that its rows cannot be read, and what undoing it did', async () => {
    const { pane, context, user } = await openSync();
    for (let n = 0; n < 7; n += 1) {
      await choose(pane, [[`Anna ${n}`, 'Lang', '', 'call me']]);
      await pane.main.locator('[data-file=planned]').waitFor();
      await pane.button('Import').click();
      await pane.main.locator('[data-file=done]').waitFor();
      await pane.main.locator('[data-file=done]').getByRole('button', { name: 'Close' }).click();
    }
    const rows = pane.button(/^Sync of/);
    await pane.button('Show all 7').click();
    await context.route(/sync-history\/[^/]+\/rows/, (route) => route.abort());
    const name = await rows.nth(6).getAttribute('aria-label');
    await rows.nth(6).press('Enter');
    await pane.main.locator('[data-import-rows] [role=alert]').waitFor();
    await context.unroute(/sync-history\/[^/]+\/rows/);
    await pane.button('Try again').click();
    await pane.main.getByText('no digits in it').waitFor();
    await pane.button('Back').press('Enter');
    await eventually(() => focused(pane), name ?? '');

    await rows.first().press('Enter');
    await pane.button('Undo this sync …').click();
    await pane.button('Undo').press('Enter');
    await eventually(() => focused(pane), expect.stringContaining('Undone: one contact is as it was') as string);
    expect(world.store().names(user)).toHaveLength(6);
  });
});

describe('at 320 pixels', () => {
  for (const [language, theme] of [
    ['de', 'Hell'],
    ['de', 'Dunkel'],
    ['en', 'Dark'],
  ] as const) {
    it(`nothing of them is wrong or cut off: ${language}, ${theme}`, async () => {
      const { pane, context } = await openSync(language, theme);
      const found: string[] = [];
      const look = async (view: string) => {
        await pane.picture(`import-${view}-${language}-${theme}`);
        const heights = await pane.main
          .locator('[data-count] dt')
          .evaluateAll((all) => all.map((one) => one.clientHeight));
        expect(new Set(heights).size, view).toBeLessThanOrEqual(1);
        const wrong = [...(await beyondPane(pane)), ...(await wrongIn(pane.frame()))];
        found.push(...wrong.map((text) => `${view}: ${text}`));
      };
      const file = pane.main.locator('[data-file]');
      const seen = async (view: string) => {
        await file.or(pane.main.locator('[role=alert]')).last().scrollIntoViewIfNeeded();
        await look(view);
      };
      const long = 'Donaudampfschifffahrtsgesellschaftskontaktliste-2026-sehr-langer-Name.csv';
      await context.route(/contacts\/imports\?/, (route) => route.abort());
      await choose(pane, [['Öznur', 'Zwirn-Übelhör', 'Straß GmbH & Co. KG', '089 99998-461']], long);
      await pane.main.locator('[role=alert]').waitFor();
      await seen('unreachable');
      await context.unroute(/contacts\/imports\?/);
      await pane.main
        .locator('input[type="file"]')
        .setInputFiles({ name: 'a.xml', mimeType: '', buffer: Buffer.from('<x/>') });
      await pane.main.getByText('FRITZ!Box').last().waitFor();
      await pane.main.getByRole('combobox').first().waitFor();
      await seen('refused');
      await choose(pane, [['Öznur', 'Zwirn-Übelhör', 'Straß GmbH & Co. KG', 'rufen Sie mich an']], long);
      await pane.main.locator('[data-file=planned]').waitFor();
      await seen('planned');
      let go: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (go = resolve));
      await context.route(/contacts\/imports\?.*preview=false/, async (route) => {
        await held;
        await route.continue();
      });
      await pane.button(/^Import(ieren)?$/).click();
      await pane.main.locator('[data-file=importing]').waitFor();
      await seen('importing');
      go();
      await pane.main.locator('[data-file=done]').waitFor();
      await seen('done');
      await pane.main.locator('#history-title').scrollIntoViewIfNeeded();
      await look('history');
      await pane
        .button(/^(Sync of|Abgleich vom)/)
        .first()
        .click();
      await pane.main.locator('[data-import-rows] li').first().waitFor();
      await look('past');
      await pane.button(/^(Undo this sync …|Rückgängig machen …)$/).click();
      await pane.main.locator('[data-question]').waitFor();
      await look('undo');
      await pane.button(/^(Undo|Rückgängig machen)$/).click();
      await pane.main.locator('[role=status]').first().waitFor();
      await look('undone');
      expect(found).toEqual([]);
    });
  }
});
