/** Users and their devices: added, changed, disabled, given a new password; and looked up for sign-in and telephones. */
import { ServiceError } from '../../shared/errors';
import type { Database } from '../database/database';
import { entryOfUser } from './people-directory-entries';
import { userNameKey, userWishSchema } from './people-model';
import type { Actor, NumberRules, Outcome, Person, Site } from './people-model';
import { planUsers } from './people-plan';
import type { PeopleState, UserPlan, UserPlanWish, WishMode } from './people-plan';
import { personOf } from './people-profile';
import type { DeviceRow, UserRow } from './people-store';
import { parseWishes } from './people-wishes';
import { pageOfUsers } from './user-page';
import type { UserPage } from './user-page';
import { WishesRefused, unknown } from './people.errors';
import { peopleVersionFact } from './people-work';
import type { Act, PeopleStores, PeopleWork } from './people-work';

/** The password a new user starts with. */
export interface StartPassword {
  /** PHC string of people-password.ts. */
  readonly hash: string;
  /** It must be changed at the first sign-in (SET-3). */
  readonly mustChange: boolean;
}

/** A telephone of the site with its user, for the telephone system. */
export interface SitePhone {
  readonly deviceId: string;
  readonly address: string;
  readonly name: string;
  readonly isMine: boolean;
  readonly userId: string;
  readonly displayName: string;
  /** Whether its user is shown in the phone book. */
  readonly inDirectory: boolean;
  /** Absent for a user without one. */
  readonly extension?: string;
}

export interface PeopleService {
  /** In the order of user names; of all sites where none is named. */
  listUsers(siteId?: string): Promise<Person[]>;
  /**
   * Users whose user name comes after `after`, in the order of user names: those that the query fits (user-search.ts).
   * A page may hold fewer than the limit and have a next one.
   */
  pageOfUsers(page: { query: string; after: string | undefined; limit: number }): Promise<UserPage>;
  /** The user of this id. Throws `not-found`. */
  userOfId(id: string): Promise<Person>;
  /** Adds one user with a drawn initial password, which is shown once. Throws WishesRefused. */
  addUser(actor: Actor, wish: { readonly userName: string }): Promise<{ readonly initialPassword: string }>;
  /** Notes in the audit trail that everything of the user was given out. */
  recordExport(actor: Actor, userId: string): Promise<void>;
  /** Which of these user names are known, in the form of {@link userNameKey}. */
  knownUserNames(userNames: readonly string[]): Promise<Set<string>>;
  /**
   * Fulfils all wishes or none (WishesRefused); outcomes by position. A password is taken by a new user only: whoever
   * is there already keeps his own.
   */
  saveUsers(
    actor: Actor,
    wishes: readonly unknown[],
    mode: WishMode,
    passwords?: ReadonlyMap<number, StartPassword>,
  ): Promise<Outcome[]>;
  /** What {@link saveUsers} would come to; nothing is changed. */
  previewUsers(wishes: readonly unknown[], mode: WishMode): Promise<Outcome[]>;
  /** The user cannot sign in any more, and no directory or telephone shows him. Nothing of his is deleted. */
  setDisabled(actor: Actor, userName: string, disabled: boolean): Promise<void>;
  /** Draws a new initial password, which must be changed at the next sign-in, and returns it: it is shown once. */
  resetPassword(actor: Actor, userName: string): Promise<string>;
  /** The user of this name. Throws WishesRefused. */
  userNamed(userName: string): Promise<Person>;
  /**
   * Removes the user with everything that is his: devices, sessions, contacts, journal. `forget` removes, in the same
   * transaction, what others keep of him. Not the last administrator.
   */
  eraseUser(
    actor: Actor,
    userName: string,
    forget: (transaction: Database, person: Person) => Promise<void>,
  ): Promise<void>;
  /** Changes with every change of sites, users, devices, groups and speed dials. One row is read. */
  peopleVersion(): Promise<string>;
  /** The telephones of a site's enabled users. */
  phonesOf(siteId: string): Promise<SitePhone[]>;
  /** When the user was added, ISO 8601 UTC; undefined when he is not there any more. */
  joinedAt(userId: string): Promise<string | undefined>;
}

