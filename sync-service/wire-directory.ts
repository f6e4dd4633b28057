/** The three directories, and contacts kept in memory. */
import { totalmem } from 'node:os';
import type { Logger } from 'pino';
import type { DialPlan } from '../shared/dial-plan';
import type { NumberRules } from '../shared/phone-number';
import type { People } from './accounts/people';
import { createPersonalDirectory } from './contacts/personal-directory';
import { personalIndexJob } from './contacts/personal-index-job';
import { contactOwners, createContactsVersion } from './contacts/personal-index-store';
import { createPersonalIndexes } from './contacts/personal-indexes';
import { createReadingAhead } from './contacts/reading-ahead';
import type { ReadingAhead } from './contacts/reading-ahead';
import type { BackgroundWork } from './database/background-work';
import { isPostgresql } from './database/database';
import type { Database } from './database/database';
import { createHeardVersion } from './database/heard-version';
import type { Instances } from './database/instances';
import { createDirectoryService } from './directory/directory.service';
import type { DirectoryService } from './directory/directory.service';
import type { EventBus } from './events/event-bus';
import { changesHeard } from './wire-instances';

export interface DirectoryWiring {
  readonly database: Database;
  readonly people: Pick<People, 'internalDirectory' | 'systemDirectory'>;
  readonly numbers: NumberRules;
  readonly dialPlanOf: (siteId: string) => Promise<DialPlan>;
  readonly work: Pick<BackgroundWork, 'run'>;
  readonly instances: Instances;
  /** The bus of this instance alone. */
  readonly bus: EventBus;
  readonly logger: Logger;
}

export interface WiredDirectory {
  readonly directory: DirectoryService;
  /** This user is there, and will search: his contacts are read into memory. */
  readonly getReady: (userId: string) => void;
  /** Of those who are called without having opened the pane. */
  readonly readingAhead: Pick<ReadingAhead, 'start' | 'stop' | 'lookAgain'>;
}

/** Contacts in memory at most: those of a million take as much. A small machine has an eighth of its memory for them. */
const limitBytes = Math.min(512 * 2 ** 20, totalmem() / 8);

export function wireDirectory({
  database,
  people,
  numbers,
  dialPlanOf,
  work,
  ...deps
}: DirectoryWiring): WiredDirectory {
  const failed = (err: unknown) =>
    deps.logger.warn({ err }, 'contacts could not be read into memory; the database is searched');
  const changesHere = (listener: (userId: string) => void) =>
    deps.bus.subscribe(({ audience, event }) => {
      if (event.type === 'contacts' && 'user' in audience) listener(audience.user);
    });
  const changes = changesHeard(deps.instances, 'contacts', changesHere);
  const heard = createHeardVersion(changes);
  const now = () => performance.now();
  const indexes = createPersonalIndexes({
    version: isPostgresql(database) ? (userId) => Promise.resolve(heard(userId)) : createContactsVersion(database),
    read: (userId) => work.run(personalIndexJob, { userId }),
    limitBytes,
    now,
    failed,
  });
  const readingAhead = createReadingAhead({
    indexes,
    owners: (behind) => contactOwners(database, behind),
    now,
    after(ms, callBack) {
      const timer = setTimeout(callBack, ms).unref();
      return () => clearTimeout(timer);
    },
    failed,
  });
  changes.onChanged((userId) => readingAhead.changed(userId));
  changes.onMissed(() => readingAhead.beginAnew());
  return {
    directory: createDirectoryService({
      personal: createPersonalDirectory({
        ...{ database, indexes },
        notAtHand: (userId) => readingAhead.wanted(userId),
      }),
      internal: people.internalDirectory,
      system: people.systemDirectory,
      rules: numbers,
      dialPlanOf,
    }),
    getReady: (userId) => void indexes.current(userId).catch(failed),
    readingAhead,
  };
}
