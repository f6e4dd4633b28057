/** A token for our own service, by which it knows who is at the pane: by Outlook itself, a popup, or Office's dialog. */
import type { AccountInfo, AuthenticationResult } from '@azure/msal-browser';
import { askInDialog } from './microsoft-dialog';
import type { CreateApplication, MicrosoftSettings } from './microsoft-application';
import { MicrosoftFailure, microsoftFailureOf } from './microsoft-failure';

export interface MicrosoftSignInSettings extends MicrosoftSettings {
  /** The service's own scope, such as `api://…/access_as_user`. */
  readonly scope: string;
  /** The organisation whose accounts may sign in. */
  readonly tenantId: string;
}

export interface MicrosoftToken {
  readonly accessToken: string;
  /** Name of the account, such as `anna@contoso.com`. */
  readonly accountName: string;
}

export interface MicrosoftAccess {
  /** Whether trying without a question makes sense when the pane opens. */
  readonly knowsUser: boolean;
  /** Fetches what a question needs, so that the browser still ties its window to the user's click. */
  prepare(): void;
  /**
   * A valid token. `interactive`: the user may be asked; only in answer to a click.
   * @throws MicrosoftFailure
   */
  token(how: { readonly interactive: boolean }): Promise<MicrosoftToken>;
}

/** By MSAL in this page. `mailbox` is the open mailbox's address; undefined in a window of its own. */
export function createMicrosoftAccess(
  settings: MicrosoftSignInSettings,
  mailbox: string | undefined,
  create: CreateApplication,
): MicrosoftAccess {
  const scopes = [settings.scope];
  let signedIn: AccountInfo | undefined;

  const accept = (result: AuthenticationResult): MicrosoftToken => {
    if (result.tenantId !== settings.tenantId) throw new MicrosoftFailure('wrong-account');
    signedIn = result.account;
    return { accessToken: result.accessToken, accountName: result.account.username };
  };
  return {
    knowsUser: mailbox !== undefined,
    prepare: () => void create(settings).catch(() => undefined),
    async token({ interactive }) {
      try {
        const app = await create(settings);
        const account =
          signedIn ?? app.getAllAccounts().find(({ username }) => username.toLowerCase() === mailbox?.toLowerCase());
        // Outlook knows its user without an account being named; a page of our own knows nobody before the first time.
        if (!interactive || account !== undefined) {
          if (account === undefined && mailbox === undefined) throw new MicrosoftFailure('sign-in-needed');
          try {
            return accept(await app.acquireTokenSilent({ scopes, ...(account && { account }) }));
          } catch (error) {
            if (!interactive) throw error;
          }
        }
        return accept(
          await app.acquireTokenPopup({
            scopes,
            // Whoever has closed the window begins again; nobody tells this page that it was closed.
            overrideInteractionInProgress: true,
            ...(mailbox === undefined ? { prompt: 'select_account' } : { loginHint: mailbox }),
          }),
        );
      } catch (error) {
        throw microsoftFailureOf(error);
      }
    },
  };
}

/** In an Outlook that does not sign people in for add-ins: by Office's dialog, each time anew. */
export function createDialogAccess(settings: MicrosoftSignInSettings): MicrosoftAccess {
  return {
    knowsUser: false,
    prepare: () => undefined,
    async token({ interactive }) {
      if (!interactive) throw new MicrosoftFailure('sign-in-needed');
      const answer = await askInDialog();
      if (answer.tenantId !== settings.tenantId) throw new MicrosoftFailure('wrong-account');
      return answer;
    },
  };
}
