/**
 * Colleagues' lines and picking up, and what the window does besides the pane: system notifications, the count of missed
 * calls, being installed. The browser's notifications are replaced by a record of them, page by page.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { createFaultWorld } from './fault-world';
import { eventually, openWindow } from './pane-driver';
import type { PaneDriver, SessionOptions } from './pane-driver';

const world = createFaultWorld();
const activity = (extension: string) => world.telephones().activity(extension);
const outside = '+498999998451';

/** Phones that ring until a hand lifts them. */
let attended: AbortController[] = [];
async function attend(...extensions: readonly string[]): Promise<void> {
  for (const extension of extensions) {
    const end = new AbortController();
    attended.push(end);
    await fetch(new URL(`demo/phones/SIM%2F${extension}/events`, world.demo().url), { signal: end.signal });
  }
}
/** Lays every receiver down. */
async function quiet(): Promise<void> {
  for (const extension of ['330', '331', '332', '333'])
    await expect
      .poll(async () => {
        const now = await activity(extension);
        // It may have become quiet by itself in this moment.
        if (now !== 'idle')
          await world
            .telephones()
            .layDown(extension)
            .catch(() => undefined);
        return now;
      })
      .toBe('idle');
}
afterEach(async () => {
  await quiet();
  for (const end of attended) end.abort();
  attended = [];
});

async function openPane(context: BrowserContext, userName?: string): Promise<PaneDriver> {
  const session = { context, ledger: undefined, faults: [], close: () => context.close() };
  const pane = await openWindow(session, world.demo().url);
  if (userName === undefined) await pane.ready();
  else await pane.signIn(userName);
  return pane;
}

/** The internal directory in a window of 330. */
async function internalDirectory(options: SessionOptions = {}, height = 3000): Promise<PaneDriver> {
  // High enough for everybody: of a long list only what is in view is in the page.
  const pane = await openPane(await world.context({ viewport: { width: 450, height }, ...options }), '330');
  await pane.goTo(options.language === 'de' ? 'Verzeichnis' : 'Directory');
  await pane.root.getByRole('tab', { name: options.language === 'de' ? /^Intern / : /^Internal / }).click();
  return pane;
}

const row = (pane: PaneDriver, name: string) => pane.main.getByRole('listitem').filter({ hasText: name });
const bell = (pane: PaneDriver, name: string) =>
  pane.main.getByRole('button', { name: new RegExp(`Pick up the call for ${name}$`) });
const question = (pane: PaneDriver, name: string) =>
  pane.main.getByRole('group', { name: `Pick up the call for ${name}` });

