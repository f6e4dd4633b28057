/** The routes of administrators, on the services of the command line. */
import type { Logger } from 'pino';
import { administrationAuditRoutes } from './accounts/administration-audit.routes';
import { administrationGroupsRoutes } from './accounts/administration-groups.routes';
import { administrationImportRoutes } from './accounts/administration-import.routes';
import { administrationSitesRoutes } from './accounts/administration-sites.routes';
import { administrationUsersRoutes } from './accounts/administration-users.routes';
import { createMicrosoftLinks } from './accounts/microsoft-sign-in.service';
import type { People } from './accounts/people';
import type { NumberRules } from './accounts/people-model';
import type { BackgroundWork } from './database/background-work';
import { compactJob } from './database/compact-job';
import type { Database } from './database/database';
import type { BoundRoute } from './http/binding';
import type { PersonalData } from './personal-data/personal-data';

export function wireAdministration(deps: {
  readonly database: Database;
  readonly people: People;
  readonly rules: NumberRules;
  readonly personalData: PersonalData;
  readonly sessions: { endSessionsOf(userId: string): Promise<void> };
  readonly now: () => Date;
  readonly newId: () => string;
  readonly work: BackgroundWork;
  readonly logger: Logger;
}): BoundRoute[] {
  const { database, people, rules, personalData, sessions, now, newId, work, logger } = deps;
  const endSessions = (userId: string) => sessions.endSessionsOf(userId);
  const microsoftLinks = createMicrosoftLinks({ database, endSessions, now, newId });
  const compactSoon = () => {
    work.run(compactJob, {}).catch((error: unknown) => {
      logger.error({ err: error }, 'what was erased is still in the bytes of the database file: run manage compact');
    });
  };
  return [
    ...administrationAuditRoutes(database),
    ...administrationSitesRoutes(people),
    ...administrationGroupsRoutes(people),
    ...administrationUsersRoutes({ people, rules, personalData, microsoftLinks, compactSoon }),
    ...administrationImportRoutes(work),
  ];
}
