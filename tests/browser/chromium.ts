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
  return chromium.launch({ executablePath: await chromiumPath(), args: quiet });
}

/**
 * Where it is; that of the package is unpacked by the first call. It is not run with the flags of the package, which put all
 * into one process that ends with the first page.
 */
async function chromiumPath(): Promise<string> {
  const path = process.env.CHROMIUM_PATH ?? installed.find((candidate) => existsSync(candidate));
  if (path !== undefined) return path;
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}

/** Before the first test: two workers that unpack at once start a file that the other one still writes. */
export default async function setup(): Promise<void> {
  await chromiumPath();
}
