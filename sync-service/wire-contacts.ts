/** The personal contacts: store, syncs, their history, imports, pictures, and the routes of all of them. */
import type { Logger } from 'pino';
import type { DialPlan } from '../shared/dial-plan';
import type { Audience, LiveEvent } from '../shared/events';
import { createContactExportService } from './contacts/contact-export.service';
import { createContactImportsService } from './contacts/contact-imports.service';
import { contactImportsRoutes } from './contacts/contact-imports.routes';
import { createContactPicturesService } from './contacts/contact-pictures.service';
import { contactPicturesRoutes } from './contacts/contact-pictures.routes';
import { createContactsService } from './contacts/contacts.service';
import { contactsRoutes } from './contacts/contacts.routes';
import { contactSyncsRoutes } from './contacts/contact-syncs.routes';
import { originalsRoutes } from './contacts/originals.routes';
import { createOriginalsService } from './contacts/originals.service';
import { syncHistoryRoutes } from './contacts/sync-history.routes';
import { createSyncHistoryService } from './contacts/sync-history.service';
import { createSyncService } from './contacts/sync.service';
import { createLeftImports } from './contacts/left-imports';
import { measureSyncs } from './measure';
import type { PictureScaler } from './pictures/scale-picture';
import type { BackgroundWork } from './database/background-work';
import type { Database } from './database/database';
import { commonWork } from './database/instances';
import type { Instances } from './database/instances';
import type { BoundRoute } from './http/binding';
import type { Metrics } from './metrics/metrics';

/** What the contacts need of the others. */
interface ContactsWiring {
  readonly database: Database;
  readonly work: BackgroundWork;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly rules: Parameters<typeof createContactsService>[0]['rules'];
  readonly dialPlanOfUser: (userId: string) => Promise<DialPlan>;
  readonly publish: (audience: Audience, event: LiveEvent) => void;
  readonly scaler: PictureScaler;
  readonly colleaguePicture: (userId: string, hash: string) => Promise<Uint8Array | undefined>;
  readonly metrics: Metrics | undefined;
  readonly logger: Logger;
  readonly instances: Instances;
}

/** Wires the capability; `contacts` and `syncs` are what others build on. */
export function wireContacts({ metrics, instances, ...deps }: ContactsWiring) {
  const contacts = createContactsService(deps);
  const syncs = measureSyncs(createSyncService(deps), metrics);
  const imports = createContactImportsService(deps);
  const routes: BoundRoute[] = [
    ...contactsRoutes(contacts),
    ...contactImportsRoutes(imports, createContactExportService(deps)),
    ...contactPicturesRoutes(createContactPicturesService(deps)),
    ...contactSyncsRoutes(syncs),
    ...syncHistoryRoutes(createSyncHistoryService(deps)),
    ...originalsRoutes(createOriginalsService(deps)),
  ];
  const leftImports = createLeftImports({
    ...deps,
    alone: !instances.several,
    every(ms, callback) {
      const timer = setInterval(() => {
        if (instances.owns(commonWork)) callback();
      }, ms).unref();
      return () => clearInterval(timer);
    },
  });
  return { contacts, syncs, leftImports, routes };
}
