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
import { scrubError } from './trace/scrub-error';
import { createTrace } from './trace/trace';

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
  const trace = createTrace(host.storage);
  void host.ready.then(() => trace.recall());
  const session = createSessionKeeper({
    call: (route, input) => client.call(route, input),
    locks: 'locks' in navigator ? navigator.locks : undefined,
  });
  const client: ApiClient = createApiClient({
    fetch: (input, init) => window.fetch(input, init),
    baseUrl,
    tokens: session.tokens,
    observe: (request) => trace.note({ kind: 'request', ...request }),
  });
  // The content security policy admits style elements with this nonce only.
  const nonce = document.querySelector('meta[name=csp-nonce]')?.getAttribute('content');
  const renderer = createDOMRenderer(document, nonce ? { styleElementAttributes: { nonce } } : {});
  const noteError = (where: string) => (error: unknown) => trace.note({ kind: 'error', where, ...scrubError(error) });
  window.addEventListener('error', (event) => noteError('page')(event.error));
  window.addEventListener('unhandledrejection', (event) => noteError('promise')(event.reason));
  session.state.subscribe(() => {
    const state = session.state.get();
    trace.note({ kind: 'session', status: state.status, ...('reason' in state && { reason: state.reason }) });
  });
  const onCaughtError = (error: unknown) => {
    noteError('view')(error);
    // What React does where nobody asks for these errors.
    // eslint-disable-next-line no-console
    console.error(error);
  };
  createRoot(container, { onCaughtError }).render(
    <RendererProvider renderer={renderer} targetDocument={document}>
      <ConnectionsProvider value={connections}>
        <Pane
          host={host}
          client={client}
          session={session}
          appearance={createAppearance(host)}
          trace={trace}
          ownWindow={ownWindow}
        />
      </ConnectionsProvider>
    </RendererProvider>,
  );
  prepareWorkspace({ session, host });
  session.start();
}
