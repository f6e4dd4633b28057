/** What is wrong in a view for people who cannot see it, cannot use a mouse, or have a narrow pane. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Frame } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
};

type AxeWindow = Window & { axe?: { run(options: RunOptions): Promise<AxeResults> } };

async function violations(frame: Frame): Promise<string[]> {
  // Half a megabyte of source, which a document needs once.
  if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(axeSource);
  return frame.evaluate(async (options) => {
    const page: AxeWindow = window;
    if (!page.axe) throw new Error('axe is not there.');
    const result = await page.axe.run(options);
    return result.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  }, rules);
}

/** Texts that do not fit their place and are not shortened on purpose; `page` where all of it is too wide. */
async function clipped(frame: Frame): Promise<string[]> {
  return frame.evaluate(() => {
    const cut: string[] = [];
    if (document.documentElement.scrollWidth > window.innerWidth) cut.push('page');
    for (const element of document.querySelectorAll<HTMLElement>('#root *')) {
      if (element.scrollWidth <= element.clientWidth + 1 || element.clientWidth <= 1 || !element.checkVisibility())
        continue;
      const style = getComputedStyle(element);
      const shortened = style.textOverflow === 'ellipsis' || element.matches('input, textarea, select, svg, svg *');
      if (style.overflowX === 'visible' && element.children.length > 0) continue;
      if (!shortened && style.display !== 'inline') cut.push(`${element.tagName} ${element.innerText.slice(0, 60)}`);
    }
    return cut;
  });
}

/** What axe finds, and what is cut off; empty where all is well. */
export async function wrongIn(frame: Frame): Promise<string[]> {
  return [...(await violations(frame)), ...(await clipped(frame)).map((text) => `cut off: ${text}`)];
}
