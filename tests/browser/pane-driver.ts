/**
 * The preview page and the pane in it, as a user sees them: everything is found by role and accessible name, in the
 * pane's own words, and nothing waits for a time.
 */
import { join } from 'node:path';
import type { Browser, BrowserContext, Frame, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { doubleClickMs } from '../../addin/calls/calls-model';
import type { ControlLedger } from './pane-controls';

/** Where the pane is: in the preview's frame or in a page of its own. */
type Roots = Pick<Page, 'getByRole' | 'getByLabel' | 'getByText' | 'locator'>;

/** What a locator is asked for: the whole name, or a pattern. */
export type Name = string | RegExp;

/** Roles of what is pressed in the pane. */
export type ControlRole = 'button' | 'tab' | 'checkbox' | 'combobox' | 'link';

export interface SessionOptions {
  /** What the browser, and so the preview's Outlook, speaks. */
  readonly language?: 'en' | 'de';
  /** Keeps what was seen and pressed. */
  readonly ledger?: ControlLedger;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Paths (their ends, or patterns) that the service shall refuse in this test: Chromium tells of each refusal in its console. */
  readonly refusals?: readonly (string | RegExp)[];
  /** A fault that the test provokes: what the console says of it is none. */
  readonly provoked?: RegExp;
}

export interface BrowserSession {
  readonly context: BrowserContext;
  readonly ledger: ControlLedger | undefined;
  /** What a console showed as an error, and what was thrown and not caught, in any page of this session. */
  readonly faults: readonly string[];
  close(): Promise<void>;
}

/** A browser profile of its own; whatever goes wrong in its pages is kept. */
export async function openSession(browser: Browser, options: SessionOptions = {}): Promise<BrowserSession> {
  const context = await browser.newContext({
    locale: options.language === 'de' ? 'de-DE' : 'en-US',
    viewport: options.viewport ?? { width: 1600, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(15_000);
  const faults: string[] = [];
  const keep = (fault: string) => {
    if (options.provoked?.test(fault) !== true) faults.push(fault);
  };
  // Where nobody is signed in yet the renewal is refused.
  // A contact without a photo answers 404, which is Microsoft Graph's way to say so.
  const refusals: readonly (string | RegExp)[] = [
    '/api/v1/sessions/renew',
    /\/contacts\/[^/]+\/photo\//,
    ...(options.refusals ?? []),
  ];
  context.on('console', (message) => {
    if (message.type() !== 'error') return;
    const { url } = message.location();
    const refused = message.text().startsWith('Failed to load resource: the server responded with a status of 4');
    if (refused && refusals.some((path) => (typeof path === 'string' ? url.endsWith(path) : path.test(url)))) return;
    keep(`${message.text()} ${message.location().url}`);
  });
  context.on('weberror', (error) => keep(String(error.error())));
  await options.ledger?.watch(context);
  return { context, ledger: options.ledger, faults, close: () => context.close() };
}

/** A page with the preview's Outlook. */
export async function openPreview({ context, ledger }: BrowserSession, url: string): Promise<PreviewDriver> {
  const page = await context.newPage();
  await page.goto(url);
  return createPreviewDriver(page, ledger);
}

/** The pane as a window of its own. */
export async function openWindow({ context, ledger }: BrowserSession, url: string): Promise<PaneDriver> {
  const page = await context.newPage();
  await page.goto(new URL('window', url).href);
  return createPaneDriver(page, page, () => page.mainFrame(), ledger);
}

export type PreviewDriver = ReturnType<typeof createPreviewDriver>;

/** The Outlook around the pane. Its language is the browser's; names given here are English unless said otherwise. */
export function createPreviewDriver(page: Page, ledger?: ControlLedger) {
  const aside = page.getByRole('complementary', { name: 'myContacts' });
  const pane = createPaneDriver(
    page,
    page.frameLocator('iframe[title="myContacts"]'),
    () => {
      const frame = page.frames().find((candidate) => candidate.url().includes('/taskpane.html'));
      if (!frame) throw new Error('The preview shows no pane.');
      return frame;
    },
    ledger,
  );
  const phone = page.locator('[data-phone]');
  return {
    page,
    pane,
    /** Frame of Outlook around the pane: pin, width, close. */
    aside,
    /** Opens the item at this position of the list that is shown, beginning with 0. */
    openItem: (position: number) => page.locator('[data-item]').nth(position).click(),
    openItemOf: (person: string) => page.locator('[data-item]').filter({ hasText: person }).first().click(),
    clearSelection: (words = 'Clear selection') => page.getByRole('button', { name: words }).click(),
    pin: () => aside.getByRole('button', { name: /^(Pin the pane|Bereich anheften)/ }).click(),
    /** Life of the pane's frame: another number is another frame. */
    life: async () => Number(await page.locator('iframe[title="myContacts"]').getAttribute('data-life')),
    /** Makes the pane as wide as the other of the two widths: 320 or 450 pixels. */
    switchWidth: () => aside.getByRole('button', { name: / px$/ }).click(),
    async setTheme(theme: Name, menu: Name = 'Appearance') {
      await page.getByRole('button', { name: menu }).click();
      await page.getByRole('menuitemradio', { name: theme, exact: true }).click();
    },
    phone: {
      /** What the desk phone of user 330 does, such as `ringing`. */
      waitFor: (state: string) => phone.and(page.locator(`[data-state="${state}"]`)).waitFor(),
      shows: () => phone.locator('[data-screen]').innerText(),
      lift: () => phone.getByText('Lift', { exact: true }).click(),
      layDown: () => phone.getByText('Lay down', { exact: true }).click(),
      /** The colleague beside the telephone calls 330. */
      colleagueCalls: () => phone.getByRole('button', { name: /calls me$/ }).click(),
    },
  };
}

export type PaneDriver = ReturnType<typeof createPaneDriver>;

/** The pane, wherever it is. */
export function createPaneDriver(page: Page, root: Roots, frame: () => Frame, ledger?: ControlLedger) {
  const control = (role: ControlRole, name: Name, within: Roots = root) =>
    within.getByRole(role, { name, exact: true });
  const field = root.getByRole('searchbox');
  const dock = root.getByRole('region', { name: /^(Calls|Anrufe)$/ });
  const main = root.getByRole('main');
  const tabs = root.getByRole('navigation', { name: /^(Places|Bereiche)$/ });

  let lastDial = 0;

  const driver = {
    page,
    root,
    frame,
    main,
    /** The one field, "Name or number". */
    field,
    /** The calls, docked above everything. */
    dock,
    button: (name: Name, within?: Roots) => control('button', name, within),
    control,
    /** The card of a call. */
    call: (name: Name) => dock.getByRole('article', { name, exact: true }),

    async typeSignIn(userName: string, password: string) {
      await root.getByLabel(/^(User name|Benutzername)/).fill(userName);
      await root.getByLabel(/^(Password|Passwort)/).fill(password);
    },
    /** Signs in and waits for the places. */
    async signIn(userName: string, password = `Demo-${userName}!`) {
      await driver.typeSignIn(userName, password);
      await control('button', /^(Sign in|Anmelden)$/).click();
      await driver.ready();
    },
    /** Somebody is signed in and connected. */
    async ready() {
      await tabs.waitFor();
      await root
        .getByRole('banner')
        .getByText(/^(Extension|Durchwahl) \d+$/)
        .waitFor();
    },
    async goTo(place: Name) {
      await control('tab', place, tabs).click();
      await tabs.getByRole('tab', { name: place, exact: true, selected: true }).waitFor();
    },
    async search(text: string) {
      await field.fill(text);
    },
    /**
     * Presses a control, and holds it to what it does outside of the screen: in the store, at the telephone system, in
     * the clipboard; where it shall do nothing there, to that. Only then it counts as tried.
     */
    async press(locator: Locator, effect: () => Promise<void>) {
      const name = ledger ? await ledger.nameOf(locator) : undefined;
      if (name !== undefined && /^button (Call|Dial|a number)/.test(name)) await driver.beforeDialling();
      await locator.click();
      await effect();
      if (ledger && name !== undefined) ledger.tried(name);
    },
    /** Chooses an option of a list, and holds it to its effect like {@link press}. */
    async choose(name: string, option: string, effect: () => Promise<void>, within: Roots = main) {
      const list = control('combobox', name, within);
      const known = await ledger?.nameOf(list);
      await list.selectOption({ label: option });
      await effect();
      if (ledger && known !== undefined) ledger.tried(known);
    },
    /** To be called before dialling: two dials within 0.7 s are one to the pane, and a test is faster than a person. */
    async beforeDialling() {
      const until = lastDial + doubleClickMs;
      if (Date.now() <= until) await frame().waitForFunction((time) => Date.now() > time, until);
      lastDial = Date.now();
    },
    /** Takes a picture for the eye, where the environment's SCREENSHOTS asks for it. */
    async picture(name: string) {
      if (!process.env.SCREENSHOTS) return;
      const path = join('tests', 'screenshots', `${name}.png`);
      if (frame() === page.mainFrame()) await page.screenshot({ path, animations: 'disabled' });
      else await page.locator('iframe[title="myContacts"]').screenshot({ path, animations: 'disabled' });
    },
  };
  return driver;
}

/** Waits until what a store or telephone system says is so. */
export async function eventually<T>(read: () => Promise<T> | T, wanted: T): Promise<void> {
  await expect.poll(read, { timeout: 10_000, interval: 50 }).toEqual(wanted);
}
