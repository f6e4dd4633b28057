/** Addresses of whoever is signed in here, his mailbox's first. Pure. */
import type { SessionState } from '../api/session-keeper';

export function ownAddressesOf(state: SessionState): string[] {
  if (state.status !== 'signed-in') return [];
  return [state.user.email, state.microsoftAccount].filter((address) => address !== undefined);
}
