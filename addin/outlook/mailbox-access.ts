/**
 * A token for the contacts of the open mailbox, by nested app authentication: Outlook itself signs the user in, the pane
 * never sees a password; or, in a window of its own, by a popup of Microsoft. The token lives in memory only.
 */
import type { AccountInfo, AuthenticationResult, IPublicClientApplication } from '@azure/msal-browser';
import { SourceError } from '../../shared/mailbox/contact-source';
import { sourceErrorOf } from './mailbox-access-errors';
import type { CreateApplication, MicrosoftSettings } from './microsoft-application';
import { MicrosoftFailure, microsoftFailureOf } from './microsoft-failure';

export interface MailboxAccess {
  /**
   * A valid access token for reading contacts.
   * @param how `interactive`: the user may be asked. Without it a token that needs a question is refused, so that a
   *   scheduled sync never opens a window.
   *   `refused`: a token that the mailbox did not take; a new one is fetched in its place.
   * @throws SourceError with `sign-in-needed`, `consent-needed`, `forbidden` or `unreachable`; in a window of its own also
   *   MicrosoftFailure with `wrong-account` or `popup-blocked`.
   */
  token(signal: AbortSignal, how?: { readonly interactive?: boolean; readonly refused?: string }): Promise<string>;
  /** The user has to sign in to the mailbox by a click before it can be read: nothing is tried without him. */
  asksFirst(): boolean;
}

/** The one right that is asked for to read contacts. */
export const mailboxScopes = ['Contacts.Read'];

/** Milliseconds before its end at which a token is not used any more. */
const renewBeforeMs = 5 * 60_000;

/** Access to the mailbox of `address`, which Outlook has open. */
export function createMailboxAccess(
  settings: MicrosoftSettings,
  address: string,
  create: CreateApplication,
  scopes: readonly string[] = mailboxScopes,
): MailboxAccess {
  const token = keepingToken(settings, create, async (app, interactive, forceRefresh) => {
    const account = accountOf(app, address);
    const request = { scopes: [...scopes], ...(account ? { account } : {}) };
    return app.acquireTokenSilent({ ...request, forceRefresh }).catch((error: unknown) => {
      if (!interactive || !helpsToAsk(error)) throw error;
      return app.acquireTokenPopup({ ...request, loginHint: address });
    });
  });
  return { token, asksFirst: () => false };
}

/**
 * Access to the user's own mailbox from a window of its own, where no Outlook is around the page: by a popup of Microsoft.
 * @param addresses The user's own addresses, the mailbox's first; at least one. An account of another name is refused.
 */
export function createOwnMailboxAccess(
  settings: MicrosoftSettings,
  addresses: readonly string[],
  create: CreateApplication,
  scopes: readonly string[] = mailboxScopes,
): MailboxAccess {
  const own = new Set(addresses.map((address) => address.toLowerCase()));
  const isOwn = ({ username, idTokenClaims }: AccountInfo) => {
    const email = idTokenClaims?.['email'];
    return own.has(username.toLowerCase()) || (typeof email === 'string' && own.has(email.toLowerCase()));
  };
  let known = false;
  const token = keepingToken(settings, create, async (app, interactive, forceRefresh) => {
    const ask = async () => {
      try {
        return await app.acquireTokenPopup({
          scopes: [...scopes],
          // Whoever has closed the window begins again; nobody tells this page that it was closed.
          overrideInteractionInProgress: true,
          ...(addresses[0] !== undefined && { loginHint: addresses[0] }),
        });
      } catch (error) {
        const failure = microsoftFailureOf(error);
        throw failure.reason === 'popup-blocked' || failure.reason === 'wrong-account' ? failure : error;
      }
    };
    const account = app.getAllAccounts().find(isOwn);
    if (account === undefined && !interactive) {
      throw new SourceError('sign-in-needed', 'Nobody has signed in to the mailbox in this window yet.');
    }
    const result =
      account === undefined
        ? await ask()
        : await app.acquireTokenSilent({ scopes: [...scopes], account, forceRefresh }).catch((error: unknown) => {
            if (!interactive || !helpsToAsk(error)) throw error;
            return ask();
          });
    if (!isOwn(result.account)) throw new MicrosoftFailure('wrong-account');
    known = true;
    return result;
  });
  return { token, asksFirst: () => !known };
}

/** Asking the user may bring what could not be had without him. */
function helpsToAsk(error: unknown): boolean {
  const { reason } = sourceErrorOf(error);
  return reason === 'sign-in-needed' || reason === 'consent-needed';
}

type Acquire = (
  app: IPublicClientApplication,
  interactive: boolean,
  forceRefresh: boolean,
) => Promise<AuthenticationResult>;

/** Keeps the token as long as it is good, and tells failures as those of a source. */
function keepingToken(
  settings: MicrosoftSettings,
  create: CreateApplication,
  acquire: Acquire,
): MailboxAccess['token'] {
  let application: Promise<IPublicClientApplication> | undefined;
  let kept: { readonly token: string; readonly until: number } | undefined;

  const get = async (interactive: boolean, forceRefresh: boolean): Promise<string> => {
    application ??= create(settings);
    try {
      const result = await acquire(await application, interactive, forceRefresh);
      kept = { token: result.accessToken, until: (result.expiresOn?.getTime() ?? 0) - renewBeforeMs };
      return result.accessToken;
    } catch (error) {
      // A bridge that failed to come up is asked anew next time.
      application = undefined;
      const { reason } = error instanceof MicrosoftFailure ? error : { reason: undefined };
      throw reason === 'wrong-account' || reason === 'popup-blocked' ? error : sourceErrorOf(error);
    }
  };

  return async (signal, how = {}) => {
    signal.throwIfAborted();
    const refused = kept !== undefined && kept.token === how.refused;
    if (kept !== undefined && !refused && kept.until > Date.now()) return kept.token;
    return abortable(get(how.interactive ?? false, refused), signal);
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
