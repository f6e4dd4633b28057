/**
 * A demo, a browser and mailboxes for tests of what goes wrong. The mailbox is a Graph-shaped server of the test's own:
 * what the pane asks of the demo's mailbox is led there, so that it outlives a killed service and can be changed from
 * behind. Sessions are not held to silent consoles, because faults are what is tested.
 */
import type { Browser, BrowserContext, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { generateContacts } from '../../demo/mailbox/contacts';
import type { ContactContent } from '../../demo/mailbox/graph-types';
import type { Mailbox } from '../../demo/mailbox/mailbox';
import { createMailboxServer } from '../../demo/mailbox/mailbox-server';
import type { MailboxServer } from '../../demo/mailbox/mailbox-server';
import { launchChromium } from './chromium';
import { openPreview, openSession } from './pane-driver';
import type { PreviewDriver, SessionOptions } from './pane-driver';
import { createTelephones, openPaneStore } from './pane-store';
import type { PaneStore, Telephones } from './pane-store';
import { startDemo } from './start-demo';
import type { DemoProcess } from './start-demo';

/** Whose Outlook the preview shows. */
export const mailboxAddress = 'anna.bergstroem@example.com';

export interface TestMailbox {
  readonly server: MailboxServer;
  readonly box: Mailbox;
  /** Leads what the pages of this context ask of the demo's mailbox to this one. */
  serve(context: BrowserContext): Promise<void>;
}

export interface FaultWorld {
  demo(): DemoProcess;
  store(): PaneStore;
  telephones(): Telephones;
  /** Somebody outside calls an extension. */
  outsideCalls(from: string, to: string): Promise<void>;
  mailbox(contents: { readonly seed: string; readonly count: number }): Promise<TestMailbox>;
  /** A browser profile of its own, its pages not opened yet. */
  context(options?: SessionOptions): Promise<BrowserContext>;
  /** The preview, with the user signed in to the pane. */
  open(context: BrowserContext, userName: string): Promise<PreviewDriver>;
}

/** To be called once in a test file. */
export function createFaultWorld(environment: Readonly<Record<string, string>> = {}): FaultWorld {
  let started: { browser: Browser; demo: DemoProcess; store: PaneStore } | undefined;
  let graphOrigin = '';
  let contexts: BrowserContext[] = [];
  let mailboxes: MailboxServer[] = [];
  const there = () => {
    if (started === undefined) throw new Error('The demo has not been started.');
    return started;
  };

  beforeAll(async () => {
    const [browser, demo] = await Promise.all([
      launchChromium(),
      startDemo({ environment: { DEMO_LATENCY_MS: '0', DEMO_CONTACTS: '60', ...environment } }),
    ]);
    started = { browser, demo, store: openPaneStore(demo.dataDirectory) };
  });
  afterEach(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    await Promise.all(mailboxes.map((mailbox) => mailbox.close()));
    [contexts, mailboxes] = [[], []];
  });
  afterAll(async () => {
    started?.store.close();
    await started?.browser.close();
    await started?.demo.stop();
  });

  return {
    demo: () => there().demo,
    store: () => there().store,
    telephones: () => createTelephones(there().demo.url),
    async outsideCalls(from, to) {
      const answer = await fetch(new URL('demo/outside/call-in', there().demo.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ from, to }),
      });
      if (!answer.ok) throw new Error(await answer.text());
    },
    async mailbox(contents) {
      const server = createMailboxServer({
        addresses: [mailboxAddress],
        contents: () => generateContacts(contents),
        latencyMs: 5,
      });
      mailboxes.push(server);
      const origin = `http://localhost:${await server.listen(0)}`;
      // Asked of the service itself, because a demo that was started again has another one.
      const answer = await fetch(new URL('api/v1/installation', there().demo.url));
      const { microsoft } = (await answer.json()) as { microsoft: { graphBaseUrl: string } };
      graphOrigin = new URL(microsoft.graphBaseUrl).origin;
      return {
        server,
        box: server.control.mailbox(mailboxAddress),
        serve: async (context) => {
          await context.route(/\/v1\.0\//, (route) => leadTo(origin, route));
        },
      };
    },
    async context(options = {}) {
      const session = await openSession(there().browser, options);
      contexts.push(session.context);
      return session.context;
    },
    async open(context, userName) {
      const preview = await openPreview(
        { context, ledger: undefined, faults: [], close: () => context.close() },
        there().demo.url,
      );
      await preview.pane.signIn(userName);
      return preview;
    },
  };

  /** The answer of the other server, its links led back. */
  async function leadTo(origin: string, route: Route): Promise<void> {
    const request = route.request();
    const url = new URL(request.url());
    const server = mailboxes.find(({ port }) => origin.endsWith(`:${port}`));
    if (server === undefined) return route.abort();
    try {
      const headers = request.headers();
      if (headers.authorization !== undefined)
        headers.authorization = `Bearer ${server.control.issueToken(mailboxAddress)}`;
      const response = await route.fetch({ url: `${origin}${url.pathname}${url.search}`, headers });
      const body = (await response.text()).replaceAll(origin, graphOrigin);
      await route.fulfill({ response, body });
    } catch {
      // The page is gone, or the connection was cut: then the page sees that it was.
      await route.abort().catch(() => undefined);
    }
  }
}

/** A name and the numbers of a contact as written, in an order of their own: enough to tell two directories apart. */
function written(name: string, numbers: readonly string[]): string {
  return [name, ...[...new Set(numbers)].sort()].join(' | ');
}

/** What the personal directory holds once it is the same as the mailbox. */
export function contactsOf(box: Mailbox): string[] {
  return box
    .items()
    .map(({ content }) => written(nameOf(content), numbersOf(content)))
    .sort();
}

/** What the store holds for the user. */
export function stored(store: PaneStore, userName: string): string[] {
  return store
    .contacts(userName)
    .map(({ displayName, numbers }) =>
      written(
        displayName,
        numbers.map(({ raw }) => raw),
      ),
    )
    .sort();
}

function numbersOf({ businessPhones = [], homePhones = [], mobilePhone }: ContactContent): string[] {
  return [...businessPhones, ...homePhones, ...(mobilePhone ? [mobilePhone] : [])];
}

/** As Outlook shows a contact that has no display name. */
function nameOf(content: ContactContent): string {
  const full = [content.givenName, content.surname].filter(Boolean).join(' ');
  const [email] = content.emailAddresses ?? [];
  return (
    content.displayName ?? (full || (content.fileAs ?? content.companyName ?? email?.name ?? email?.address ?? ''))
  );
}

export interface Gate {
  /** Settles when the first request is held. */
  readonly reached: Promise<Route>;
  /** Lets the held request and all later ones through. */
  open(): void;
}

/** Holds every request of this kind until the gate is opened. */
export async function holdRequests(context: BrowserContext, url: RegExp, method: string): Promise<Gate> {
  let open: () => void = () => undefined;
  let reach: (route: Route) => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const reached = new Promise<Route>((resolve) => (reach = resolve));
  await context.route(url, async (route) => {
    if (route.request().method() !== method) return route.fallback();
    reach(route);
    await opened;
    // Whoever asked may be gone by now.
    await route.continue().catch(() => undefined);
  });
  return { reached, open };
}
