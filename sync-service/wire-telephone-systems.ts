/** The telephone systems and devices of all sites, read from what the administrators set. */
import type { Logger } from 'pino';
import type { People } from './accounts/people';
import type { CallDevice } from './calls/caller-directory';
import { ConfigurationError } from './telephone-system/configuration-error';
import type { TelephoneSystem, TelephoneSystemFactory } from './telephone-system/telephone-system';

/** An adapter for each site that has a telephone system. A site whose settings are wrong has a directory and no calls. */
export async function connectSites(
  people: People,
  factories: Readonly<Record<string, TelephoneSystemFactory>>,
  logger: Logger,
): Promise<Map<string, TelephoneSystem>> {
  const systems = new Map<string, TelephoneSystem>();
  for (const site of await people.sites.listSites()) {
    if (site.telephoneSystem === undefined) continue;
    const { kind } = site.telephoneSystem;
    const factory = factories[kind];
    if (factory === undefined) {
      const known = Object.keys(factories).join(', ');
      logger.error({ site: site.name, kind }, `there is no telephone system of this kind; known kinds: ${known}`);
      continue;
    }
    try {
      systems.set(site.id, factory(site.telephoneSystem));
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      logger.error(
        { site: site.name, kind, reason: error.message },
        'the site has no telephone system until this is mended',
      );
    }
  }
  return systems;
}

/** Every device of every site, with whose it is. */
export async function listDevices(people: People): Promise<CallDevice[]> {
  const sites = await people.sites.listSites();
  const phones = await Promise.all(
    sites.map(async ({ id: siteId }) =>
      (await people.users.phonesOf(siteId)).map((phone) => ({
        id: phone.deviceId,
        userId: phone.userId,
        siteId,
        address: phone.address,
        isMine: phone.isMine,
        extension: phone.extension ?? '',
        displayName: phone.displayName,
        inDirectory: phone.inDirectory,
      })),
    ),
  );
  return phones.flat();
}
