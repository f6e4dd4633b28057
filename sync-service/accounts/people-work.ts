/**
 * One act of administration: one transaction in which the objects, the directory's keys and the audit trail change
 * together. The service may run in one process and the command line in another: one act waits for the other's end.
 */
import type { Database } from '../database/database';
import { recordActs } from './audit-trail';
import type { AuditAction, AuditEntry } from './audit-trail';
import { createDirectoryEntryStore } from './people-directory-store';
import type { DirectoryEntryStore } from './people-directory-store';
import { createGroupStore, createSpeedDialStore } from './people-groups-store';
import type { GroupStore, SpeedDialStore } from './people-groups-store';
import type { Actor } from './people-model';
import { createUserStore } from './people-store';
import type { UserStore } from './people-store';
import { createSiteStore } from './site-store';
import type { SiteStore } from './site-store';

/** All stores on one connection or transaction. */
export interface PeopleStores {
  readonly sites: SiteStore;
  readonly users: UserStore;
  readonly groups: GroupStore;
  readonly speedDials: SpeedDialStore;
  readonly entries: DirectoryEntryStore;
}

/** The stores inside an act. */
export interface Act extends PeopleStores {
  /** The transaction, for what others have to change with it. */
  readonly transaction: Database;
  /** Notes what was done; an act that notes nothing has changed nothing. */
  record(action: AuditAction, subject: string): void;
}

/** Runs an act; when it throws, nothing has happened. */
export type PeopleWork = <T>(actor: Actor, act: (act: Act) => Promise<T>) => Promise<T>;

/** Fact of the installation that changes with every act; whoever keeps people in memory reads them again then. */
export const peopleVersionFact = 'people-version';

export function createPeopleStores(database: Database): PeopleStores {
  return {
    sites: createSiteStore(database),
    users: createUserStore(database),
    groups: createGroupStore(database),
    speedDials: createSpeedDialStore(database),
    entries: createDirectoryEntryStore(database),
  };
}

export function createPeopleWork({
  database,
  now,
  newId,
  committed,
}: {
  database: Database;
  now: () => Date;
  newId: () => string;
  /** Hears of acts as soon as they are done. */
  committed?: () => void;
}): PeopleWork {
  return async (actor, act) => {
    const done = await database.transaction().execute(async (transaction) => {
      const stores = createPeopleStores(transaction);
      const acts: AuditEntry[] = [];
      const result = await act({ ...stores, transaction, record: (action, subject) => acts.push({ action, subject }) });
      if (acts.length > 0) {
        await recordActs(transaction, { actor, at: now(), newId }, acts);
        await stores.sites.setFact(peopleVersionFact, newId());
      }
      return result;
    });
    committed?.();
    return done;
  };
}
