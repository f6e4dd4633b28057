/** The people of an installation: everything of sites, users, groups and speed dials on one database. */
import type { Database } from '../database/database';
import type { DirectorySource } from '../directory/directory-source';
import type { AccountDirectory } from './account-directory';
import type { EntryIndexes } from './entry-indexes';
import { createFirstAdministrator } from './first-administrator';
import type { FirstAdministrator } from './first-administrator';
import { createInternalDirectory } from './internal-directory';
import { createAccountDirectory } from './people-account-directory';
import { createGroupService } from './people-groups.service';
import type { GroupService } from './people-groups.service';
import { createOwnProfiles } from './own-profiles';
import type { OwnProfiles } from './own-profiles';
import type { NumberRules } from './people-model';
import { drawInitialPassword } from './people-password';
import { createPeopleService } from './people.service';
import type { PeopleService } from './people.service';
import { createPeopleStores, createPeopleWork } from './people-work';
import { createSiteService } from './site.service';
import type { SiteService } from './site.service';
import { createSystemDirectory } from './system-directory';

export interface People {
  readonly sites: SiteService;
  readonly users: PeopleService;
  readonly groups: GroupService;
  readonly accounts: AccountDirectory;
  readonly ownProfiles: OwnProfiles;
  readonly firstAdministrator: FirstAdministrator;
  readonly internalDirectory: DirectorySource;
  readonly systemDirectory: DirectorySource;
}

export interface PeopleDeps {
  readonly database: Database;
  readonly rules: NumberRules;
  readonly now: () => Date;
  readonly newId: () => string;
  /** PHC string of a password; people-password.ts in the service, something cheaper in tests. */
  readonly hashPassword: (password: string) => Promise<string>;
  /** Ends all sessions of a user whose password was reset or who was disabled. */
  readonly endSessions: (userId: string) => Promise<void>;
  /** Keeps the directories in memory; where absent the database is searched. */
  readonly indexes?: EntryIndexes;
  /** Version of people, where changes by whichever process are heard of; undefined while they are not. */
  readonly heardVersion?: (() => string | undefined) | undefined;
  /** People were changed here. */
  readonly committed?: () => void;
  /** Of a site for which none is named: the machine's. IANA name. */
  readonly timeZone: string;
}

/** Everything reads the database at each call, so what another process changes shows at once. */
export function createPeople(deps: PeopleDeps): People {
  const stores = createPeopleStores(deps.database);
  const parts = { ...deps, stores, work: createPeopleWork(deps), drawPassword: drawInitialPassword };
  return {
    sites: createSiteService(parts),
    users: createPeopleService(parts),
    groups: createGroupService(parts),
    accounts: createAccountDirectory(parts),
    ownProfiles: createOwnProfiles(parts),
    firstAdministrator: createFirstAdministrator(parts),
    internalDirectory: createInternalDirectory(parts),
    systemDirectory: createSystemDirectory(parts),
  };
}
