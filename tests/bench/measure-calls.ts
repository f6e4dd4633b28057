/** From the telephone's change to what the pane shows, in a real browser; the telephone is a simulated one over HTTP. */
import type { Browser, Page } from 'playwright-core';
import { percentile, type Figure } from './report';

/** Calls that ring and are given up. */
const calls = 40;

declare global {
  interface Window {
    /** When the pane showed what was waited for, by the clock of this machine. */
    benchShown?: Promise<number>;
  }
}

/** @param user whose telephone rings, by his extension */
export async function measureCalls(browser: Browser, url: string, user: string): Promise<Figure[]> {
  const context = await browser.newContext({ viewport: { width: 350, height: 800 }, locale: 'en-GB' });
  try {
    const page = await context.newPage();
    await page.goto(`${url}window`);
    await page.locator('input[name=username]').fill(user);
    await page.locator('input[name=password]').fill(`Demo-${user}!`);
    await page.keyboard.press('Enter');
    await page.getByRole('searchbox').waitFor();
    // Once the event stream is open.
    await page.waitForTimeout(1500);

    const rang: number[] = [];
    const gone: number[] = [];
    for (let call = 0; call <= calls; call += 1) {
      await page.evaluate(armWatch, 'alerting');
      const startedAt = Date.now();
      const { callId } = await send<{ callId: string }>(url, 'outside/call-in', {
        from: `+4930123450${String(10 + call)}`,
        to: user,
      });
      const rings = (await shownAt(page)) - startedAt;
      await page.evaluate(armWatch, 'ended');
      const endedAt = Date.now();
      await send(url, 'outside/hang-up', { callId });
      const ended = (await shownAt(page)) - endedAt;
      // The first one loads what draws a card and is not counted.
      if (call > 0) {
        rang.push(rings);
        gone.push(ended);
      }
      await page.waitForTimeout(100);
    }
    const figure = (name: string, values: readonly number[]): Figure => ({
      name,
      value: percentile(values, 0.95),
      unit: 'ms',
      limit: 150,
      note: `p50 ${percentile(values, 0.5).toFixed(0)} ms, slowest ${Math.max(...values).toFixed(0)} ms, ${values.length} calls`,
    });
    return [figure('telephone rings to card on the screen, p95', rang), figure('caller gives up to card, p95', gone)];
  } finally {
    await context.close();
  }
}

const shownAt = (page: Page): Promise<number> => page.evaluate(() => window.benchShown ?? Number.NaN);

async function send<Answer>(url: string, path: string, body: object): Promise<Answer> {
  const response = await fetch(`${url}demo/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(url).origin },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  const text = await response.text();
  // The demo's own answer, which only this file reads.
  return (text === '' ? {} : JSON.parse(text)) as Answer;
}

/** Runs in the page: begins to wait for a new card in this state, painted. */
function armWatch(state: string): void {
  const known = new Set(document.querySelectorAll(`[data-state=${state}]`));
  window.benchShown = new Promise((resolve, reject) => {
    const seen = () => {
      if (![...document.querySelectorAll(`[data-state=${state}]`)].some((card) => !known.has(card))) return;
      observer.disconnect();
      clearTimeout(timer);
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve(Date.now());
        channel.port2.postMessage(undefined);
      });
    };
    const observer = new MutationObserver(seen);
    const timer = setTimeout(() => reject(new Error(`No card became ${state}.`)), 5000);
    observer.observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['data-state'],
    });
  });
}
