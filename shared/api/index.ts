/** The whole contract: every route once. */
import * as administrationAudit from './administration-audit';
import * as administrationGroups from './administration-groups';
import * as administrationImport from './administration-import';
import * as administrationSites from './administration-sites';
import * as administrationSpeedDials from './administration-speed-dials';
import * as administrationUsers from './administration-users';
import * as calls from './calls';
import * as contactOriginals from './contact-originals';
import * as contactSyncs from './contact-syncs';
import * as syncHistory from './sync-history';
import * as contacts from './contacts';
import * as directory from './directory';
import * as events from './events';
import * as favorites from './favorites';
import * as forwarding from './forwarding';
import * as firstAdministrator from './first-administrator';
import * as installation from './installation';
import * as journal from './journal';
import * as logLevel from './log-level';
import * as microsoft from './microsoft-sign-in';
import * as numbers from './numbers';
import * as pictures from './pictures';
import * as presence from './presence';
import * as presenceCalendar from './presence-calendar';
import * as presenceWatches from './presence-watches';
import * as profile from './profile';
import type { RouteDefinition } from './route';
import * as sessions from './sessions';
import * as unattendedSync from './unattended-sync';
import * as updates from './updates';

/** Routes of all capabilities. Schemas that stand beside them in their files are left out by their shape. */
export const routes: readonly RouteDefinition[] = [
  installation,
  firstAdministrator,
  sessions,
  microsoft,
  profile,
  presenceCalendar,
  numbers,
  directory,
  contacts,
  contactOriginals,
  contactSyncs,
  pictures,
  syncHistory,
  calls,
  journal,
  favorites,
  presenceWatches,
  presence,
  forwarding,
  unattendedSync,
  events,
  administrationAudit,
  administrationGroups,
  administrationImport,
  administrationSites,
  administrationSpeedDials,
  administrationUsers,
  logLevel,
  updates,
].flatMap((capability) => Object.values<unknown>(capability).filter(isRoute));

function isRoute(value: unknown): value is RouteDefinition {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'access' in value;
}

export { apiBase } from './api-base';
