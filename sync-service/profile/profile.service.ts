/** The signed-in user's profile and settings. */
import { ServiceError } from '../../shared/errors';
import type { Profile, Settings } from '../../shared/profile';

/** Where profiles are kept; the people of the installation stand behind it. */
export interface ProfileSource {
  /** Undefined when there is no such user (any more). */
  profileOf(userId: string): Promise<Profile | undefined>;
  saveSettings(userId: string, settings: Settings): Promise<void>;
}

/** Some of the settings; what is absent or undefined stays. */
export type SettingsChange = { readonly [Name in keyof Settings]?: Settings[Name] | undefined };

export interface ProfileService {
  /** Errors: `not-found` when the user was removed a moment ago. */
  profileOf(userId: string): Promise<Profile>;
  /** Returns all settings as they are afterwards. */
  changeSettings(userId: string, change: SettingsChange): Promise<Settings>;
}

export function createProfileService({ source }: { readonly source: ProfileSource }): ProfileService {
  async function profileOf(userId: string): Promise<Profile> {
    const profile = await source.profileOf(userId);
    if (profile === undefined) throw new ServiceError('not-found', 'This user is not there any more.');
    return profile;
  }

  return {
    profileOf,
    async changeSettings(userId, change) {
      const { settings } = await profileOf(userId);
      const changed: Settings = {
        language: change.language ?? settings.language,
        skin: change.skin ?? settings.skin,
        syncIntervalMinutes: change.syncIntervalMinutes ?? settings.syncIntervalMinutes,
        updateAnswer: change.updateAnswer === undefined ? settings.updateAnswer : change.updateAnswer,
        skipContactsWithoutNumber: change.skipContactsWithoutNumber ?? settings.skipContactsWithoutNumber,
        importPictures: change.importPictures ?? settings.importPictures,
      };
      await source.saveSettings(userId, changed);
      return changed;
    },
  };
}