export function createPeopleService({
  stores,
  work,
  rules,
  now,
  newId,
  hashPassword,
  drawPassword,
  endSessions,
}: {
  stores: PeopleStores;
  work: PeopleWork;
  rules: NumberRules;
  now: () => Date;
  newId: () => string;
  hashPassword: (password: string) => Promise<string>;
  drawPassword: () => string;
  /** Ends all sessions of a user whose password was reset or who was disabled. */
  endSessions: (userId: string) => Promise<void>;
}): PeopleService {
  async function existing(act: PeopleStores, userName: string): Promise<UserRow> {
    const user = await act.users.byUserName(userNameKey(userName));
    if (user === undefined) throw new WishesRefused([unknown('user', userName, 0, 'userName')]);
    return user;
  }

  return {
    async listUsers(siteId) {
      const users = await stores.users.list(siteId);
      const devices = new Map(users.map((user): [string, DeviceRow[]] => [user.id, []]));
      for (const device of await stores.users.devicesOf([...devices.keys()])) devices.get(device.user_id)?.push(device);
      return users.map((user) => personOf(user, devices.get(user.id) ?? []));
    },

    pageOfUsers: (page) => pageOfUsers(stores.users, page),

    async userOfId(id) {
      const user = await stores.users.byId(id);
      if (user === undefined) throw new ServiceError('not-found', 'There is no such user (any more).');
      return personOf(user, await stores.users.devicesOf([id]));
    },

    async addUser(actor, wish) {
      const initialPassword = drawPassword();
      const start: StartPassword = { hash: await hashPassword(initialPassword), mustChange: true };
      const wishes = parseWishes(userWishSchema, [wish]).map((each): UserPlanWish => ({ ...each, password: start }));
      await work(actor, (act) => saveUsersIn(act, wishes, 'add', { newId, now, rules }));
      return { initialPassword };
    },

    recordExport: (actor, userId) =>
      work(actor, (act) => {
        act.record('user.exported', userId);
        return Promise.resolve();
      }),

    async knownUserNames(userNames) {
      const users = await stores.users.touched({ userNameKeys: userNames.map(userNameKey) });
      return new Set(users.map((user) => user.user_name_key));
    },

    async saveUsers(actor, raw, mode, passwords) {
      const wishes = parseWishes(userWishSchema, raw).map((wish, position): UserPlanWish => ({
        ...wish,
        password: passwords?.get(position),
      }));
      return work(actor, (act) => saveUsersIn(act, wishes, mode, { newId, now, rules }));
    },

    async previewUsers(raw, mode) {
      const { plan } = await planIn(stores, parseWishes(userWishSchema, raw), mode, { newId, now, rules });
      return [...plan.outcomes];
    },

    async setDisabled(actor, userName, disabled) {
      const userId = await work(actor, async (act) => {
        const user = await existing(act, userName);
        if ((user.disabled_at !== null) === disabled) return user.id;
        if (disabled) await keepAnAdministrator(act, [user]);
        const disabledAt = disabled ? now().toISOString() : null;
        await act.users.update(user.id, { disabled_at: disabledAt });
        await showUsers(act, await act.sites.list(), [{ ...user, disabled_at: disabledAt }], rules);
        act.record(disabled ? 'user.disabled' : 'user.enabled', user.id);
        return user.id;
      });
      if (disabled) await endSessions(userId);
    },

    async resetPassword(actor, userName) {
      await existing(stores, userName);
      const password = drawPassword();
      const hash = await hashPassword(password);
      const userId = await work(actor, async (act) => {
        const user = await existing(act, userName);
        await act.users.update(user.id, { password_hash: hash, must_change_password: 1 });
        act.record('user.password-reset', user.id);
        return user.id;
      });
      await endSessions(userId);
      return password;
    },

    async userNamed(userName) {
      const user = await existing(stores, userName);
      return personOf(user, await stores.users.devicesOf([user.id]));
    },

    async eraseUser(actor, userName, forget) {
      const userId = await work(actor, async (act) => {
        const user = await existing(act, userName);
        await keepAnAdministrator(act, [user]);
        await forget(act.transaction, personOf(user, []));
        await act.entries.replace([user.id], []);
        await act.users.remove(user.id);
        act.record('user.removed', user.id);
        return user.id;
      });
      await endSessions(userId);
    },

    async peopleVersion() {
      return (await stores.sites.fact(peopleVersionFact)) ?? '';
    },

    async joinedAt(userId) {
      return (await stores.users.byId(userId))?.created_at;
    },

    async phonesOf(siteId) {
      const users = new Map((await stores.users.list(siteId)).map((user) => [user.id, user]));
      return (await stores.users.devicesOfSite(siteId)).flatMap((device) => {
        const user = users.get(device.user_id);
        if (user === undefined || user.disabled_at !== null) return [];
        return {
          deviceId: device.id,
          address: device.address,
          name: device.name,
          isMine: device.is_mine === 1,
          userId: user.id,
          displayName: user.display_name,
          inDirectory: user.in_directory === 1,
          ...(user.extension === null ? {} : { extension: user.extension }),
        };
      });
    },
  };
}

