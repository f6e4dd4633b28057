/** Handlers of `shared/api/administration-sites.ts`: the service of the command line, for a signed-in administrator. */
import { addSite, changeSite, listSites, removeSite } from '../../shared/api/administration-sites';
import type { AdministeredSite } from '../../shared/api/administration-sites';
import { ServiceError } from '../../shared/errors';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import type { People } from './people';
import type { Site } from './people-model';

export function administrationSitesRoutes({ sites }: Pick<People, 'sites'>): BoundRoute[] {
  async function shown(some: readonly Site[]): Promise<AdministeredSite[]> {
    const users = await sites.usersBySite();
    return some.map(({ telephoneSystem, ...site }) => ({
      ...site,
      ...(telephoneSystem && { telephoneSystem: { kind: telephoneSystem.kind } }),
      users: users.get(site.id) ?? 0,
    }));
  }
  async function one(is: (site: Site) => boolean): Promise<Site> {
    const site = (await sites.listSites()).find(is);
    if (site === undefined) throw new ServiceError('not-found', 'There is no such site (any more).');
    return site;
  }
  async function shownOne(is: (site: Site) => boolean): Promise<AdministeredSite> {
    const [site] = await shown([await one(is)]);
    if (site === undefined) throw new ServiceError('not-found', 'There is no such site (any more).');
    return site;
  }

  return [
    bind(listSites, async () => ({ items: await shown(await sites.listSites()) })),
    bind(addSite, async ({ body }, { caller }) => {
      await sites.saveSites(caller.user.id, [body], 'add');
      return shownOne((site) => site.name === body.name.trim());
    }),
    bind(changeSite, async ({ params, body: { name, ...fields } }, { caller }) => {
      const known = await one((site) => site.id === params.id);
      const wish = { name: known.name, ...fields, ...(name !== undefined && { newName: name }) };
      await sites.saveSites(caller.user.id, [wish], 'change');
      return shownOne((site) => site.id === params.id);
    }),
    bind(removeSite, async ({ params }, { caller }) => {
      await sites.removeSite(caller.user.id, (await one((site) => site.id === params.id)).name);
      return undefined;
    }),
  ];
}
