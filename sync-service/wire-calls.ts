/** Wires calls and the journal to the telephone systems, and to the directories that know the callers. */
import type { Logger } from 'pino';
import type { DialPlan } from '../shared/dial-plan';
import type { createNumberRules } from '../shared/phone-number';
import type { People } from './accounts/people';
import { createCallRequestStore } from './calls/call-request-store';
import { createCallsService } from './calls/calls.service';
import type { Database } from './database/database';
import type { Instances } from './database/instances';
import type { DirectoryService } from './directory/directory.service';
import type { EventBus } from './events/event-bus';
import { createJournalService } from './journal/journal.service';
import { isPremiumRate } from './numbers/premium-rate';
import type { TelephoneSystem } from './telephone-system/telephone-system';
import { ownedRecords } from './wire-instances';
import { listDevices } from './wire-telephone-systems';

/** A reminder that an instance has set which is gone is told by another one within so many milliseconds. */
const sharedReminderWaitMs = 10_000;

export function wireCalls(deps: {
  readonly database: Database;
  readonly people: People;
  /** By site. */
  readonly systems: ReadonlyMap<string, TelephoneSystem>;
  readonly directory: DirectoryService;
  readonly numbers: ReturnType<typeof createNumberRules>;
  readonly dialPlanOf: (siteId: string) => Promise<DialPlan>;
  readonly events: EventBus;
  readonly instances: Instances;
  readonly newId: () => string;
  /** Its telephones are no real ones: emergency numbers are refused. */
  readonly demo: boolean;
  readonly logger: Logger;
}) {
  const { database, people, systems, directory, numbers, dialPlanOf, events, instances, newId, logger } = deps;
  const calls = createCallsService({
    systems,
    devices: { list: () => listDevices(people) },
    callers: { identify: (viewer, number) => directory.identify(viewer, number) },
    numbers,
    dialRules: {
      isExtensionKnown: async (siteId, extension) => (await systems.get(siteId)?.reaches(extension)) ?? true,
      isPremiumRate,
      demo: deps.demo,
    },
    dialWays: {
      async wayOf(userId) {
        const profile = await people.accounts.profileOf(userId);
        return {
          mode: profile?.settings.dialMode ?? 'office-phone',
          mobility: profile?.mayCallBack === true,
          mobileNumber: profile?.details.mobileNumber,
        };
      },
    },
    dialPlanOf,
    events,
    ...(instances.several && { requestStore: createCallRequestStore(database) }),
    logger,
  });
  const journal = createJournalService({
    database,
    records: ownedRecords(calls.records, instances),
    ...(instances.several && {
      longestReminderWaitMs: sharedReminderWaitMs,
      isStillOurs: (db, siteId) => instances.holds(db, siteId),
    }),
    names: {
      identifyMany: ({ userId, siteId }, readings) => directory.identifyMany({ userId, siteId }, readings),
    },
    numbers,
    dialPlanOf,
    joinedAt: (userId) => people.users.joinedAt(userId),
    retentionDaysOf: (siteId) => people.sites.journalDaysOf(siteId),
    newId,
    events,
    logger,
  });
  return { calls, journal };
}
