/**
 * Draws the PNG icons of the manifest from their SVG sources in addin/assets, in every size that Outlook and browsers ask for.
 * Run it after changing a source: `node scripts/draw-icons.mjs`. Needs Chromium (`CHROMIUM_PATH`, else /usr/bin/chromium).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const assets = new URL('../addin/assets/', import.meta.url);
// The last two are for the window that is installed as an app.
const sizes = { icon: [16, 20, 24, 32, 40, 48, 64, 80, 128, 192, 512], sync: [16, 20, 24, 32, 40, 48, 64, 80] };
const all = { ...sizes, settings: sizes.sync, about: sizes.sync, update: sizes.sync };

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
try {
  const page = await browser.newPage();
  for (const [name, wanted] of Object.entries(all)) {
    const svg = readFileSync(new URL(`${name}.svg`, assets), 'utf8');
    for (const size of wanted) {
      await page.setViewportSize({ width: size, height: size });
      await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
      writeFileSync(new URL(`${name}-${size}.png`, assets), await page.screenshot({ omitBackground: true }));
    }
  }
} finally {
  await browser.close();
}
