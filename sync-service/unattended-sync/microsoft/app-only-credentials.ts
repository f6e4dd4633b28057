/**
 * With the application's own rights (client credentials, RFC 6749 §4.4): the application permission `Contacts.Read`,
 * which the administrator limits to some mailboxes by role based access control for applications in Exchange.
 */
import type { MailboxCredentials } from '../mailbox-credentials';
import { judgeRefusal } from './judge-refusal';
import { graphResource } from './microsoft-application';
import type { ClientFactory, MicrosoftApplicationSettings } from './microsoft-application';

export function createAppOnlyCredentials(
  { graphBaseUrl }: Pick<MicrosoftApplicationSettings, 'graphBaseUrl'>,
  newClient: ClientFactory,
): MailboxCredentials {
  const client = newClient();
  const scopes = [`${graphResource(graphBaseUrl)}/.default`];
  let asking: Promise<string> | undefined;
  let given: string | undefined;

  const ask = async (skipCache: boolean): Promise<string> => {
    try {
      const result = await client.acquireTokenByClientCredential({ scopes, skipCache });
      return result?.accessToken ?? '';
    } catch (error) {
      throw judgeRefusal(error);
    } finally {
      asking = undefined;
    }
  };
  return {
    // One token serves all mailboxes; those that ask at the same moment wait for the same answer.
    tokenFor: () => async (_signal, refused) => {
      asking ??= ask(refused !== undefined && refused === given);
      given = await asking;
      return given;
    },
  };
}
