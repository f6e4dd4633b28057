/**
 * The main job, from a fresh clone: `npm start`, sign in, sync, three letters, a click, and the telephone rings and
 * connects. The test touches the pane and the desk phone only and calls no route of the product; the contacts come from
 * a new seed each run, and what rings is read from the telephone system.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateContacts } from '../../demo/mailbox/contacts';
import type { ContactContent } from '../../demo/mailbox/graph-types';
import { launchChromium } from './chromium';
import { startDemo } from './start-demo';
import type { DemoProcess } from './start-demo';

const root = fileURLToPath(new URL('../../', import.meta.url));
const seed = randomUUID();
/** What a desk phone of the demo dials before an outside number. */
const accessCode = '0';

/** What a clone would hold: every file that is not ignored. */
function clone(): string {
  const directory = mkdtempSync(join(tmpdir(), 'mycontacts-clone-'));
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, maxBuffer: 1e8 });
  for (const file of listed.toString().split('\0')) {
    if (file === '' || !existsSync(join(root, file))) continue;
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    cpSync(join(root, file), join(directory, file));
  }
  return directory;
}

interface Wanted {
  readonly letters: string;
  readonly displayName: string;
  readonly e164: string;
}

/**
 * The contact with the fewest others behind the three letters, with a German number that is surely plain. A name without
 * letters that are found in two spellings: `Mue` finds every Müller too.
 */
function chooseContact(): Wanted {
  const { contacts } = generateContacts({ seed, count: 1000 });
  const fitting = contacts.flatMap(({ contact }) => {
    const number = contact.businessPhones?.[0] ?? '';
    const { surname, displayName } = contact;
    if (typeof surname !== 'string' || typeof displayName !== 'string' || !/^[A-Za-z]{4,}$/.test(surname)) return [];
    if (/[aou]e|ss/i.test(surname.slice(0, 4))) return [];
    if (!/^\+49 ?\(?\d{2,4}\)?[ /-]?\d[\d -]{4,}$/.test(number)) return [];
    const hits = contacts.filter((other) => sameStart(other.contact, surname)).length;
    const e164 = `+49${number.slice(3).replace(/\D/g, '')}`;
    // Colleagues are dialled by their extension; here it shall be a number outside.
    if (e164.startsWith('+49897007')) return [];
    return [{ letters: surname.slice(0, 3), displayName, e164, hits }];
  });
  const [best] = fitting.sort((one, other) => one.hits - other.hits);
  if (best === undefined) throw new Error(`No contact of seed ${seed} fits.`);
  return best;
}

/** The button that dials this number, by the words a screen reader says; how the number is grouped does not matter. */
function callButton(pane: FrameLocator, displayName: string, e164: string) {
  const digits = [...e164.slice(1)].join('\\D*');
  const name = displayName.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return pane.getByRole('button', { name: new RegExp(`^Call ${name}, .*\\+${digits}$`) }).first();
}

function sameStart(contact: ContactContent, surname: string): boolean {
  const start = surname.slice(0, 3).toLowerCase();
  const words = `${contact.displayName ?? ''} ${contact.givenName ?? ''} ${contact.surname ?? ''} ${contact.companyName ?? ''}`;
  return words
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .some((word) => word.startsWith(start));
}

