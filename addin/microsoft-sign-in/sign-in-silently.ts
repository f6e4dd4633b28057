/** Signing in with Microsoft where nobody can be asked: by a ribbon function, which has no page of its own. */
import { getInstallation } from '../../shared/api/installation';
import type { ApiClient } from '../api/client';
import { errorCodeOf } from '../api/api-error';
import type { SessionKeeper } from '../api/session-keeper';
import type { OutlookHost } from '../outlook/host';
import { MicrosoftFailure, type MicrosoftFailureReason } from '../outlook/microsoft-failure';
import { microsoftWayOf } from './microsoft-way';

/**
 * How it went. `no-way`: here nobody signs in with Microsoft without being asked. `unknown-account`: the account is
 * nobody's yet.
 */
export type SilentSignIn = 'signed-in' | 'no-way' | 'unknown-account' | MicrosoftFailureReason;

/** @throws ApiError where the service refuses or is away */
export async function signInSilently(deps: {
  readonly host: Pick<OutlookHost, 'ready' | 'microsoftAccess'>;
  readonly session: Pick<SessionKeeper, 'signInWithMicrosoft'>;
  readonly client: Pick<ApiClient, 'call'>;
}): Promise<SilentSignIn> {
  await deps.host.ready;
  const way = microsoftWayOf(deps.host, await deps.client.call(getInstallation, {}));
  if (way === undefined || !way.access.knowsUser) return 'no-way';
  try {
    await deps.session.signInWithMicrosoft(async () => (await way.access.token({ interactive: false })).accessToken);
    return 'signed-in';
  } catch (error) {
    if (error instanceof MicrosoftFailure) return error.reason;
    if (errorCodeOf(error) === 'microsoft-account-unknown') return 'unknown-account';
    throw error;
  }
}
