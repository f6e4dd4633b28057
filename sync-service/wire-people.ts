/** The people of the service: their directories are kept in memory, read by the background work. */
import { createEntryIndexes } from './accounts/entry-indexes';
import { entryIndexJob } from './accounts/entry-index-job';
import { createPeople } from './accounts/people';
import type { People, PeopleDeps } from './accounts/people';
import { hashPassword } from './accounts/people-password';
import type { BackgroundWork } from './database/background-work';
import { createHeardVersion } from './database/heard-version';
import type { Instances } from './database/instances';
import type { Logger } from 'pino';
import { changesHeard } from './wire-instances';

export interface WirePeopleDeps extends Omit<
  PeopleDeps,
  'hashPassword' | 'timeZone' | 'indexes' | 'heardVersion' | 'committed'
> {
  readonly work: Pick<BackgroundWork, 'run'>;
  readonly instances: Instances;
  readonly logger: Logger;
}

export function wirePeople({ work, instances, logger, ...deps }: WirePeopleDeps): People {
  const committed = new Set<(name: string) => void>();
  const heard = createHeardVersion(changesHeard(instances, 'people', (listener) => committed.add(listener)));
  const heardVersion = instances.several ? () => heard('') : undefined;
  const indexes = createEntryIndexes({
    database: deps.database,
    heardVersion,
    read: (scope) => work.run(entryIndexJob, scope),
    now: () => performance.now(),
    failed: (err) => logger.warn({ err }, 'a directory could not be read into memory; the database is searched'),
  });
  return createPeople({
    ...deps,
    indexes,
    heardVersion,
    committed: () => committed.forEach((tell) => tell('')),
    hashPassword,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
}
