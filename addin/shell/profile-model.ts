/** The signed-in user's profile and settings, read once and again when the connection comes back. */
import { changeSettings, getProfile } from '../../shared/api/profile';
import { defaultSettings, type Profile, type Settings } from '../../shared/profile';
import type { ApiClient } from '../api/client';
import { createStore, type ReadableStore } from '../api/store';

export interface ProfileModel {
  /** Undefined until the service has answered. */
  readonly profile: ReadableStore<Profile | undefined>;
  /** The defaults until the service has answered. */
  readonly settings: ReadableStore<Settings>;
  load(): Promise<void>;
  /** Takes over what the service answered to a change of the profile. */
  show(profile: Profile): void;
  /** Shows the change at once and takes it back when the service refuses. @throws ApiError */
  change(change: Partial<Settings>): Promise<void>;
}

export function createProfileModel(client: Pick<ApiClient, 'call'>): ProfileModel {
  const profile = createStore<Profile | undefined>(undefined);
  const settings = createStore<Settings>(defaultSettings);
  const show = (loaded: Profile) => {
    profile.set(loaded);
    settings.set(loaded.settings);
  };
  return {
    profile,
    settings,
    async load() {
      show(await client.call(getProfile, {}));
    },
    show,
    async change(change) {
      const before = settings.get();
      settings.set({ ...before, ...change });
      try {
        settings.set(await client.call(changeSettings, { body: change }));
      } catch (error) {
        settings.set(before);
        throw error;
      }
    },
  };
}
