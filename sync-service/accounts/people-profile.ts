/** Users as they are shown: to the administrator, and to themselves. Pure. */
import * as z from 'zod/mini';
import { defaultSettings, roles, settingsSchema } from '../../shared/profile';
import type { Profile, Role, Settings, SignedInUser } from '../../shared/profile';
import { readJson } from '../database/database';
import type { Person, Site } from './people-model';
import type { DeviceRow, UserRow } from './people-store';

export function personOf(user: UserRow, devices: readonly DeviceRow[]): Person {
  return {
    id: user.id,
    siteId: user.site_id,
    userName: user.user_name,
    displayName: user.display_name,
    ...(user.given_name === null ? {} : { givenName: user.given_name }),
    ...(user.surname === null ? {} : { surname: user.surname }),
    ...(user.extension === null ? {} : { extension: user.extension }),
    ...(user.email === null ? {} : { email: user.email }),
    ...(user.mobile_number === null ? {} : { mobileNumber: user.mobile_number }),
    ...(user.external_number === null ? {} : { externalNumber: user.external_number }),
    role: roleOf(user),
    inDirectory: user.in_directory === 1,
    mobility: user.mobility === 1,
    disabled: user.disabled_at !== null,
    mustChangePassword: user.must_change_password === 1,
    devices: devices.map(({ id, name, address, is_mine, mulap, intercept }) => ({
      ...{ id, name, address, isMine: is_mine === 1 },
      ...{ mulap: mulap === 1, intercept: intercept === 1 },
    })),
  };
}

export function signedInUserOf(user: UserRow): SignedInUser {
  return {
    id: user.id,
    userName: user.user_name,
    displayName: user.display_name,
    ...(user.extension === null ? {} : { extension: user.extension }),
    ...(user.email === null ? {} : { email: user.email }),
    role: roleOf(user),
    ...(user.picture === null ? {} : { picture: user.picture }),
  };
}

export function profileOfUser(user: UserRow, site: Site, devices: readonly DeviceRow[]): Profile {
  return {
    user: signedInUserOf(user),
    details: detailsOf(user),
    site: { id: site.id, name: site.name, timeZone: site.timeZone, dialPlan: site.dialPlan },
    devices: devices.map(({ id, name, is_mine }) => ({ id, name, isMine: is_mine === 1 })),
    mayCallBack: user.mobility === 1,
    settings: z.parse(settingsSchema, { ...defaultSettings, ...readJson(z.partial(settingsSchema), user.settings) }),
  };
}

/** What colleagues see of the user beside his name and extension. */
function detailsOf(user: UserRow): Profile['details'] {
  const email = user.profile_email ?? user.email;
  return {
    ...(user.mobile_number === null ? {} : { mobileNumber: user.mobile_number }),
    ...(user.external_number === null ? {} : { externalNumber: user.external_number }),
    ...(email === null ? {} : { email }),
  };
}

/** What is stored of settings: only what differs from the default, so that a new default reaches everybody else. */
export function storedSettings(settings: Settings): string {
  const defaults = new Map<string, unknown>(Object.entries(defaultSettings));
  return JSON.stringify(
    Object.fromEntries(Object.entries(settings).filter(([key, value]) => defaults.get(key) !== value)),
  );
}

function roleOf(user: UserRow): Role {
  return z.parse(z.enum(roles), user.role);
}
