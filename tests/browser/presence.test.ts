/** Presence and forwarding as two people side by side see them. */
import { describe, expect, it } from 'vitest';
import { createFaultWorld } from './fault-world';
import { wrongIn } from './look-for-all';
import { openWindow } from './pane-driver';
import type { PaneDriver, SessionOptions } from './pane-driver';

const world = createFaultWorld();

async function openPane(userName: string, options: SessionOptions = {}): Promise<PaneDriver> {
  const context = await world.context({ viewport: { width: 320, height: 1600 }, ...options });
  const session = { context, ledger: undefined, faults: [], close: () => context.close() };
  const pane = await openWindow(session, world.demo().url);
  await pane.signIn(userName);
  context.setDefaultTimeout(8000);
  return pane;
}

async function directory(pane: PaneDriver): Promise<void> {
  await pane.goTo('Directory');
  await pane.root.getByRole('tab', { name: /^Internal / }).click();
}

const row = (pane: PaneDriver, name: string) => pane.main.getByRole('listitem').filter({ hasText: name });
const own = (pane: PaneDriver) => pane.root.getByRole('button', { name: /^(My presence|Meine Präsenz): / });
const panel = (pane: PaneDriver) => pane.root.getByRole('region', { name: /^(My presence|Meine Präsenz)$/ });

describe('presence', () => {
  it('is changed in two clicks and seen by a colleague who looks on, with return and text, also after a break', async () => {
    const anna = await openPane('330');
    const juergen = await openPane('331');
    await directory(anna);
    const line = row(anna, 'Jürgen Müller');
    await line.locator('[data-presence=office]').waitFor();

    await own(juergen).click();
    await panel(juergen).getByRole('button', { name: 'Meeting', exact: true }).click();
    await line.getByText('Meeting', { exact: true }).waitFor();
    await line.locator('[data-presence=meeting]').waitFor();
    await panel(juergen).getByLabel('Information text').fill('Room 7 <b>& more</b>');
    await panel(juergen).getByRole('button', { name: 'In 1 h' }).click();
    await line.getByText(/^Meeting until .+ – Room 7 <b>& more<\/b>$/).waitFor();

    await panel(juergen).getByLabel('Return date').fill('2020-01-01');
    await panel(juergen).getByText('This time has passed. Choose a later one.').waitFor();
    await panel(juergen).getByRole('button', { name: 'None', exact: true }).click();
    await line.getByText('Meeting – Room 7 <b>& more</b>').waitFor();

    await panel(juergen).getByLabel('Visible to').selectOption('not-visible');
    await line.getByText('Presence not visible', { exact: true }).waitFor();
    await panel(juergen).getByLabel('Visible to').selectOption('internal');
    await panel(juergen).getByRole('button', { name: 'Sick', exact: true }).click();
    await line.getByText('Absent', { exact: true }).waitFor();
    await panel(juergen).getByRole('checkbox').check();
    await line.getByText('Sick', { exact: true }).waitFor();

    // A break: "no connection" stands in place of the own presence, and afterwards the truth is there at once.
    await panel(juergen).getByRole('button', { name: 'Lunch', exact: true }).click();
    await line.getByText('Lunch', { exact: true }).waitFor();
    await world.demo().kill();
    await anna.root.getByRole('banner').getByText('No connection', { exact: true }).waitFor();
    await line.locator('[data-presence-line]').waitFor({ state: 'detached' });
    expect(await own(anna).count()).toBe(0);
    await world.demo().restart();
    await anna.ready();
    await own(anna).waitFor();
    await line.getByText('Lunch', { exact: true }).waitFor();
    await juergen.ready();

    // By keyboard alone; Office closes the panel and gives the keyboard back.
    await panel(juergen).getByRole('button', { name: 'Office', exact: true }).press('Enter');
    await panel(juergen).waitFor({ state: 'detached' });
    await line.locator('[data-presence=office]').waitFor();
    expect(await own(juergen).evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('leads calls where its user wants, and nowhere that cannot be', async () => {
    const anna = await openPane('330');
    const juergen = await openPane('331');
    const target = (pane: PaneDriver, status: string) =>
      panel(pane).getByRole('button', { name: new RegExp(`^Forwarding for ${status}: `) });
    const send = async (pane: PaneDriver, status: string, number: string) => {
      await target(pane, status).click();
      await panel(pane).getByLabel(`Forward calls for “${status}” to`).selectOption('number');
      await panel(pane).getByLabel('Phone number').fill(number);
      await panel(pane).getByLabel('Phone number').press('Enter');
    };
    await own(anna).click();
    await send(anna, 'Office', '331');
    await panel(anna).getByRole('button', { name: 'Forwarding for Office: 331. Change' }).waitFor();
    await own(juergen).click();
    await target(juergen, 'Meeting').getByText('Voicemail').waitFor();
    for (const [number, words] of [
      ['330', 'Calls would come back to you: somebody further on forwards to you.'],
      ['331', 'This is your own extension.'],
      ['+49 900 1234567', 'Calls are not sent to premium-rate numbers.'],
      ['nobody', 'This is no number that can be dialled.'],
    ] as const) {
      await send(juergen, 'Vacation', number);
      await panel(juergen).getByText(words).waitFor();
      await panel(juergen).getByRole('button', { name: 'Cancel' }).click();
    }
    await target(anna, 'Office').click();
    await panel(anna).getByLabel('Forward calls for “Office” to').selectOption('off');
    await panel(anna).getByRole('button', { name: 'Save' }).first().click();
    await target(anna, 'Office').getByText('No forwarding').waitFor();
    await anna.page.keyboard.press('Escape');
    await panel(anna).waitFor({ state: 'detached' });
  });

  it('stays inside 320 pixels where letters stand as wide as WCAG 1.4.12 lets a reader set them', async () => {
    const pane = await openPane('332', { language: 'de', viewport: { width: 320, height: 1100 } });
    await pane.frame().evaluate(() => {
      const wide = new CSSStyleSheet();
      wide.replaceSync('* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important }');
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, wide];
    });
    await own(pane).click();
    await panel(pane).locator('[data-status=vacation]').click();
    await panel(pane).locator('input[type=date]').waitFor();
    await panel(pane).locator('[data-forwarding=break]').click();
    await panel(pane).locator('select').first().selectOption('number');
    await pane.picture('presence-de-wide');
    expect(await wrongIn(pane.frame())).toEqual([]);
  });

  it('is laid out for 320 pixels and accessible, in both languages and every skin', async () => {
    for (const [language, skin] of [
      ['en', 'light'],
      ['de', 'dark'],
      ['de', 'high-contrast'],
    ] as const) {
      const pane = await openPane('332', { language, viewport: { width: 320, height: 1100 } });
      await pane.goTo(language === 'de' ? 'Einstellungen' : 'Settings');
      await pane.page.locator(`select:has(option[value="${skin}"])`).selectOption(skin);
      await own(pane).click();
      await panel(pane).locator('[data-status=vacation]').click();
      // The answer of the service draws the field anew: one that is no longer in the page has no style.
      const drawn = () =>
        panel(pane)
          .locator('input[type=date]')
          .evaluate((field) => getComputedStyle(field).colorScheme);
      await expect.poll(drawn).toBe(skin === 'light' ? 'light' : 'dark');
      await panel(pane).locator('[data-forwarding=break]').click();
      await panel(pane).locator('select').first().selectOption('number');
      await pane.picture(`presence-${language}-${skin}`);
      expect(await wrongIn(pane.frame())).toEqual([]);
    }
  });
});
