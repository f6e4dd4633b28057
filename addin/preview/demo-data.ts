/** What the preview shows comes from the demo itself: mails of people who are in the demo mailbox, colleagues with a telephone. */
import * as z from 'zod/mini';
import { getInstallation } from '../../shared/api/installation';
import type { PreviewPerson } from './items';
import type { MailboxToken } from './preview-host';

const tokenSchema = z.object({
  accessToken: z.string(),
  expiresIn: z.number(),
  account: z.object({
    username: z.string(),
    homeAccountId: z.string(),
    localAccountId: z.string(),
    tenantId: z.string(),
    environment: z.string(),
  }),
});

/** A token of the demo mailbox: the preview plays Microsoft's sign-in, which Outlook does for its add-ins. */
export async function fetchMailboxToken(scope: string): Promise<MailboxToken> {
  const response = await fetch('/demo/mailbox-token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ scope }),
  });
  if (!response.ok) throw new Error(`The demo mailbox gave no token (${response.status}).`);
  return tokenSchema.parse(await response.json());
}

const contactsSchema = z.object({
  value: z.array(
    z.object({
      displayName: z.nullish(z.string()),
      emailAddresses: z.optional(z.array(z.object({ address: z.nullish(z.string()) }))),
    }),
  ),
});

/** People of the demo mailbox who have a name and an address; empty when it cannot be read. */
export async function fetchMailboxPeople(token: MailboxToken): Promise<PreviewPerson[]> {
  try {
    const installation = getInstallation.response.parse(await (await fetch('/api/v1/installation')).json());
    if (!installation.microsoft) return [];
    const query = '$top=40&$select=displayName,emailAddresses';
    const response = await fetch(`${installation.microsoft.graphBaseUrl}/me/contacts?${query}`, {
      headers: { authorization: `Bearer ${token.accessToken}`, prefer: 'IdType="ImmutableId"' },
    });
    const contacts = contactsSchema.parse(await response.json()).value;
    return contacts.flatMap(({ displayName, emailAddresses }) => {
      const email = emailAddresses?.find(({ address }) => address?.includes('@'))?.address;
      return displayName && email ? [{ name: displayName, email }] : [];
    });
  } catch {
    // Without the mailbox the preview shows the mails of colleagues.
    return [];
  }
}
