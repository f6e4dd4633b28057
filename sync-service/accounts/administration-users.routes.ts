/** Handlers of `shared/api/administration-users.ts`: the services of the command line, for a signed-in administrator. */
import {
  addUser,
  changeUser,
  disableUser,
  enableUser,
  eraseUser,
  exportUser,
  getUser,
  listUsers,
  resetUserPassword,
  unlinkUserFromMicrosoft,
} from '../../shared/api/administration-users';
import type { AdministeredUser } from '../../shared/api/administration-users';
import { ServiceError } from '../../shared/errors';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import { withCanonicalNumbers } from './own-number';
import type { People } from './people';
import type { NumberRules, Person } from './people-model';
import { userNameKey } from './people-model';

export interface AdministrationUsersDeps {
  readonly people: Pick<People, 'users' | 'sites'>;
  readonly rules: NumberRules;
  readonly personalData: {
    exportOf(actor: string, userName: string): Promise<Record<string, unknown>>;
    erase(actor: string, userName: string): Promise<void>;
  };
  readonly microsoftLinks: {
    linkedAmong(userIds: readonly string[]): Promise<Set<string>>;
    unlink(actor: string, userId: string): Promise<number>;
  };
  /** Has the database's file written anew without what was deleted, in its own time. */
  readonly compactSoon: () => void;
}

/** Users in a page where no number is named. */
const usualPage = 100;

export function administrationUsersRoutes({
  people,
  rules,
  personalData,
  microsoftLinks,
  compactSoon,
}: AdministrationUsersDeps): BoundRoute[] {
  const { users, sites } = people;

  async function shown(persons: readonly Person[]): Promise<AdministeredUser[]> {
    const known = new Map((await sites.listSites()).map((site) => [site.id, site]));
    const linked = await microsoftLinks.linkedAmong(persons.map((person) => person.id));
    return persons.map(({ siteId, devices, ...person }) => {
      const site = known.get(siteId);
      return {
        ...(site === undefined ? person : withCanonicalNumbers(person, site.dialPlan, rules)),
        site: site?.name ?? '',
        devices: devices.map(({ name, address }) => ({ name, address })),
        mulap: devices.some((device) => device.mulap),
        intercept: devices.some((device) => device.intercept),
        microsoftLinked: linked.has(person.id),
      };
    });
  }
  async function shownById(id: string): Promise<AdministeredUser> {
    const [user] = await shown([await users.userOfId(id)]);
    if (user === undefined) throw new ServiceError('not-found', 'There is no such user (any more).');
    return user;
  }
  const nameOf = async (id: string) => (await users.userOfId(id)).userName;

  return [
    bind(listUsers, async ({ query: { q = '', cursor, limit = usualPage } }) => {
      const page = await users.pageOfUsers({ query: q, after: cursor, limit });
      return { items: await shown(page.users), ...(page.next === undefined ? {} : { nextCursor: page.next }) };
    }),
    bind(getUser, ({ params }) => shownById(params.id)),
    bind(addUser, async ({ body }, { caller }) => {
      const { initialPassword } = await users.addUser(caller.user.id, body);
      const { id } = await users.userNamed(body.userName);
      return { user: await shownById(id), initialPassword };
    }),
    bind(changeUser, async ({ params, body: { userName, ...fields } }, { caller }) => {
      const wish = {
        userName: await nameOf(params.id),
        ...fields,
        ...(userName !== undefined && { newUserName: userName }),
      };
      await users.saveUsers(caller.user.id, [wish], 'change');
      return shownById(params.id);
    }),
    bind(disableUser, async ({ params }, { caller }) => {
      await users.setDisabled(caller.user.id, await nameOf(params.id), true);
      return shownById(params.id);
    }),
    bind(enableUser, async ({ params }, { caller }) => {
      await users.setDisabled(caller.user.id, await nameOf(params.id), false);
      return shownById(params.id);
    }),
    bind(resetUserPassword, async ({ params }, { caller }) => ({
      initialPassword: await users.resetPassword(caller.user.id, await nameOf(params.id)),
    })),
    bind(unlinkUserFromMicrosoft, async ({ params }, { caller }) => {
      await users.userOfId(params.id);
      await microsoftLinks.unlink(caller.user.id, params.id);
      return shownById(params.id);
    }),
    bind(eraseUser, async ({ params, body }, { caller }) => {
      const name = await nameOf(params.id);
      if (userNameKey(body.userName) !== userNameKey(name)) {
        throw new ServiceError(
          'request-invalid',
          'Name the user by his user name: everything of his is removed for good.',
          {
            details: [{ field: 'body.userName', reason: 'confirmation-wrong' }],
          },
        );
      }
      await personalData.erase(caller.user.id, name);
      compactSoon();
      return undefined;
    }),
    bind(exportUser, async ({ params }, { caller }) => personalData.exportOf(caller.user.id, await nameOf(params.id))),
  ];
}
