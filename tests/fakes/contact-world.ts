/** The contacts capability wired for tests: a database, a clock that stands still, growing ids, events that are kept. */
import { randomUUID } from 'node:crypto';
import type { LiveEvent } from '../../shared/events';
import { createNumberRules } from '../../shared/phone-number';
import type { ContactFields } from '../../shared/contact';
import { applyFile } from '../../sync-service/contacts/apply-file';
import type { ApplyFileDeps, FileRequest } from '../../sync-service/contacts/apply-file';
import { createContactImportsService } from '../../sync-service/contacts/contact-imports.service';
import type { ContactImportsService } from '../../sync-service/contacts/contact-imports.service';
import { createContactJobs } from '../../sync-service/contacts/contact-jobs';
import type { NumberRules } from '../../sync-service/contacts/contact-record';
import { createContactsService } from '../../sync-service/contacts/contacts.service';
import type { ContactsService } from '../../sync-service/contacts/contacts.service';
import type { FileOutcome } from '../../sync-service/contacts/plan-file';
import type { FilePictures } from '../../sync-service/contacts/take-pictures';
import { createPersonalDirectory } from '../../sync-service/contacts/personal-directory';
import { createOriginalsService } from '../../sync-service/contacts/originals.service';
import type { OriginalsService } from '../../sync-service/contacts/originals.service';
import { createSyncHistoryService } from '../../sync-service/contacts/sync-history.service';
import type { SyncHistoryService } from '../../sync-service/contacts/sync-history.service';
import { createSyncService } from '../../sync-service/contacts/sync.service';
import type { SyncService } from '../../sync-service/contacts/sync.service';
import { createInlineWork } from '../../sync-service/database/background-work';
import type { BackgroundWork } from '../../sync-service/database/background-work';
import type { Database } from '../../sync-service/database/database';
import type { DirectorySource, Viewer } from '../../sync-service/directory/directory-source';
import { numberLibrary } from '../../sync-service/numbers/number-library';
import { createPictureScaler } from '../../sync-service/pictures/scale-picture';
import { munich } from '../fixtures/dial-plans';

export interface ContactWorld {
  readonly database: Database;
  readonly contacts: ContactsService;
  readonly syncs: SyncService;
  readonly history: SyncHistoryService;
  readonly originals: OriginalsService;
  readonly imports: ContactImportsService;
  readonly directory: DirectorySource;
  readonly work: BackgroundWork;
  /** Who heard of changed contacts, in order. */
  readonly published: { readonly user: string; readonly event: LiveEvent }[];
  /** The rules may be exchanged, as by a new version of the program. */
  rules: NumberRules;
  /** Lets time pass. */
  wait(ms: number): void;
  /** The n-th id that is asked for from now on, counted from 1, breaks the work it is needed for. */
  breakAtId(n: number): void;
  /** Applies the records of a file that was read already, as the import does. */
  applyFile(
    userId: string,
    file: Pick<FileRequest, 'accountKey' | 'name' | 'records'>,
    options: { readonly preview: boolean },
  ): Promise<FileOutcome>;
  /** Adds a user of the site. */
  addUser(id: string): Promise<Viewer>;
}

/** The service's own rules. */
export function realRules(): NumberRules {
  const rules = createNumberRules(numberLibrary);
  return { read: (raw, plan) => rules.readNumber(raw, plan), version: (plan) => rules.rulesVersion(plan) };
}

/** Wires the capability over a migrated database. */
export async function createContactWorld(
  database: Database,
  makeWork: (world: ApplyFileDeps) => BackgroundWork = (deps) => createInlineWork(createContactJobs(deps)),
): Promise<ContactWorld> {
  let time = Date.parse('2026-03-02T08:00:00.000Z');
  // Two worlds may follow each other on one database.
  const series = randomUUID().slice(0, 8);
  let lastId = 0;
  let breakAt = 0;
  const published: ContactWorld['published'] = [];

  const newId = () => {
    breakAt -= 1;
    if (breakAt === 0) throw new Error('Broken on purpose');
    lastId += 1;
    return `${series}-${String(lastId).padStart(8, '0')}`;
  };
  let current = realRules();
  const rules: NumberRules = {
    read: (raw, plan) => current.read(raw, plan),
    version: (plan) => current.version(plan),
  };
  const pictures: FilePictures = createPictureScaler();
  const deps = {
    database,
    rules,
    newId,
    now: () => new Date(time),
    pictures,
    work: makeWork({ database, rules, pictures, newId }),
    dialPlanOfUser: () => Promise.resolve(munich),
    publish: (audience: { user: string } | { everybody: true }, event: LiveEvent) => {
      published.push({ user: 'user' in audience ? audience.user : 'everybody', event });
    },
  };
  await database
    .insertInto('sites')
    .values({
      id: 'site',
      name: 'Site',
      time_zone: 'Europe/Berlin',
      dial_plan: JSON.stringify(munich),
      telephone_system: null,
    })
    .onConflict((oc) => oc.column('id').doNothing())
    .execute();

  return {
    database,
    contacts: createContactsService(deps),
    syncs: createSyncService(deps),
    history: createSyncHistoryService(deps),
    originals: createOriginalsService(deps),
    imports: createContactImportsService(deps),
    directory: createPersonalDirectory(deps),
    work: deps.work,
    published,
    get rules() {
      return current;
    },
    set rules(exchanged) {
      current = exchanged;
    },
    wait: (ms) => {
      time += ms;
    },
    breakAtId: (n) => {
      breakAt = n;
    },
    async applyFile(userId, file, { preview }) {
      const outcome = await applyFile(deps, { userId, ...file, dialPlan: munich, preview, now: deps.now() });
      if (!preview && outcome.added + outcome.changed > 0) deps.publish({ user: userId }, { type: 'contacts' });
      return outcome;
    },
    async addUser(id) {
      await database
        .insertInto('users')
        .values({
          id,
          site_id: 'site',
          user_name: id,
          user_name_key: id,
          display_name: id,
          given_name: null,
          surname: null,
          extension: null,
          email: null,
          role: 'user',
          password_hash: null,
          must_change_password: 0,
          in_directory: 1,
          disabled_at: null,
          settings: '{}',
          created_at: '2026-01-01T00:00:00.000Z',
        })
        .execute();
      return { userId: id, siteId: 'site', dialPlan: munich };
    },
  };
}

/** A contact with what a test cares for. */
export function person(displayName: string, ...numbers: string[]): ContactFields {
  return { displayName, numbers: numbers.map((raw) => ({ kind: 'business', raw })), emails: [] };
}

/** The code of the ServiceError that a call ends with. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'nothing was thrown';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}
