/** From a key that goes down in the pane's field to the hits on the screen, in a real browser. */
import type { Browser, Page } from 'playwright-core';
import { searchDirectory } from '../../shared/api/directory';
import type { DirectoryWords } from './directory-words';
import type { PaneSession } from './pane-session';
import { percentile, type Figure } from './report';

/** Words typed, and letters of each. */
const wordCount = 36;
const letters = 3;
/** Milliseconds between seeing hits and the next key: a quick typist. */
const pauseMs = 120;

declare global {
  interface Window {
    /** Milliseconds from the last key to the hits that were waited for. */
    benchHits?: Promise<number>;
  }
}

/** @param user who is signed in in the browser, the same as in `pane` */
export async function measureTyping(
  browser: Browser,
  url: string,
  user: string,
  pane: PaneSession,
  words: DirectoryWords,
): Promise<Figure[]> {
  const context = await browser.newContext({ viewport: { width: 350, height: 800 }, locale: 'en-GB' });
  try {
    const page = await context.newPage();
    await page.goto(`${url}window`);
    await page.locator('input[name=username]').fill(user);
    await page.locator('input[name=password]').fill(`Demo-${user}!`);
    await page.keyboard.press('Enter');
    const field = page.getByRole('searchbox');
    await field.click();

    // The first word loads what shows hits and is not counted.
    // Only letters that the browser's driver has keys for: others come without a key going down.
    const keyed = words.one.filter((word) => /^[a-z]+$/.test(word));
    const [warm = 'mue', ...counted] = keyed.slice(0, wordCount + 1);
    await typeWord(page, pane, warm);
    const times: number[] = [];
    for (const word of counted) times.push(...(await typeWord(page, pane, word)));
    return [
      {
        name: 'key to hits on the screen, p50',
        value: percentile(times, 0.5),
        unit: 'ms',
        limit: 100,
        note: `${times.length} searches, ${words.contacts} personal contacts`,
      },
      {
        name: 'key to hits on the screen, p95',
        value: percentile(times, 0.95),
        unit: 'ms',
        limit: 100,
        note: `slowest ${Math.max(...times).toFixed(0)} ms`,
      },
    ];
  } finally {
    await context.close();
  }
}

/** Types a word letter by letter; gives the milliseconds of each key whose hits differ from those before. */
async function typeWord(page: Page, { client }: PaneSession, word: string): Promise<number[]> {
  const times: number[] = [];
  let before = '';
  let typed = '';
  for (const letter of [...word].slice(0, letters)) {
    typed += letter;
    const { personal } = await client.call(searchDirectory, { query: { q: typed, limit: '20' } });
    const expected = `${personal.count} ${personal.items[0]?.displayName ?? ''}`;
    if (expected === before) {
      await page.keyboard.press(letter);
    } else {
      await page.evaluate(armWatch, expected);
      await page.keyboard.press(letter);
      times.push(await page.evaluate(() => window.benchHits ?? Number.NaN));
    }
    before = expected;
    await page.waitForTimeout(pauseMs);
  }
  await page.keyboard.press('Escape');
  await page.waitForTimeout(pauseMs);
  return times;
}

/** Runs in the page: begins to wait for the next key, and after it for hits with this count and first name. */
function armWatch(expected: string): void {
  const shown = () => {
    const rows = [...document.querySelectorAll('#search-results [role=listitem]')];
    const count = rows[0]?.querySelector('h2 span:last-child')?.textContent.replace(/\D/g, '') ?? '';
    return `${count} ${rows[1]?.querySelector('button')?.textContent ?? ''}`;
  };
  window.benchHits = new Promise((resolve, reject) => {
    let keyAt = 0;
    window.addEventListener('keydown', (event) => (keyAt = event.timeStamp), { capture: true, once: true });
    const seen = () => {
      if (keyAt === 0 || shown() !== expected) return;
      observer.disconnect();
      clearTimeout(timer);
      // The task behind the next frame: by then the hits have been painted.
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve(performance.now() - keyAt);
        channel.port2.postMessage(undefined);
      });
    };
    const observer = new MutationObserver(seen);
    const timer = setTimeout(() => reject(new Error(`Hits "${expected}" did not come; shown: "${shown()}".`)), 5000);
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}