/** Adds and changes users inside an act. Throws WishesRefused. */
export async function saveUsersIn(
  act: Act,
  wishes: readonly UserPlanWish[],
  mode: WishMode,
  { newId, now, rules }: { newId: () => string; now: () => Date; rules: NumberRules },
): Promise<Outcome[]> {
  const { plan, state } = await planIn(act, wishes, mode, { newId, now, rules });
  await apply(act, plan);
  await showUsers(act, state.sites, [...plan.added, ...plan.changed], rules);
  plan.outcomes.forEach((outcome, position) => {
    const id = plan.ids[position];
    if (outcome !== 'unchanged' && id !== undefined) act.record(`user.${outcome}`, id);
  });
  return [...plan.outcomes];
}

/** What fulfilling the wishes comes to. Throws WishesRefused and `last-administrator`. */
async function planIn(
  stores: PeopleStores,
  wishes: readonly UserPlanWish[],
  mode: WishMode,
  { newId, now, rules }: { newId: () => string; now: () => Date; rules: NumberRules },
): Promise<{ readonly plan: UserPlan; readonly state: PeopleState }> {
  const state = await stateFor(stores, wishes);
  const planned = planUsers(wishes, state, { mode, newId, now, rules });
  if ('problems' in planned) throw new WishesRefused(planned.problems);
  const { plan } = planned;
  await keepAnAdministrator(
    stores,
    plan.changed.filter((user) => user.role !== 'admin'),
    state.users,
  );
  return { plan, state };
}

async function stateFor(act: PeopleStores, wishes: readonly UserPlanWish[]): Promise<PeopleState> {
  const extensions = wishes.flatMap((wish) => wish.extension ?? []);
  const users = await act.users.touched({
    userNameKeys: wishes.flatMap((wish) => [wish.userName, wish.newUserName ?? wish.userName].map(userNameKey)),
    extensions,
    addresses: wishes.flatMap((wish) => wish.devices?.map((device) => device.address) ?? []),
  });
  return {
    sites: await act.sites.list(),
    users,
    devices: await act.users.devicesOf(users.map((user) => user.id)),
    groups: await act.groups.byExtensions(extensions),
  };
}

/** In the order in which nothing stands in the way of what follows. */
async function apply(act: Act, plan: UserPlan): Promise<void> {
  await act.users.removeDevices(plan.devices.removed);
  await act.users.releaseExtensions(plan.released);
  await act.users.insert(plan.added);
  for (const { id, ...user } of plan.changed) await act.users.update(id, user);
  for (const device of plan.devices.changed) {
    const { site_id, name, is_mine, mulap, intercept } = device;
    await act.users.updateDevice(device.id, { site_id, name, is_mine, mulap, intercept });
  }
  await act.users.insertDevices(plan.devices.added);
}

async function showUsers(
  act: Act,
  sites: readonly Site[],
  users: readonly UserRow[],
  rules: NumberRules,
): Promise<void> {
  const plans = new Map(sites.map((site) => [site.id, site.dialPlan]));
  const entries = users.flatMap((user) => {
    const plan = plans.get(user.site_id);
    return (plan && entryOfUser(user, plan, rules)) ?? [];
  });
  await act.entries.replace(
    users.map((user) => user.id),
    entries,
  );
}

/** Refuses what would leave the installation without an administrator who can sign in. */
async function keepAnAdministrator(
  act: PeopleStores,
  leaving: readonly UserRow[],
  before: readonly UserRow[] = leaving,
): Promise<void> {
  const ids = leaving.map((user) => user.id);
  const wasOne = before.some((user) => ids.includes(user.id) && user.role === 'admin' && user.disabled_at === null);
  if (!wasOne || (await act.users.countAdministrators(ids)) > 0) return;
  throw new ServiceError('last-administrator', 'This is the last administrator. Make another one first.');
}
