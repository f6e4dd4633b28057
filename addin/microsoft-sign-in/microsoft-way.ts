/** How people sign in with Microsoft in this host, by what the installation says of itself. */
import type * as z from 'zod/mini';
import type { getInstallation } from '../../shared/api/installation';
import type { MicrosoftAccess, MicrosoftSignInSettings, OutlookHost } from '../outlook/host';

export interface MicrosoftWay {
  readonly settings: MicrosoftSignInSettings;
  readonly access: MicrosoftAccess;
}

/** Undefined where installation or host have no way. Ask after `host.ready`. */
export function microsoftWayOf(
  host: Pick<OutlookHost, 'microsoftAccess'>,
  { microsoft }: z.infer<(typeof getInstallation)['response']>,
): MicrosoftWay | undefined {
  if (microsoft?.signIn === undefined) return undefined;
  const settings = { clientId: microsoft.clientId, authority: microsoft.authority, ...microsoft.signIn };
  const access = host.microsoftAccess(settings);
  return access && { settings, access };
}
