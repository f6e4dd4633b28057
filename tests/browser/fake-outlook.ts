/** The least of an Outlook that the pane looks for, in place of office.js, for pages without the preview around them. */
import type { BrowserContext } from 'playwright-core';

export interface FakeOutlook {
  /** Address of the open mailbox. */
  readonly mailbox: string;
  readonly tenant: string;
  readonly oid: string;
  /** Outlook signs people in for add-ins, and gives this token for a scope. */
  readonly token?: (scope: string) => Promise<string>;
}

export async function fakeOutlook(context: BrowserContext, outlook: FakeOutlook): Promise<void> {
  const { token, mailbox, tenant, oid } = outlook;
  if (token !== undefined) await context.exposeFunction('outlookToken', token);
  const script = `(${officeScript.toString()})(${JSON.stringify({ mailbox, tenant, oid, nested: token !== undefined })})`;
  await context.route(/\/office\.js$/, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: script, headers: { 'access-control-allow-origin': '*' } }),
  );
}

/** Runs in the page. */
function officeScript(outlook: { mailbox: string; tenant: string; oid: string; nested: boolean }): void {
  const page = window as unknown as Record<string, unknown>;
  const call = (name: string, text: string) => (page[name] as (text: string) => Promise<string>)(text);
  page['Office'] = {
    HostType: { Outlook: 'Outlook' },
    EventType: {},
    AsyncResultStatus: { Failed: 'failed', Succeeded: 'succeeded' },
    onReady: (ready: (info: object) => void) => {
      ready({ host: 'Outlook' });
      return Promise.resolve();
    },
    context: {
      displayLanguage: 'en-US',
      requirements: { isSetSupported: (set: string) => outlook.nested || set !== 'NestedAppAuth' },
      ui: { messageParent: (text: string) => void call('saidToParent', text) },
      mailbox: {
        item: null,
        userProfile: { emailAddress: outlook.mailbox },
        diagnostics: { hostName: 'OutlookWebApp' },
        addHandlerAsync: () => undefined,
      },
    },
  };
  if (!outlook.nested) return;
  const listeners = new Set<(message: string) => void>();
  const encode = (value: object) => btoa(JSON.stringify(value)).replaceAll('=', '');
  const answer = async (message: string): Promise<object> => {
    const { method, tokenParams } = JSON.parse(message) as { method: string; tokenParams?: { scope: string } };
    if (method === 'GetInitContext') {
      return { initContext: { sdkName: 'fake', sdkVersion: '1', capabilities: { queryAccount: true } } };
    }
    const account = {
      homeAccountId: `${outlook.oid}.${outlook.tenant}`,
      localAccountId: outlook.oid,
      tenantId: outlook.tenant,
      username: outlook.mailbox,
      environment: 'login.microsoftonline.com',
    };
    const claims = { oid: outlook.oid, tid: outlook.tenant, preferred_username: outlook.mailbox, ver: '2.0' };
    return {
      account,
      token: {
        access_token: await call('outlookToken', tokenParams?.scope ?? ''),
        expires_in: 3600,
        id_token: `${encode({ alg: 'none' })}.${encode(claims)}.`,
        scope: tokenParams?.scope,
        properties: null,
      },
    };
  };
  page['nestedAppAuthBridge'] = {
    addEventListener: (_event: string, listener: (message: string) => void) => void listeners.add(listener),
    removeEventListener: (_event: string, listener: (message: string) => void) => void listeners.delete(listener),
    postMessage: (message: string) => {
      const { requestId } = JSON.parse(message) as { requestId: string };
      void answer(message).then((body) => {
        const envelope = { messageType: 'NestedAppAuthResponse', requestId, success: true, ...body };
        listeners.forEach((listener) => listener(JSON.stringify(envelope)));
      });
    },
  };
}
