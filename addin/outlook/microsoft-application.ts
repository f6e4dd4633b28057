/**
 * MSAL in this page: one application, whatever tokens are asked for. Nested in an Outlook that signs people in itself; with
 * popups of its own elsewhere. Tokens live in memory only. The library is large and comes when it is first needed.
 */
import type { IPublicClientApplication } from '@azure/msal-browser';
import { MicrosoftFailure } from './microsoft-failure';

export interface MicrosoftSettings {
  /** Application (client) id registered in Entra ID. */
  readonly clientId: string;
  readonly authority: string;
}

/** Page that Entra ID sends the answer of a popup or dialog to, relative to the pane's pages. */
export const microsoftRedirectPage = 'microsoft-sign-in';

/** Makes the application of MSAL; handed in so that tests need no browser. */
export type CreateApplication = (settings: MicrosoftSettings) => Promise<IPublicClientApplication>;

/** The same application for everybody in the page; one that failed to come up is made anew next time. */
export function oneApplication(create: CreateApplication): CreateApplication {
  let made: Promise<IPublicClientApplication> | undefined;
  return (settings) => {
    made ??= create(settings).catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

export async function createNestedApplication(settings: MicrosoftSettings): Promise<IPublicClientApplication> {
  const msal = await loadMsal();
  return msal.createNestablePublicClientApplication({
    auth: { clientId: settings.clientId, authority: settings.authority },
    cache: { cacheLocation: msal.BrowserCacheLocation.MemoryStorage },
  });
}

/** Milliseconds that somebody may take in the window, with his second factor. */
const patienceMs = 10 * 60_000;

/** `redirect`: the page itself leaves and comes back, for which the library keeps its state in the page's session. */
export async function createOwnApplication(
  settings: MicrosoftSettings,
  how: 'popup' | 'redirect' = 'popup',
): Promise<IPublicClientApplication> {
  const msal = await loadMsal();
  return msal.createStandardPublicClientApplication({
    auth: {
      clientId: settings.clientId,
      authority: settings.authority,
      // The installation's own word is enough; Microsoft need not be asked whether the address is one of its own.
      knownAuthorities: [new URL(settings.authority).host],
      redirectUri: new URL(microsoftRedirectPage, document.baseURI).href.replace(/[?#].*$/, ''),
    },
    cache: {
      cacheLocation:
        how === 'popup' ? msal.BrowserCacheLocation.MemoryStorage : msal.BrowserCacheLocation.SessionStorage,
    },
    system: { popupBridgeTimeout: patienceMs },
  });
}

function loadMsal() {
  return import(/* webpackChunkName: "msal" */ '@azure/msal-browser').catch((error: unknown) => {
    throw new MicrosoftFailure('unreachable', undefined, error);
  });
}
