/**
 * With the rights of the mailbox's owner: he signs in once on Microsoft's page, and the library's token cache of that
 * sign-in (refresh token, and the access token while it lasts) is the secret that is kept. Whatever the library changes
 * in it, such as a rotated refresh token, is kept before the token is used.
 */
import { createHash } from 'node:crypto';
import type { ICachePlugin } from '@azure/msal-node';
import { calendarScopes } from '../../../shared/mailbox/graph-calendar';
import type { MailboxAccess, MailboxCredentials, MailboxUse } from '../mailbox-credentials';
import { CredentialError } from '../mailbox-credentials';
import type { OwnerSignIn } from '../owner-sign-in';
import { judgeRefusal } from './judge-refusal';
import { graphResource } from './microsoft-application';
import type { ClientFactory, MicrosoftApplicationSettings } from './microsoft-application';

/** Read only: nothing in the mailbox can be changed with it. `offline_access` is added by the library. */
function scopesOf(
  { graphBaseUrl }: Pick<MicrosoftApplicationSettings, 'graphBaseUrl'>,
  use: MailboxUse = 'contacts',
): string[] {
  // The owner agrees to the calendar's rights in his pane, when he turns presence from the calendar on.
  const rights = use === 'contacts' ? ['Contacts.Read'] : calendarScopes;
  return rights.map((right) => `${graphResource(graphBaseUrl)}/${right}`);
}

export function createDelegatedCredentials(
  settings: Pick<MicrosoftApplicationSettings, 'graphBaseUrl'>,
  newClient: ClientFactory,
): MailboxCredentials {
  return {
    tokenFor(access, use) {
      const scopes = scopesOf(settings, use);
      const client = newClient(cacheOf(access));
      return async (_signal, refused) => {
        try {
          const [account] = await client.getTokenCache().getAllAccounts();
          if (account === undefined) throw new CredentialError('sign-in-needed', 'The sign-in left no account.');
          const forceRefresh = refused !== undefined;
          return (await client.acquireTokenSilent({ account, scopes, forceRefresh })).accessToken;
        } catch (error) {
          throw judgeRefusal(error);
        }
      };
    },
  };
}

/** The secret as the library's cache. */
function cacheOf(access: MailboxAccess): ICachePlugin {
  let secret = access.secret;
  return {
    beforeCacheAccess: (context) => {
      if (secret !== undefined) context.tokenCache.deserialize(secret);
      return Promise.resolve();
    },
    async afterCacheAccess(context) {
      if (!context.cacheHasChanged) return;
      secret = context.tokenCache.serialize();
      await access.saveSecret(secret);
    },
  };
}

export function createMicrosoftSignIn(settings: MicrosoftApplicationSettings, newClient: ClientFactory): OwnerSignIn {
  const scopes = scopesOf(settings);
  const { redirectUri } = settings;
  return {
    pageUrl: ({ state, verifier, address }) =>
      newClient().getAuthCodeUrl({
        scopes,
        redirectUri,
        state,
        codeChallenge: createHash('sha256').update(verifier).digest('base64url'),
        codeChallengeMethod: 'S256',
        loginHint: address,
        responseMode: 'query',
      }),
    async redeem({ code, verifier }) {
      const client = newClient();
      try {
        const { account, idTokenClaims } = await client.acquireTokenByCode({
          code,
          codeVerifier: verifier,
          scopes,
          redirectUri,
        });
        const claims = new Map(Object.entries(idTokenClaims));
        const names = [account?.username, claims.get('preferred_username'), claims.get('email'), claims.get('upn')];
        return {
          secret: client.getTokenCache().serialize(),
          addresses: names.flatMap((name) => (typeof name === 'string' ? [name.toLowerCase()] : [])),
        };
      } catch (error) {
        throw judgeRefusal(error);
      }
    },
  };
}
