/** Handlers of `shared/api/administration-sites.ts`. */
import { listSites } from '../../shared/api/administration-sites';
import type { AdministeredSite } from '../../shared/api/administration-sites';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import type { People } from './people';
import type { Site } from './people-model';

function shown({ telephoneSystem, ...site }: Site): AdministeredSite {
  return { ...site, ...(telephoneSystem && { telephoneSystem: { kind: telephoneSystem.kind } }) };
}

export function administrationSitesRoutes({ sites }: Pick<People, 'sites'>): BoundRoute[] {
  return [bind(listSites, async () => ({ items: (await sites.listSites()).map(shown) }))];
}
