/** The signed-in user's profile and settings. */
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { ServiceError } from '../../shared/errors';
import { ownPicture, settingsSchema } from '../../shared/profile';
import type { Profile, Settings } from '../../shared/profile';

/** Where profiles are kept; the people of the installation stand behind it. */
export interface ProfileSource {
  /** Undefined when there is no such user (any more). */
  profileOf(userId: string): Promise<Profile | undefined>;
  saveSettings(userId: string, settings: Settings): Promise<void>;
  /** @throws ServiceError `number-not-dialable`, `already-exists`, `not-found`. */
  saveDetails(userId: string, details: DetailsChange): Promise<void>;
  savePicture(userId: string, hash: string, bytes: Uint8Array): Promise<void>;
  removePicture(userId: string): Promise<void>;
  /** @throws ServiceError `device-unknown`, `not-found`. */
  choosePhone(userId: string, deviceId: string): Promise<void>;
}

/** Absent or undefined stays, null or an empty text clears. Numbers as typed. */
export interface DetailsChange {
  readonly mobileNumber?: string | null | undefined;
  readonly externalNumber?: string | null | undefined;
  readonly email?: string | null | undefined;
}

/** Some of the settings; what is absent or undefined stays. */
export type SettingsChange = { readonly [Name in keyof Settings]?: Settings[Name] | undefined };

export interface ProfileService {
  /** Errors: `not-found` when the user was removed a moment ago. */
  profileOf(userId: string): Promise<Profile>;
  /** Returns all settings as they are afterwards. @throws ServiceError `dial-mode-refused`, `not-found`. */
  changeSettings(userId: string, change: SettingsChange): Promise<Settings>;
  /** @returns the profile as it is afterwards. @throws ServiceError `number-not-dialable`, `already-exists`, `not-found`. */
  changeDetails(userId: string, change: DetailsChange): Promise<Profile>;
  /** Keeps the picture: checked, upright, scaled, bare of metadata. @throws ServiceError `picture-refused`, `rate-limited`. */
  putPicture(userId: string, bytes: Uint8Array): Promise<{ picture: string }>;
  deletePicture(userId: string): Promise<void>;
  /** @returns the profile as it is afterwards. @throws ServiceError `device-unknown`. */
  choosePhone(userId: string, deviceId: string): Promise<Profile>;
}

export interface ProfileServiceDeps {
  readonly source: ProfileSource;
  readonly scaler: {
    /** @throws ServiceError `picture-refused`, `rate-limited`. */
    scale(
      bytes: Uint8Array,
      demands: { readonly formats: readonly ('jpeg' | 'png')[]; readonly minSide: number },
    ): Promise<Uint8Array>;
  };
  /** Others who build on numbers and telephones of a user hear that they may have changed. */
  readonly changed: (userId: string) => Promise<void>;
}

const dialModeRefused = (): ServiceError =>
  new ServiceError(
    'dial-mode-refused',
    'Your calls cannot begin at your mobile. Ask the administrator to make you a mobility user.',
    { details: [{ field: 'body.dialMode', reason: 'no-mobility-user' }] },
  );

export function createProfileService({ source, scaler, changed }: ProfileServiceDeps): ProfileService {
  async function profileOf(userId: string): Promise<Profile> {
    const profile = await source.profileOf(userId);
    if (profile === undefined) throw new ServiceError('not-found', 'This user is not there any more.');
    return profile;
  }

  return {
    profileOf,
    async changeSettings(userId, change) {
      const { settings, mayCallBack } = await profileOf(userId);
      if (change.dialMode === 'call-back' && settings.dialMode !== 'call-back' && !mayCallBack) throw dialModeRefused();
      const named = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const newSettings = z.parse(settingsSchema, { ...settings, ...named });
      await source.saveSettings(userId, newSettings);
      return newSettings;
    },
    async changeDetails(userId, change) {
      await source.saveDetails(userId, change);
      await changed(userId);
      return profileOf(userId);
    },
    async putPicture(userId, bytes) {
      const scaled = await scaler.scale(bytes, { formats: ['jpeg', 'png'], minSide: ownPicture.minSide });
      const picture = createHash('sha256').update(scaled).digest('base64url');
      await source.savePicture(userId, picture, scaled);
      return { picture };
    },
    deletePicture: (userId) => source.removePicture(userId),
    async choosePhone(userId, deviceId) {
      await source.choosePhone(userId, deviceId);
      await changed(userId);
      return profileOf(userId);
    },
  };
}
