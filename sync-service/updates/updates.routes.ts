/** Routes of `shared/api/updates.ts`. */
import { getReleaseNotes, listThirdParties } from '../../shared/api/updates';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import type { AboutBuild } from './about-build';

export function updatesRoutes({
  version,
  about,
}: {
  /** Version of the service. */
  readonly version: string;
  readonly about: AboutBuild;
}): BoundRoute[] {
  return [
    bind(getReleaseNotes, async () => ({ version, releases: [...(await about.releases())] })),
    bind(listThirdParties, async () => ({ items: [...(await about.thirdParties())] })),
  ];
}
