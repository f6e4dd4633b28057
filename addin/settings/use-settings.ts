/** The user's settings. */
import { useState } from 'react';
import { choosePhone } from '../../shared/api/profile';
import type { Profile, Settings } from '../../shared/profile';
import { useServices } from '../shell/services';
import { useStore } from '../shell/use-store';

export interface SettingsModel {
  readonly settings: Settings;
  readonly profile: Profile | undefined;
  /** Shows at once; a refusal is in {@link error} and what was chosen is taken back. */
  readonly change: (change: Partial<Settings>) => void;
  /** Makes one of the own telephones "my phone". */
  readonly choosePhone: (deviceId: string) => void;
  readonly error: unknown;
  readonly signOut: () => void;
}

export function useSettings(): SettingsModel {
  const { client, profile, session } = useServices();
  const [error, setError] = useState<unknown>();
  return {
    settings: useStore(profile.settings),
    profile: useStore(profile.profile),
    error,
    change(change) {
      setError(undefined);
      profile.change(change).catch(setError);
    },
    choosePhone(deviceId) {
      setError(undefined);
      client.call(choosePhone, { body: { deviceId } }).then((changed) => profile.show(changed), setError);
    },
    signOut: () => void session.signOut(),
  };
}
