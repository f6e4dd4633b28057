/** How long a pane takes to show what is there when an office has thousands of users: its own presence, and the directory. */
import type { Browser, Page } from 'playwright-core';
import { percentile, type Figure } from './report';

const runs = 7;
/** Milliseconds in which a pane that nobody uses has fetched its other parts. */
const idleMs = 3000;
/** The design's limit, in milliseconds. */
const limit = 300;

interface Office {
  /** Address of the pane as a window of its own. */
  readonly url: string;
  readonly userName: string;
  readonly password: string;
  readonly users: number;
}

/** Signs a user in and loads the pane anew again and again: his browser has its files, as every morning but the first. */
export async function measureFirstPaint(browser: Browser, office: Office): Promise<Figure[]> {
  const context = await browser.newContext({ viewport: { width: 350, height: 800 }, locale: 'en-GB' });
  try {
    const page = await context.newPage();
    await page.goto(office.url);
    await page.locator('input[name=username]').fill(office.userName);
    await page.locator('input[type=password]').fill(office.password);
    await page.keyboard.press('Enter');
    await page.locator('[data-own-presence]').waitFor();
    const firsts: number[] = [];
    const loads: number[] = [];
    const lists: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      await page.reload({ waitUntil: 'commit' });
      loads.push(await drawn(page, '[data-own-presence]'));
      firsts.push(
        await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity),
      );
      // What the pane fetches by itself when it is idle is there then: nobody presses within the first seconds.
      await new Promise((resolve) => setTimeout(resolve, idleMs));
      await page.getByRole('tab', { name: 'Directory' }).click();
      const tab = page.getByRole('tab', { name: /^Internal/ });
      await tab.evaluate((button) => {
        performance.clearMarks();
        button.addEventListener('click', () => performance.mark('pressed'), { capture: true, once: true });
      });
      await tab.click();
      lists.push(await drawn(page, 'main [data-presence]'));
      await page.getByRole('tab', { name: 'People' }).click();
    }
    const note = (times: readonly number[]) =>
      `slowest of ${runs}: ${Math.max(...times).toFixed(0)} ms; ${office.users} users`;
    return [
      { name: 'reload to first paint', value: percentile(firsts, 0.5), unit: 'ms', limit, note: note(firsts) },
      {
        name: 'reload to own presence on the screen',
        value: percentile(loads, 0.5),
        unit: 'ms',
        note: note(loads),
      },
      {
        name: 'press to internal directory with presence on the screen',
        value: percentile(lists, 0.5),
        unit: 'ms',
        limit,
        note: note(lists),
      },
    ];
  } finally {
    await context.close();
  }
}

/** Milliseconds from the last press, or from the load, until the element has been painted. */
function drawn(page: Page, selector: string): Promise<number> {
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const since = performance.getEntriesByName('pressed')[0]?.startTime ?? 0;
        const look = () => {
          if (document.querySelector(wanted))
            // The frame that has it is on the screen when the next one begins.
            requestAnimationFrame(() => resolve(performance.now() - since));
          else requestAnimationFrame(look);
        };
        look();
      }),
    selector,
  );
}
