/**
 * A token for the contacts of the open mailbox, by nested app authentication: Outlook itself signs the user in, the pane
 * never sees a password. The token lives in memory only.
 */
import type { AccountInfo, IPublicClientApplication } from '@azure/msal-browser';
import { sourceErrorOf } from './mailbox-access-errors';
import type { CreateApplication, MicrosoftSettings } from './microsoft-application';

export interface MailboxAccess {
  /**
   * A valid access token for reading contacts.
   * @param how `interactive`: Outlook may ask the user. Without it a token that needs a question is refused, so that a
   *   scheduled sync never opens a window.
   *   `refused`: a token that the mailbox did not take; a new one is fetched in its place.
   * @throws SourceError with `sign-in-needed`, `consent-needed`, `forbidden` or `unreachable`.
   */
  token(signal: AbortSignal, how?: { readonly interactive?: boolean; readonly refused?: string }): Promise<string>;
}

/** The one right that is asked for. */
export const mailboxScopes = ['Contacts.Read'];

/** Milliseconds before its end at which a token is not used any more. */
const renewBeforeMs = 5 * 60_000;

/** Access to the mailbox of `address`, which Outlook has open. */
export function createMailboxAccess(
  settings: MicrosoftSettings,
  address: string,
  create: CreateApplication,
): MailboxAccess {
  let application: Promise<IPublicClientApplication> | undefined;
  let kept: { readonly token: string; readonly until: number } | undefined;

  const get = async (interactive: boolean, forceRefresh: boolean): Promise<string> => {
    application ??= create(settings);
    try {
      const app = await application;
      const account = accountOf(app, address);
      const request = { scopes: mailboxScopes, ...(account ? { account } : {}) };
      const result = await app.acquireTokenSilent({ ...request, forceRefresh }).catch((error: unknown) => {
        const told = sourceErrorOf(error);
        if (!interactive || (told.reason !== 'sign-in-needed' && told.reason !== 'consent-needed')) throw told;
        return app.acquireTokenPopup({ ...request, loginHint: address });
      });
      kept = { token: result.accessToken, until: (result.expiresOn?.getTime() ?? 0) - renewBeforeMs };
      return result.accessToken;
    } catch (error) {
      // A bridge that failed to come up is asked anew next time.
      application = undefined;
      throw sourceErrorOf(error);
    }
  };

  return {
    async token(signal, how = {}) {
      signal.throwIfAborted();
      const refused = kept !== undefined && kept.token === how.refused;
      if (kept !== undefined && !refused && kept.until > Date.now()) return kept.token;
      return abortable(get(how.interactive ?? false, refused), signal);
    },
  };
}

/** The account of the open mailbox, never another one that happens to be signed in. */
function accountOf(app: IPublicClientApplication, address: string): AccountInfo | undefined {
  const mine = address.toLowerCase();
  const active = app.getActiveAccount();
  if (active?.username.toLowerCase() === mine) return active;
  return app.getAllAccounts().find((account) => account.username.toLowerCase() === mine);
}

function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason instanceof Error ? signal.reason : new Error('Aborted'));
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
