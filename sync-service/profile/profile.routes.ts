/** Routes of `shared/api/profile.ts`; the change of the password belongs to the sessions that it ends. */
import {
  changeProfile,
  changeSettings,
  choosePhone,
  deleteOwnPicture,
  getProfile,
  putOwnPicture,
} from '../../shared/api/profile';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import type { ProfileService } from './profile.service';

export function profileRoutes(service: ProfileService): BoundRoute[] {
  return [
    bind(getProfile, (_input, { caller }) => service.profileOf(caller.user.id)),
    bind(changeProfile, ({ body }, { caller }) => service.changeDetails(caller.user.id, body)),
    bind(putOwnPicture, ({ body }, { caller }) => service.putPicture(caller.user.id, body)),
    bind(deleteOwnPicture, async (_input, { caller }) => {
      await service.deletePicture(caller.user.id);
      return undefined;
    }),
    bind(choosePhone, ({ body }, { caller }) => service.choosePhone(caller.user.id, body.deviceId)),
    bind(changeSettings, ({ body }, { caller }) => service.changeSettings(caller.user.id, body)),
  ];
}
