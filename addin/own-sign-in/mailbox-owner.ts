/** Whether the mailbox that is open belongs to whoever is signed in here. Pure. */
import type { SessionState } from '../api/session-keeper';

export type MailboxOwner =
  /** No mailbox is open, or no address of the user is known to compare it with. */
  | { readonly is: 'unknown' }
  | { readonly is: 'user' }
  /** The mailbox is somebody else's. `signedInAs` is an address of whoever is signed in. */
  | { readonly is: 'somebody-else'; readonly mailbox: string; readonly signedInAs: string };

/**
 * Addresses are compared without regard to case. A user whose own address is the mailbox's is its owner, whatever the
 * account is called that he signed in with: names of accounts need not be addresses of mailboxes.
 */
export function mailboxOwnerOf(mailbox: string | undefined, session: SessionState): MailboxOwner {
  if (mailbox === undefined || session.status !== 'signed-in') return { is: 'unknown' };
  const own = [session.microsoftAccount, session.user.email].filter((address) => address !== undefined);
  const [signedInAs] = own;
  if (signedInAs === undefined) return { is: 'unknown' };
  if (own.some((address) => address.toLowerCase() === mailbox.toLowerCase())) return { is: 'user' };
  return { is: 'somebody-else', mailbox, signedInAs };
}
