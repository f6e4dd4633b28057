/** What a browser that has never been here transfers until somebody can sign in, and how long that takes it. */
import type { Browser } from 'playwright-core';
import { percentile, type Figure } from './report';

const runs = 5;
/** How many times slower the processor is made. */
const throttling = 4;

interface Load {
  readonly usableMs: number;
  /** Bytes by file, as they came over the network, headers included. */
  readonly files: ReadonlyMap<string, number>;
}

export async function measureFirstLoad(browser: Browser, url: string): Promise<Figure[]> {
  const loads: Load[] = [];
  for (let run = 0; run < runs; run += 1) loads.push(await loadOnce(browser, url));
  // Whether the page's icon comes before the form or after it is chance: the load with most files counts.
  const files = loads.map((load) => [...load.files]).sort((a, b) => b.length - a.length)[0] ?? [];
  // office.js is Microsoft's, from its own network, and every add-in of the same Outlook has it already.
  const own = files.filter(([name]) => name !== 'office.js');
  const list = own.map(([name, bytes]) => `${name} ${(bytes / 1024).toFixed(1)}`).join(', ');
  const times = loads.map(({ usableMs }) => usableMs);
  return [
    {
      name: 'first load until sign-in, transferred',
      value: own.reduce((sum, [, bytes]) => sum + bytes, 0),
      unit: 'KB',
      limit: 180 * 1024,
      note: `${list}; office.js not counted`,
    },
    {
      name: `sign-in usable, ${throttling}× slower processor`,
      value: percentile(times, 0.5),
      unit: 'ms',
      limit: 1500,
      note: `median of ${runs}, slowest ${Math.max(...times).toFixed(0)} ms; empty cache`,
    },
  ];
}

async function loadOnce(browser: Browser, url: string): Promise<Load> {
  const context = await browser.newContext({ viewport: { width: 350, height: 800 } });
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    const names = new Map<string, string>();
    const files = new Map<string, number>();
    devtools.on('Network.requestWillBeSent', ({ requestId, request }) => {
      names.set(requestId, new URL(request.url).pathname.split('/').pop() ?? '');
    });
    devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const name = names.get(requestId);
      if (name !== undefined) files.set(name, (files.get(name) ?? 0) + encodedDataLength);
    });
    await devtools.send('Network.enable');
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: throttling });
    await page.goto(`${url}taskpane.html`, { waitUntil: 'commit' });
    // The field takes the focus by itself as soon as it takes letters.
    const usableMs = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const look = () => {
            if (document.activeElement?.getAttribute('name') === 'username') resolve(performance.now());
            else requestAnimationFrame(look);
          };
          look();
        }),
    );
    return { usableMs, files: new Map(files) };
  } finally {
    await context.close();
  }
}
