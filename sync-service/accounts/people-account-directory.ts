/** What signing in, sessions and the profile need of users, from the store. */
import type { Account, AccountDirectory } from './account-directory';
import { userNameKey } from './people-model';
import { profileOfUser, signedInUserOf, storedSettings } from './people-profile';
import type { UserRow } from './people-store';
import type { PeopleStores } from './people-work';

export function createAccountDirectory({ stores }: { stores: PeopleStores }): AccountDirectory {
  return {
    async findUserForSignIn(userName) {
      const user = await stores.users.byUserName(userNameKey(userName));
      return user && accountOf(user);
    },
    async findUserById(userId) {
      const user = await stores.users.byId(userId);
      return user && accountOf(user);
    },
    async profileOf(userId) {
      const user = await stores.users.byId(userId);
      const site = user && (await stores.sites.find(user.site_id));
      return user && site && profileOfUser(user, site, await stores.users.devicesOf([userId]));
    },
    async setPassword(userId, hash, mustChange) {
      await stores.users.update(userId, { password_hash: hash, must_change_password: Number(mustChange) });
    },
    async saveSettings(userId, settings) {
      await stores.users.update(userId, { settings: storedSettings(settings) });
    },
  };
}

export function accountOf(user: UserRow): Account {
  return {
    id: user.id,
    siteId: user.site_id,
    passwordHash: user.password_hash,
    mustChangePassword: user.must_change_password === 1,
    disabled: user.disabled_at !== null,
    profile: signedInUserOf(user),
  };
}
