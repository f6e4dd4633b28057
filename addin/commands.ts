/** The ribbon's functions. Each press has a runtime of its own, without anything to see: it speaks on the open item. */
import { createApiClient, type ApiClient } from './api/client';
import { createSessionKeeper } from './api/session-keeper';
import { signInSilently, type SilentSignIn } from './microsoft-sign-in/sign-in-silently';
import { createOutlookHost } from './outlook/host';
import { onRibbonCommand } from './outlook/ribbon-commands';
import { runSyncCommand } from './sync/sync-command';

const host = createOutlookHost();
const locks = 'locks' in navigator ? navigator.locks : undefined;
const session = createSessionKeeper({ call: (route, input) => client.call(route, input), locks });
const client: ApiClient = createApiClient({
  fetch: (input, init) => window.fetch(input, init),
  baseUrl: new URL('.', document.baseURI).href,
  tokens: session.tokens,
});

void onRibbonCommand('syncNow', (signal) =>
  runSyncCommand(
    {
      host,
      session,
      client,
      locks,
      signInSilently: async () => toldByCommand(await signInSilently({ host, session, client })),
    },
    signal,
  ),
);

/** For everything that a person has to do himself the pane is the place. */
function toldByCommand(outcome: SilentSignIn): 'signed-in' | 'consent' | 'unreachable' | 'refused' {
  return outcome === 'signed-in' || outcome === 'consent' || outcome === 'unreachable' ? outcome : 'refused';
}