describe('the line of a colleague', () => {
  it('rings, calls or is in a call, inside or outside of the office, within a second', async () => {
    const pane = await internalDirectory();
    await attend('331', '333');
    await row(pane, 'Jürgen Müller').waitFor();
    await world.telephones().callIn('332', '331');
    await eventually(() => activity('331'), 'ringing');
    const second = { timeout: 1000 };
    await row(pane, 'Jürgen Müller')
      .getByRole('button', { name: 'Rings, internal. Pick up the call for Jürgen Müller' })
      .waitFor(second);
    await row(pane, 'Søren Kjærgaard').getByText('Calls, internal').waitFor(second);
    await world.telephones().lift('331');
    await row(pane, 'Jürgen Müller').getByText('In a call, internal').waitFor(second);
    await row(pane, 'Søren Kjærgaard').getByText('In a call, internal').waitFor(second);
    await world.telephones().layDown('331');
    await row(pane, 'Jürgen Müller').locator('[data-line]').waitFor({ state: 'detached', timeout: 1000 });

    await world.outsideCalls(outside, '333');
    await row(pane, 'Łukasz Wiśniewski')
      .getByRole('button', { name: /^Rings, external\./ })
      .waitFor(second);
    // The card of the person shows the same.
    await pane.button('Details of Łukasz Wiśniewski').click();
    await bell(pane, 'Łukasz Wiśniewski').waitFor();
    await pane.search('wisn');
    await bell(pane, 'Łukasz Wiśniewski').waitFor();
  });

  it('of one’s own is shown and not picked up', async () => {
    const pane = await internalDirectory();
    await attend('330');
    await world.telephones().callIn('331', '330');
    await row(pane, 'Anna Bergström').getByText('Rings, internal').waitFor();
    expect(await bell(pane, 'Anna Bergström').count()).toBe(0);
  });

  it('is laid out for 320 pixels and accessible, in both languages and every skin', async () => {
    await attend('331', '332');
    for (const [language, skin] of [
      ['en', 'light'],
      ['de', 'dark'],
      ['de', 'high-contrast'],
    ] as const) {
      const pane = await internalDirectory({ language, viewport: { width: 320, height: 2400 } });
      await chooseSkin(pane.page, skin);
      await pane.goTo(language === 'de' ? 'Verzeichnis' : 'Directory');
      await pane.root.getByRole('tab', { name: /^Intern(al)? / }).click();
      await world.telephones().callIn('333', '331');
      await world.outsideCalls(outside, '332');
      await row(pane, 'Søren Kjærgaard').locator('button[data-line]').waitFor();
      await row(pane, 'Jürgen Müller').locator('button[data-line]').click();
      await row(pane, 'Jürgen Müller').getByRole('group').waitFor();
      await pane.picture(`line-states-${language}-${skin}`);
      expect(await violations(pane.page)).toEqual([]);
      expect(await pane.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      await pane.page.keyboard.press('Escape');
      await quiet();
    }
  });
});

describe('picking up', () => {
  it('asks, is left by Escape, and by Enter rings the own phone; the caller is shown once it is accepted', async () => {
    const pane = await internalDirectory();
    await attend('330', '331');
    await world.telephones().callIn('332', '331');
    await bell(pane, 'Jürgen Müller').click();
    await question(pane, 'Jürgen Müller').getByText('The caller is shown when you accept.').waitFor();
    await pane.page.keyboard.press('Escape');
    await question(pane, 'Jürgen Müller').waitFor({ state: 'detached' });
    expect(await activity('331')).toBe('ringing');
    // The focus is on the bell again.
    await pane.page.keyboard.press('Enter');
    await question(pane, 'Jürgen Müller').waitFor();
    await pane.page.keyboard.press('Enter');
    await expect.poll(() => activity('330')).toMatch(/^ringing/);
    await pane.dock.getByRole('article').waitFor();
    expect(await pane.dock.innerText()).not.toContain('Kjærgaard');
    await question(pane, 'Jürgen Müller').waitFor({ state: 'detached' });
    await world.telephones().lift('330');
    await pane.call('Søren Kjærgaard').waitFor();
    await eventually(() => activity('332'), 'connected');
    await eventually(() => activity('331'), 'idle');
  });

  it('is sent once for a double click', async () => {
    const pane = await internalDirectory();
    await attend('330', '331');
    let sent = 0;
    pane.page.on('request', (request) => {
      if (request.url().endsWith('/calls/pick-up')) sent += 1;
    });
    await world.telephones().callIn('332', '331');
    await bell(pane, 'Jürgen Müller').click();
    await question(pane, 'Jürgen Müller').getByRole('button', { name: 'Pick up' }).dblclick();
    await expect.poll(() => activity('330')).toMatch(/^ringing/);
    expect(sent).toBe(1);
  });

  it('closes the question with a word when the ringing stops', async () => {
    const pane = await internalDirectory();
    await attend('331');
    await world.telephones().callIn('332', '331');
    await bell(pane, 'Jürgen Müller').click();
    await question(pane, 'Jürgen Müller').waitFor();
    await world.telephones().layDown('332');
    await row(pane, 'Jürgen Müller').getByText('Nothing rings for Jürgen Müller any more.').waitFor();
    expect(await question(pane, 'Jürgen Müller').count()).toBe(0);
  });

  it.each([
    ['call-taken', 409, 'Somebody else has just taken this call.'],
    ['call-unknown', 404, 'Nothing rings for Jürgen Müller any more.'],
    ['device-unknown', 409, 'No telephone is assigned to you. Ask your administrator.'],
  ] as const)('tells in place that it came to nothing: %s', async (code, status, words) => {
    const pane = await internalDirectory();
    await attend('331');
    await pane.page.route('**/calls/pick-up', (route) =>
      route.fulfill({
        status,
        contentType: 'application/problem+json',
        body: JSON.stringify({ type: 'about:blank', title: code, status, code, detail: code }),
      }),
    );
    await world.telephones().callIn('332', '331');
    await bell(pane, 'Jürgen Müller').click();
    await question(pane, 'Jürgen Müller').getByRole('button', { name: 'Pick up' }).click();
    await row(pane, 'Jürgen Müller').getByText(words).waitFor();
  });
});

interface Shown {
  readonly title: string;
  readonly tag: string;
  readonly body: string;
  open: boolean;
}
type Recording = Window & { notices?: Shown[]; asked?: number; clickNotice?: (tag: string) => void };

/** Replaces the browser's notifications by a record; `permission` is the browser's answer before anybody asks. */
async function record(context: BrowserContext, permission: NotificationPermission): Promise<void> {
  if (permission === 'granted') await context.grantPermissions(['notifications', 'clipboard-read', 'clipboard-write']);
  await context.addInitScript((given) => {
    const page: Recording = window;
    const notices: Shown[] = [];
    const clicks = new Map<string, () => void>();
    let now = given;
    class Recorded {
      static get permission() {
        return now;
      }
      static requestPermission() {
        page.asked = (page.asked ?? 0) + 1;
        now = 'granted';
        return Promise.resolve(now);
      }
      readonly #shown: Shown;
      constructor(title: string, { tag = '', body = '' }: NotificationOptions = {}) {
        this.#shown = { title, tag, body, open: true };
        notices.push(this.#shown);
      }
      set onclick(click: () => void) {
        clicks.set(this.#shown.tag, click);
      }
      close() {
        this.#shown.open = false;
      }
    }
    page.notices = notices;
    page.clickNotice = (tag) => clicks.get(tag)?.();
    Object.defineProperty(window, 'Notification', { value: Recorded });
  }, permission);
}

/** What all pages of the context have shown. */
async function shownIn(context: BrowserContext): Promise<Shown[]> {
  const perFrame = context
    .pages()
    .flatMap((page) => page.frames())
    .map((frame) => frame.evaluate(() => (window as Recording).notices ?? []));
  return (await Promise.all(perFrame)).flat();
}
const titles = async (context: BrowserContext) => (await shownIn(context)).map(({ title }) => title);

describe('system notifications', () => {
  it('show an incoming call once although a pane and two windows are open, and no page speaks as well', async () => {
    const context = await world.context();
    await record(context, 'granted');
    await world.open(context, '330');
    const first = await openPane(context);
    await openPane(context);
    await attend('330');
    await world.telephones().callIn('331', '330');
    await first.call('Jürgen Müller').waitFor();
    await eventually(() => titles(context), ['Incoming call from Jürgen Müller']);
    const [notice] = await shownIn(context);
    expect(notice).toMatchObject({ body: '+49 (89) 7007-331', open: true });
    for (const page of context.pages())
      for (const frame of page.frames())
        expect(await frame.locator('[aria-live=assertive]').allInnerTexts()).not.toContainEqual(
          expect.stringContaining('Jürgen'),
        );
    await world.telephones().lift('330');
    await expect.poll(async () => (await shownIn(context)).map(({ open }) => open)).toEqual([false]);
    await world.telephones().layDown('330');
  });

  it('go on in the other window when the one that shows them is closed, and not in the pane alone', async () => {
    const context = await world.context();
    await record(context, 'granted');
    const preview = await world.open(context, '330');
    const first = await openPane(context);
    const second = await openPane(context);
    await attend('330');
    await first.page.close();
    await world.telephones().callIn('331', '330');
    await eventually(() => titles(context), ['Incoming call from Jürgen Müller']);
    await world.telephones().layDown('331');
    await eventually(() => activity('330'), 'idle');
    await second.page.close();
    await world.telephones().callIn('332', '330');
    await preview.pane.call('Søren Kjærgaard').waitFor();
    await preview.pane
      .frame()
      .locator('[aria-live=assertive]', { hasText: 'Incoming call from Søren Kjærgaard' })
      .waitFor({ state: 'attached' });
    expect(await titles(context)).toEqual([]);
  });

  it('tell a missed call and count it in the title; a click leads to the journal', async () => {
    const context = await world.context();
    await record(context, 'granted');
    const pane = await openPane(context, '330');
    await attend('330');
    const before = /^\((\d+)\)/.exec(await pane.page.title())?.[1] ?? '0';
    await world.telephones().callIn('331', '330');
    await pane.call('Jürgen Müller').waitFor();
    await world.telephones().layDown('331');
    await eventually(() => pane.page.title(), `(${Number(before) + 1}) myContacts`);
    await eventually(() => titles(context), ['Incoming call from Jürgen Müller', 'Missed call from Jürgen Müller']);
    const missed = (await shownIn(context)).find(({ title }) => title.startsWith('Missed'));
    await pane.page.evaluate((tag) => (window as Recording).clickNotice?.(tag), missed?.tag ?? '');
    await pane.root.getByRole('tab', { name: /^Journal/, selected: true }).waitFor();
  });

  it('are asked for only by the user’s press, and offered no more then', async () => {
    const context = await world.context({ viewport: { width: 320, height: 700 } });
    await record(context, 'default');
    const pane = await openPane(context, '330');
    const asked = () => pane.page.evaluate(() => (window as Recording).asked ?? 0);
    const offer = pane.root.getByRole('region', { name: 'Notifications' });
    await offer.waitFor();
    await pane.picture('notifications-offer');
    expect(await violations(pane.page)).toEqual([]);
    expect(await asked()).toBe(0);
    await offer.getByRole('button', { name: 'Allow notifications' }).click();
    await offer.waitFor({ state: 'detached' });
    expect(await asked()).toBe(1);
    await attend('330');
    await world.telephones().callIn('331', '330');
    await eventually(() => titles(context), ['Incoming call from Jürgen Müller']);
  });

  it('that the browser blocks are explained once', async () => {
    const context = await world.context();
    await record(context, 'denied');
    const pane = await openPane(context, '330');
    const offer = pane.root.getByRole('region', { name: 'Notifications' });
    await offer.getByText(/^The browser blocks notifications/).waitFor();
    await offer.getByRole('button', { name: 'Close' }).click();
    await offer.waitFor({ state: 'detached' });
    await pane.page.reload();
    await pane.ready();
    expect(await offer.count()).toBe(0);
  });
});

describe('the window', () => {
  it('can be installed; the pane inside Outlook cannot', async () => {
    const at = (path: string) => fetch(new URL(path, world.demo().url));
    expect(await (await at('window')).text()).toContain('rel="manifest"');
    expect(await (await at('taskpane.html')).text()).not.toContain('rel="manifest"');
    const answer = await at('window.webmanifest');
    expect(answer.headers.get('content-type')).toContain('application/manifest+json');
    const manifest = (await answer.json()) as { start_url: string; display: string; icons: { src: string }[] };
    expect(manifest).toMatchObject({ start_url: 'window', display: 'standalone' });
    for (const { src } of manifest.icons) expect((await at(src)).status).toBe(200);
    const context = await world.context();
    const pane = await openPane(context, '330');
    const client = await context.newCDPSession(pane.page);
    const { errors } = await client.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const { installabilityErrors } = await client.send('Page.getInstallabilityErrors');
    // A test's browser profile is an incognito one; nothing else stands in the way.
    expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
  });
});

describe('without a connection', () => {
  it('nothing is shown of anybody’s line, and everything again when it is back', async () => {
    const pane = await internalDirectory();
    await attend('331');
    await world.telephones().callIn('332', '331');
    await bell(pane, 'Jürgen Müller').click();
    await question(pane, 'Jürgen Müller').waitFor();
    await world.demo().kill();
    await pane.main.locator('[data-line]').first().waitFor({ state: 'detached' });
    await row(pane, 'Jürgen Müller').getByText('nobody can say whether it still rings').waitFor();
    attended = [];
    await world.demo().restart();
    await pane.ready();
    await attend('331');
    await world.telephones().callIn('332', '331');
    await bell(pane, 'Jürgen Müller').waitFor();
  });
});

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
};
type AxeWindow = Window & { axe?: { run(options: RunOptions): Promise<AxeResults> } };

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async (options) => {
    const { axe }: AxeWindow = window;
    if (!axe) throw new Error('axe is not there.');
    const result = await axe.run(options);
    return result.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  }, rules);
}

/** Chooses the skin in the settings, and leaves it as the user's until it is chosen anew. */
async function chooseSkin(page: Page, skin: 'light' | 'dark' | 'high-contrast'): Promise<void> {
  await page.getByRole('tab', { name: /^(Settings|Einstellungen)$/ }).click();
  await page.locator(`select:has(option[value="${skin}"])`).selectOption(skin);
}
