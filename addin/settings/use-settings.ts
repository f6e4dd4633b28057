/** The user's settings, and the version of the installation. */
import { useEffect, useState } from 'react';
import { getInstallation } from '../../shared/api/installation';
import type { Profile, Settings } from '../../shared/profile';
import { useServices } from '../shell/services';
import { useStore } from '../shell/use-store';

export interface SettingsModel {
  readonly settings: Settings;
  readonly profile: Profile | undefined;
  /** Shows at once; a refusal is in {@link error} and what was chosen is taken back. */
  readonly change: (change: Partial<Settings>) => void;
  readonly error: unknown;
  /** Undefined until the service has answered. */
  readonly version: string | undefined;
  readonly signOut: () => void;
}

export function useSettings(): SettingsModel {
  const { client, profile, session } = useServices();
  const [error, setError] = useState<unknown>();
  const [version, setVersion] = useState<string>();
  useEffect(() => {
    const gone = new AbortController();
    client
      .call(getInstallation, {}, { signal: gone.signal })
      .then((installation) => setVersion(installation.version))
      .catch(() => {
        // Without an answer the version is simply not shown; the connection state says the rest.
      });
    return () => gone.abort();
  }, [client]);
  return {
    settings: useStore(profile.settings),
    profile: useStore(profile.profile),
    error,
    version,
    change(change) {
      setError(undefined);
      profile.change(change).catch(setError);
    },
    signOut: () => void session.signOut(),
  };
}
