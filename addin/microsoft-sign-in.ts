/** The page that Microsoft's sign-in comes back to. */
import { getInstallation } from '../shared/api/installation';
import { createApiClient } from './api/client';
import { runMicrosoftRedirectPage } from './outlook/microsoft-redirect-page';

const client = createApiClient({
  fetch: (input, init) => window.fetch(input, init),
  baseUrl: new URL('.', document.baseURI).href,
  tokens: {
    token: () => Promise.resolve(undefined),
    renewed: () => Promise.resolve(undefined),
    passwordChangeRequired: () => undefined,
  },
});

void runMicrosoftRedirectPage(async () => {
  const { microsoft } = await client.call(getInstallation, {});
  if (microsoft?.signIn === undefined) throw new Error('This installation has no sign-in with Microsoft.');
  return { clientId: microsoft.clientId, authority: microsoft.authority, scope: microsoft.signIn.scope };
});