describe('from a fresh clone to a ringing phone', () => {
  let directory = '';
  let demo: DemoProcess;
  let browser: Browser;
  let page: Page;
  let pane: FrameLocator;

  beforeAll(async () => {
    directory = clone();
    demo = await startDemo({
      directory,
      command: ['npm', 'start'],
      environment: { DEMO_SEED: seed },
      timeoutMs: 600_000,
    });
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    pane = page.frameLocator('iframe[src*="taskpane.html"]');
  }, 660_000);

  afterAll(async () => {
    await browser.close();
    await demo.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('npm start says what it does, where to look and how to sign in', () => {
    expect(demo.output()).toMatch(/Installing packages …[\s\S]*Building …[\s\S]*ready: http:\/\/localhost:\d+\//);
    expect(demo.output()).toContain('Demo-330!');
  });

  it('a synced contact is found by three letters, rings at a click and connects', async () => {
    const contact = chooseContact();
    await page.goto(demo.url);
    await pane.getByLabel('User name').fill('330');
    await pane.getByLabel('Password').fill('Demo-330!');
    await pane.getByRole('button', { name: 'Sign in' }).click();

    await pane.getByRole('tab', { name: 'Sync' }).click();
    await pane.getByRole('button', { name: 'Sync now' }).click();
    await pane.getByText('Synced').waitFor({ timeout: 60_000 });

    await pane.getByPlaceholder('Name or number').fill(contact.letters);
    const phone = page.locator('[data-phone="SIM/330"]');
    const button = callButton(pane, contact.displayName, contact.e164);
    // The list draws what is in sight: one scrolls to the person, as a user would.
    await pane.getByRole('list').first().hover();
    await expect
      .poll(
        async () => {
          if ((await button.count()) > 0) return 1;
          // Where more than the first are found, one asks for the rest.
          const more = pane.getByRole('button', { name: 'More from Personal' });
          if ((await more.count()) > 0) await more.click();
          await page.mouse.wheel(0, 120);
          // The list draws its rows a frame after it was scrolled.
          await pane.locator('body').evaluate(
            () =>
              new Promise((resolve) => {
                requestAnimationFrame(() => requestAnimationFrame(resolve));
              }),
          );
          return button.count();
        },
        { timeout: 20_000, message: `${contact.displayName} ${contact.e164} behind ${contact.letters}, seed ${seed}` },
      )
      .toBeGreaterThan(0);
    await button.click();

    // The own phone rings first; lifted, it dials what one would dial by hand.
    await phone.and(page.locator('[data-state="ringing-to-dial"]')).waitFor();
    expect(await dialledAtThePhone()).toBe(dialStringOf(contact.e164));
    await phone.getByRole('button', { name: 'Lift' }).last().click();
    await pane.getByText('Connected').first().waitFor({ timeout: 30_000 });
    await phone.and(page.locator('[data-state="connected"]')).waitFor();

    await pane.getByRole('button', { name: 'Hang up' }).click();
    await phone.and(page.locator('[data-state="idle"]')).waitFor();
  });

  it('the export of the own Outlook, dropped onto the pane, is called in the same way', async () => {
    await pane.getByPlaceholder('Name or number').fill('');
    await pane.getByRole('tab', { name: 'Sync' }).click();
    const surname = `Zwirn${randomUUID().slice(0, 4).replace(/\d/g, 'x')}`;
    const last = String(100 + Math.floor(Math.random() * 800));
    const file = `"Vorname","Nachname","Firma","Telefon geschäftlich"\r\n"Öznur","${surname}","Straß GmbH","089 99998-${last}"\r\n`;
    const dropZone = pane.getByText(/^Drop a file of contacts/);
    await dropZone.waitFor();
    const transfer = await pane.locator('body').evaluateHandle((_body, text) => {
      // windows-1252, as a German Outlook writes: ö is one byte.
      const bytes = Uint8Array.from(text, (sign) => sign.charCodeAt(0) & 0xff);
      const data = new DataTransfer();
      data.items.add(new File([bytes], 'Kontakte.CSV', { type: 'application/vnd.ms-excel' }));
      return data;
    }, file);
    await dropZone.dispatchEvent('drop', { dataTransfer: transfer });
    await pane.getByRole('button', { name: 'Import', exact: true }).click();
    await pane.getByText('Kontakte.CSV is imported').waitFor();

    await pane.getByPlaceholder('Name or number').fill(surname.slice(0, 5));
    await pane.getByText(`Öznur ${surname}`).first().waitFor();
    await callButton(pane, `Öznur ${surname}`, `+498999998${last}`).click();
    const phone = page.locator('[data-phone="SIM/330"]');
    await phone.and(page.locator('[data-state="ringing-to-dial"]')).waitFor();
    expect(await dialledAtThePhone()).toBe(`${accessCode}99998${last}`);
    await phone.getByRole('button', { name: 'Lift' }).last().click();
    await phone.and(page.locator('[data-state="connected"]')).waitFor({ timeout: 30_000 });
    await pane.getByRole('button', { name: 'Hang up' }).click();
    await phone.and(page.locator('[data-state="idle"]')).waitFor();
  });

  it('a second start on the same folder installs and builds nothing again', () => {
    const again = spawnSync(process.execPath, ['scripts/prepare.mjs'], { cwd: directory, encoding: 'utf8' });
    expect(again.stdout).toBe('');
    expect(again.status).toBe(0);
  });

  /** What the telephone system was told to dial, from its own side. */
  async function dialledAtThePhone(): Promise<string> {
    const response = await page.request.get(new URL('/demo/phones/SIM%2F330', demo.url).href);
    const state: unknown = await response.json();
    const number: unknown = (state as { shown?: { number?: unknown } }).shown?.number;
    if (typeof number !== 'string') throw new Error('The phone shows no number.');
    return number;
  }
});

/** What one dials at a desk phone of the demo: the access code, and 0 and the area code unless it is the own one (NUM-2). */
function dialStringOf(e164: string): string {
  return e164.startsWith('+4989') ? `${accessCode}${e164.slice(5)}` : `${accessCode}0${e164.slice(3)}`;
}
