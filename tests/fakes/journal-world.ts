/** The journal wired for tests: a clock that stands until it is moved, call records that a test adds, events that are kept. */
import { randomUUID } from 'node:crypto';
import type { DirectoryItem } from '../../shared/directory';
import type { LiveEvent } from '../../shared/events';
import { createNumberRules } from '../../shared/phone-number';
import type { Database } from '../../sync-service/database/database';
import { createEventBus } from '../../sync-service/events/event-bus';
import type { CallRecord } from '../../sync-service/journal/call-records';
import { createJournalService } from '../../sync-service/journal/journal.service';
import { createLogger } from '../../sync-service/logger';
import { numberLibrary } from '../../sync-service/numbers/number-library';
import type { Timers } from '../../sync-service/telephone-system/timers';
import { munich } from '../fixtures/dial-plans';

/** Milliseconds since 1970 at which every test begins: 2026-03-02T08:00:00Z. */
export const journalBeginning = Date.UTC(2026, 2, 2, 8);

/** A record of an incoming call that nobody answered, from a minute after the beginning. */
export function callRecord(changes: Partial<CallRecord> = {}): CallRecord {
  const id = randomUUID();
  const startedAt = changes.startedAt ?? journalBeginning + 60_000;
  const answered = changes.result === 'answered';
  return {
    id,
    callId: `call-${id}`,
    device: 'PJSIP/330',
    direction: 'incoming',
    party: { number: '+491713920012' },
    result: 'not-answered',
    ...(answered ? { connectedAt: startedAt + 5000 } : { reason: 'no-answer' as const }),
    startedAt,
    endedAt: startedAt + (answered ? 65_000 : 20_000),
    ...changes,
  };
}

/** Timers that run when the clock is moved. */
export function createStandingClock(start = journalBeginning) {
  let time = start;
  let waiting: { at: number; callBack: () => void }[] = [];
  const timers: Timers = {
    now: () => time,
    after(milliseconds, callBack) {
      const entry = { at: time + milliseconds, callBack };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
  };
  return {
    timers,
    now: () => time,
    /** Lets time pass, timer by timer; the work that each one begins has its turn. */
    async pass(milliseconds: number): Promise<void> {
      const end = time + milliseconds;
      await settle();
      for (;;) {
        const next = waiting.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
        if (next === undefined) break;
        waiting = waiting.filter((entry) => entry !== next);
        time = Math.max(time, next.at);
        next.callBack();
        await settle();
      }
      time = end;
    },
  };
}

/** Lets work that waits for the database in this process come to its end. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Adds a site of Munich and users whose phones are `PJSIP/330`, `PJSIP/331` … in their order. */
export async function addJournalUsers(database: Database, siteId: string, userIds: readonly string[]) {
  await database
    .insertInto('sites')
    .values({
      id: siteId,
      name: siteId,
      time_zone: 'Europe/Berlin',
      dial_plan: JSON.stringify(munich),
      telephone_system: null,
    })
    .onConflict((oc) => oc.column('id').doNothing())
    .execute();
  for (const id of userIds) {
    await database
      .insertInto('users')
      .values({
        id,
        site_id: siteId,
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
      .onConflict((oc) => oc.column('id').doNothing())
      .execute();
  }
}

export interface JournalWorldOptions {
  readonly siteId: string;
  readonly userIds: readonly string[];
  readonly clock: ReturnType<typeof createStandingClock>;
  readonly records: CallRecord[];
  /** Random ids where absent. */
  readonly newId?: () => string;
}

/** 120 calls with two sides each, told one after the other: in two processes the same. */
export function journalCrashRecords(): CallRecord[] {
  return Array.from({ length: 240 }, (_, n) => ({
    ...callRecord({ startedAt: journalBeginning + n, result: n < 120 ? 'not-answered' : 'answered' }),
    id: `record-${n}`,
    callId: `call-${n % 120}`,
  }));
}

/** A service over the database; making another one on the same records is a restart. */
export function createJournalWorld(database: Database, options: JournalWorldOptions) {
  const { siteId, userIds, clock, records } = options;
  const bus = createEventBus();
  const events: { user: string; event: LiveEvent }[] = [];
  bus.subscribe(({ audience, event }) => events.push({ user: 'user' in audience ? audience.user : '', event }));
  const log: string[] = [];
  const listeners = new Set<(siteId: string) => void>();
  const state = {
    readFails: false,
    retentionDays: 180,
    joinedAt: '2026-01-01T00:00:00.000Z' as string | undefined,
    reads: 0,
    questions: 0,
    directory: new Map<string, DirectoryItem>(),
  };
  const service = createJournalService({
    database,
    records: {
      sites: () => [siteId],
      read(_site, cursor, limit) {
        state.reads += 1;
        if (state.readFails) return Promise.reject(new Error('The file cannot be read'));
        const from = Number(cursor ?? '0');
        const page = records.slice(from, from + limit);
        const end = from + page.length;
        return Promise.resolve({ records: page, cursor: String(end), more: end < records.length });
      },
      ownerOf(_site, address) {
        const userId = userIds[Number(address.replace(/\D/g, '')) - 330];
        return userId === undefined ? undefined : { userId };
      },
      onNews(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    names: {
      identifyMany(_user, numbers) {
        state.questions += 1;
        return Promise.resolve(
          numbers.map(({ e164, extension }) => state.directory.get(e164 ?? extension ?? '') ?? null),
        );
      },
    },
    numbers: createNumberRules(numberLibrary),
    dialPlanOf: () => Promise.resolve(munich),
    joinedAt: () => Promise.resolve(state.joinedAt),
    retentionDaysOf: () => Promise.resolve(state.retentionDays),
    newId: options.newId ?? randomUUID,
    events: bus,
    logger: createLogger('debug', { write: (line: string) => void log.push(line) }),
    timers: clock.timers,
  });
  return {
    service,
    state,
    events,
    log,
    /** Says that there are new records and waits until they are in the journal and told. */
    async news(...told: CallRecord[]): Promise<void> {
      records.push(...told);
      for (const listener of listeners) listener(siteId);
      await settle();
      await clock.pass(30);
    },
  };
}
