/** The user's settings. */
import { useState } from 'react';
import type { Profile, Settings } from '../../shared/profile';
import { useServices } from '../shell/services';
import { useStore } from '../shell/use-store';

export interface SettingsModel {
  readonly settings: Settings;
  readonly profile: Profile | undefined;
  /** Shows at once; a refusal is in {@link error} and what was chosen is taken back. */
  readonly change: (change: Partial<Settings>) => void;
  readonly error: unknown;
  readonly signOut: () => void;
}

export function useSettings(): SettingsModel {
  const { profile, session } = useServices();
  const [error, setError] = useState<unknown>();
  return {
    settings: useStore(profile.settings),
    profile: useStore(profile.profile),
    error,
    change(change) {
      setError(undefined);
      profile.change(change).catch(setError);
    },
    signOut: () => void session.signOut(),
  };
}
