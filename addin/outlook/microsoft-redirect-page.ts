/**
 * The page that Entra ID sends its answer to. In a popup it hands the answer to the page that opened it. In Office's dialog
 * it leads to the sign-in and, when that comes back, gives the token to the pane.
 */
import type { AuthenticationResult } from '@azure/msal-browser';
import { createOwnApplication } from './microsoft-application';
import type { MicrosoftSettings } from './microsoft-application';
import { dialogHash } from './microsoft-dialog';
import type { DialogAnswer } from './microsoft-dialog';
import { waitForOffice } from './office-ready';

/** Remembered in the dialog's own session while the sign-in is elsewhere. */
const dialogMark = 'mycontacts.sign-in-dialog';

export async function runMicrosoftRedirectPage(
  settings: () => Promise<MicrosoftSettings & { readonly scope: string }>,
): Promise<void> {
  if (location.hash === dialogHash) sessionStorage.setItem(dialogMark, 'yes');
  if (sessionStorage.getItem(dialogMark) === null) {
    const bridge = await import(/* webpackChunkName: "msal-bridge" */ '@azure/msal-browser/redirect-bridge');
    await bridge.broadcastResponseToMainFrame();
    return;
  }
  const office = waitForOffice(window);
  const answer = await signInHere(settings).catch((error: unknown): DialogAnswer => failureOf(error));
  if (answer === undefined) return;
  // The library had to keep its state here while the page was away; nothing of it stays.
  sessionStorage.clear();
  await office;
  Office.context.ui.messageParent(JSON.stringify(answer));
}

/** Undefined when the page leaves for the sign-in. */
async function signInHere(
  settings: () => Promise<MicrosoftSettings & { readonly scope: string }>,
): Promise<DialogAnswer | undefined> {
  const { scope, ...registration } = await settings();
  const app = await createOwnApplication(registration, 'redirect');
  const result: AuthenticationResult | null = await app.handleRedirectPromise();
  if (result === null) {
    await app.acquireTokenRedirect({ scopes: [scope], prompt: 'select_account' });
    return undefined;
  }
  const { accessToken, account, tenantId } = result;
  return { accessToken, accountName: account.username, tenantId };
}

function failureOf(error: unknown): DialogAnswer {
  const text = (key: string): string => {
    const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
    return typeof value === 'string' ? value : '';
  };
  return { errorCode: text('errorCode'), subError: text('subError'), errorMessage: text('errorMessage') };
}
