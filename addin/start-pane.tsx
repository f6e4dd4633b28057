/** Makes what every pane has once, and shows it at once: nothing here waits for Outlook or for the service. */
import { createDOMRenderer, RendererProvider } from '@fluentui/react-components';
import { createRoot } from 'react-dom/client';
import { createApiClient, type ApiClient } from './api/client';
import { createSessionKeeper } from './api/session-keeper';
import { createConnections } from './connections/connections-model';
import { ConnectionsProvider } from './connections/use-connections';
import { createOutlookHost } from './outlook/host';
import { Pane, prepareWorkspace } from './pane';
import { createAppearance } from './shell/appearance';

/**
 * Shows the pane in the page's `root`. `ownWindow`: this page is a window of its own, which may show notifications and a
 * count on its icon; a page inside Outlook does neither.
 */
export function startPane({ ownWindow }: { readonly ownWindow: boolean }): void {
  const container = document.getElementById('root');
  if (!container) return;
  const host = createOutlookHost();
  const baseUrl = new URL('.', document.baseURI).href;
  // Before the places are read from the address: it may hold connections that came along from another installation.
  const connections = createConnections({ page: window, baseUrl, ownWindow, host });
  const session = createSessionKeeper({
    call: (route, input) => client.call(route, input),
    locks: 'locks' in navigator ? navigator.locks : undefined,
  });
  const client: ApiClient = createApiClient({
    fetch: (input, init) => window.fetch(input, init),
    baseUrl,
    tokens: session.tokens,
  });
  // The content security policy admits style elements with this nonce only.
  const nonce = document.querySelector('meta[name=csp-nonce]')?.getAttribute('content');
  const renderer = createDOMRenderer(document, nonce ? { styleElementAttributes: { nonce } } : {});
  createRoot(container).render(
    <RendererProvider renderer={renderer} targetDocument={document}>
      <ConnectionsProvider value={connections}>
        <Pane host={host} client={client} session={session} appearance={createAppearance(host)} ownWindow={ownWindow} />
      </ConnectionsProvider>
    </RendererProvider>,
  );
  prepareWorkspace({ session, host });
  session.start();
}
