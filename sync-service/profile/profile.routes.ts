/** Routes of `shared/api/profile.ts`; the change of the password belongs to the sessions that it ends. */
import { changeSettings, getProfile } from '../../shared/api/profile';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import type { ProfileService } from './profile.service';

export function profileRoutes(service: ProfileService): BoundRoute[] {
  return [
    bind(getProfile, (_input, { caller }) => service.profileOf(caller.user.id)),
    bind(changeSettings, ({ body }, { caller }) => service.changeSettings(caller.user.id, body)),
  ];
}
