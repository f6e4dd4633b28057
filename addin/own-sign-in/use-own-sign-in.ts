/** How the user can sign in, and the end of signing in with Microsoft. */
import { useEffect, useState } from 'react';
import { getSignInWays, unlinkMicrosoftAccounts, type SignInWays } from '../../shared/api/microsoft-sign-in';
import { useServices } from '../shell/services';
import { useReloads } from '../shell/use-reloads';

export interface OwnSignInModel {
  /** Undefined until the service has answered. */
  readonly ways: SignInWays | undefined;
  /** Why they could not be read or changed. */
  readonly error: unknown;
  readonly unlinked: boolean;
  readonly unlink: () => Promise<void>;
}

export function useOwnSignIn(): OwnSignInModel {
  const { client } = useServices();
  const reloads = useReloads();
  const [ways, setWays] = useState<SignInWays>();
  const [error, setError] = useState<unknown>();
  const [unlinked, setUnlinked] = useState(false);
  useEffect(() => {
    const gone = new AbortController();
    client.call(getSignInWays, {}, { signal: gone.signal }).then(
      (read) => {
        setWays(read);
        setError(undefined);
      },
      (failure: unknown) => {
        if (!gone.signal.aborted) setError(failure);
      },
    );
    return () => gone.abort();
  }, [client, reloads]);
  return {
    ways,
    error,
    unlinked,
    async unlink() {
      setError(undefined);
      try {
        await client.call(unlinkMicrosoftAccounts, {});
        setWays((before) => before && { ...before, microsoftAccounts: [] });
        setUnlinked(true);
      } catch (failure) {
        setError(failure);
      }
    },
  };
}
