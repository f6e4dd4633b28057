/** The people of the service: their directories are kept in memory, read by the background work. */
import { createEntryIndexes } from './accounts/entry-indexes';
import { entryIndexJob } from './accounts/entry-index-job';
import { createPeople } from './accounts/people';
import type { People, PeopleDeps } from './accounts/people';
import { hashPassword } from './accounts/people-password';
import type { BackgroundWork } from './database/background-work';
import type { Logger } from 'pino';

export interface WirePeopleDeps extends Omit<PeopleDeps, 'hashPassword' | 'timeZone' | 'indexes'> {
  readonly work: Pick<BackgroundWork, 'run'>;
  readonly logger: Logger;
}

export function wirePeople({ work, logger, ...deps }: WirePeopleDeps): People {
  const indexes = createEntryIndexes({
    database: deps.database,
    read: async (scope) => (await work.run(entryIndexJob, scope)).data,
    now: () => performance.now(),
    failed: (err) => logger.warn({ err }, 'a directory could not be read into memory; the database is searched'),
  });
  return createPeople({
    ...deps,
    indexes,
    hashPassword,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
}
