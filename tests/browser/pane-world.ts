/** One demo and one browser for a file of tests; each test has browser profiles of its own, which must end without faults. */
import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchChromium } from './chromium';
import { createControlLedger } from './pane-controls';
import { openPreview, openSession, openWindow } from './pane-driver';
import type { BrowserSession, PaneDriver, PreviewDriver, SessionOptions } from './pane-driver';
import { createTelephones, openPaneStore } from './pane-store';
import type { PaneStore, Telephones } from './pane-store';
import { startDemo } from './start-demo';
import type { DemoProcess } from './start-demo';

export interface PaneWorld {
  readonly ledger: ReturnType<typeof createControlLedger>;
  /** May be changed before the demo is started again. */
  readonly environment: Record<string, string>;
  demo(): DemoProcess;
  store(): PaneStore;
  telephones(): Telephones;
  session(options?: SessionOptions): Promise<BrowserSession>;
  /** The preview in a profile of its own, with the user signed in to the pane where one is named. */
  preview(userName?: string, options?: SessionOptions): Promise<PreviewDriver>;
  /** The pane as a window of its own, likewise. */
  window(userName?: string, options?: SessionOptions): Promise<PaneDriver>;
}

/** To be called once in a test file. */
export function createPaneWorld(environment: Record<string, string> = {}): PaneWorld {
  const ledger = createControlLedger();
  let browser: Browser | undefined;
  let demo: DemoProcess | undefined;
  let store: PaneStore | undefined;
  let sessions: BrowserSession[] = [];
  const there = <T>(thing: T | undefined): T => {
    if (thing === undefined) throw new Error('The demo has not been started.');
    return thing;
  };

  beforeAll(async () => {
    if (process.env.SCREENSHOTS) mkdirSync('tests/screenshots', { recursive: true });
    [browser, demo] = await Promise.all([launchChromium(), startDemo({ environment })]);
    store = openPaneStore(demo.dataDirectory);
  });
  afterEach(async () => {
    const open = sessions;
    sessions = [];
    await Promise.all(open.map((session) => session.close()));
    expect(open.flatMap(({ faults }) => faults)).toEqual([]);
  });
  afterAll(async () => {
    store?.close();
    await browser?.close();
    await demo?.stop();
  });

  const world: PaneWorld = {
    ledger,
    environment,
    demo: () => there(demo),
    store: () => there(store),
    telephones: () => createTelephones(there(demo).url),
    async session(options = {}) {
      const session = await openSession(there(browser), { ledger, ...options });
      sessions.push(session);
      return session;
    },
    async preview(userName, options = {}) {
      const preview = await openPreview(await world.session(options), there(demo).url);
      if (userName !== undefined) await preview.pane.signIn(userName);
      return preview;
    },
    async window(userName, options = {}) {
      const pane = await openWindow(await world.session(options), there(demo).url);
      if (userName !== undefined) await pane.signIn(userName);
      return pane;
    },
  };
  return world;
}
