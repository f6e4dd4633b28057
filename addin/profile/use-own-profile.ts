/** The own profile as it is written: numbers, address and picture, sent to the service and shown at once everywhere. */
import { changeProfile, deleteOwnPicture, putOwnPicture } from '../../shared/api/profile';
import type { Profile } from '../../shared/profile';
import { useServices } from '../shell/services';
import { useStore } from '../shell/use-store';

/** What is written in the form; empty clears. */
export interface WrittenDetails {
  readonly mobileNumber: string;
  readonly externalNumber: string;
  readonly email: string;
}

/** What the form begins with. */
export function writtenOf({ details }: Profile): WrittenDetails {
  return {
    mobileNumber: details.mobileNumber ?? '',
    externalNumber: details.externalNumber ?? '',
    email: details.email ?? '',
  };
}

export interface OwnProfileModel {
  /** Undefined until the service has answered. */
  readonly profile: Profile | undefined;
  /** @returns them as they are kept. @throws ApiError */
  readonly save: (details: WrittenDetails) => Promise<WrittenDetails>;
  /** @throws ApiError; an abort by the signal. */
  readonly putPicture: (file: Blob, signal: AbortSignal) => Promise<void>;
  /** @throws ApiError */
  readonly deletePicture: () => Promise<void>;
}

export function useOwnProfile(): OwnProfileModel {
  const { client, profile: model } = useServices();
  const profile = useStore(model.profile);
  return {
    profile,
    async save(body) {
      const saved = await client.call(changeProfile, { body });
      model.show(saved);
      return writtenOf(saved);
    },
    async putPicture(file, signal) {
      // What the file is, is found out from its bytes: its name and type are not believed.
      const bytes = new Blob([file], { type: 'application/octet-stream' });
      const { picture } = await client.call(putOwnPicture, { file: bytes }, { signal, timeoutMs: 60_000 });
      const now = model.profile.get();
      if (now) model.show({ ...now, user: { ...now.user, picture } });
    },
    async deletePicture() {
      await client.call(deleteOwnPicture, {});
      const now = model.profile.get();
      if (!now) return;
      const user = { ...now.user };
      delete user.picture;
      model.show({ ...now, user });
    },
  };
}
