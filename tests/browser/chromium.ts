/**
 * A Chromium for the tests, in this order (DESIGN §11): CHROMIUM_PATH, Debian's headless shell, the system's own, and last
 * the one that the registry package `@sparticuz/chromium` ships, which needs nothing from the system.
 */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

/** The shell draws no window of its own: the tests take two thirds of the time. */
const installed = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** Flags that keep Chromium from looking up hosts of its own, which a closed network refuses. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the browser; the caller closes it. */
export async function launchChromium(): Promise<Browser> {
  const path = process.env.CHROMIUM_PATH ?? installed.find((candidate) => existsSync(candidate));
  return chromium.launch({ executablePath: path ?? (await packagedChromium()), args: quiet });
}

/** Without the flags of the package: it puts everything into one process, which ends where a page is closed. */
async function packagedChromium(): Promise<string> {
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}
