/** Handlers of the routes for groups and speed dials: the service of the command line, for a signed-in administrator. */
import { addGroup, changeGroup, listGroups, removeGroup } from '../../shared/api/administration-groups';
import {
  addSpeedDial,
  changeSpeedDial,
  listSpeedDials,
  removeSpeedDial,
} from '../../shared/api/administration-speed-dials';
import { ServiceError } from '../../shared/errors';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import { fitsTexts } from './fits-query';
import { pageByKey } from './key-page';
import type { People } from './people';

/** Objects in a page where no number is named. */
const usualPage = 100;

/** Of one site: its objects are told from others' by a sign that no name has. */
const keyIn = (site: string, name: string) => `${site}\t${name}`;

export function administrationGroupsRoutes({ groups, sites }: Pick<People, 'groups' | 'sites'>): BoundRoute[] {
  async function withSiteNames<T extends { readonly siteId: string }>(some: readonly T[]) {
    const names = new Map((await sites.listSites()).map((site) => [site.id, site.name]));
    return some.map(({ siteId, ...rest }) => ({ ...rest, site: names.get(siteId) ?? '' }));
  }
  const allGroups = async () =>
    (await withSiteNames(await groups.listGroups())).map(({ members, ...group }) => ({
      ...group,
      members: [...members],
    }));
  const allSpeedDials = async () => withSiteNames(await groups.listSpeedDials());
  function found<T>(object: T | undefined, what: string): T {
    if (object === undefined) throw new ServiceError('not-found', `There is no such ${what} (any more).`);
    return object;
  }
  const groupOfId = async (id: string) =>
    found(
      (await allGroups()).find((group) => group.id === id),
      'group',
    );
  const speedDialOfId = async (id: string) =>
    found(
      (await allSpeedDials()).find((dial) => dial.id === id),
      'speed dial',
    );
  /** The one that was not there before. */
  async function added<T extends { readonly id: string }>(
    list: () => Promise<T[]>,
    add: () => Promise<unknown>,
    is: (one: T) => boolean,
    what: string,
  ): Promise<T> {
    const before = new Set((await list()).map(({ id }) => id));
    await add();
    return found(
      (await list()).find((one) => !before.has(one.id) && is(one)),
      what,
    );
  }

  return [
    bind(listGroups, async ({ query: { q = '', cursor, limit = usualPage } }) => {
      const fitting = (await allGroups()).filter((group) =>
        fitsTexts([group.name, group.extension, group.site, ...group.members], q),
      );
      return pageByKey(fitting, (group) => keyIn(group.site, group.extension), { after: cursor, limit });
    }),
    bind(addGroup, ({ body }, { caller }) =>
      added(
        allGroups,
        () => groups.saveGroups(caller.user.id, [body], 'add'),
        (group) => group.extension === body.extension.trim(),
        'group',
      ),
    ),
    bind(changeGroup, async ({ params, body: { extension, ...fields } }, { caller }) => {
      const known = await groupOfId(params.id);
      const wish = {
        extension: known.extension,
        site: known.site,
        ...fields,
        ...(extension !== undefined && { newExtension: extension }),
      };
      await groups.saveGroups(caller.user.id, [wish], 'change');
      return groupOfId(params.id);
    }),
    bind(removeGroup, async ({ params }, { caller }) => {
      const known = await groupOfId(params.id);
      await groups.removeGroup(caller.user.id, known.extension, known.site);
      return undefined;
    }),
    bind(listSpeedDials, async ({ query: { q = '', cursor, limit = usualPage } }) => {
      const fitting = (await allSpeedDials()).filter((dial) => fitsTexts([dial.name, dial.number, dial.site], q));
      return pageByKey(fitting, (dial) => keyIn(dial.site, dial.name), { after: cursor, limit });
    }),
    bind(addSpeedDial, ({ body }, { caller }) =>
      added(
        allSpeedDials,
        () => groups.saveSpeedDials(caller.user.id, [body], 'add'),
        (dial) => dial.name === body.name.trim(),
        'speed dial',
      ),
    ),
    bind(changeSpeedDial, async ({ params, body: { name, ...fields } }, { caller }) => {
      const known = await speedDialOfId(params.id);
      const wish = { name: known.name, site: known.site, ...fields, ...(name !== undefined && { newName: name }) };
      await groups.saveSpeedDials(caller.user.id, [wish], 'change');
      return speedDialOfId(params.id);
    }),
    bind(removeSpeedDial, async ({ params }, { caller }) => {
      const known = await speedDialOfId(params.id);
      await groups.removeSpeedDial(caller.user.id, known.name, known.site);
      return undefined;
    }),
  ];
}
