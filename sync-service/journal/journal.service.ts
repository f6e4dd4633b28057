/**
 * The journal (JRN-1 to JRN-4): call records become entries of their users, also for the time the service was away; what
 * users make of them; reminders; and how long entries are kept.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { CallParty } from '../../shared/call';
import type { JournalCounts, JournalEntry, JournalFolder } from '../../shared/journal';
import type { Connection, Database } from '../database/database';
import type { EventBus } from '../events/event-bus';
import { systemTimers } from '../telephone-system/timers';
import type { Timers } from '../telephone-system/timers';
import type { CallRecord, CallRecordsSource, JournalUser } from './call-records';
import { describeEntries, describeOthers } from './describe-entries';
import type { DescribeDeps } from './describe-entries';
import { readPlace, writePlace } from './journal-cursor';
import { cursorOf, putCalls, saveCursor } from './journal-record-store';
import type { UserCall } from './journal-record-store';
import type { KeptEntry } from './journal-row';
import * as store from './journal-store';
import * as errors from './journal.errors';
import { readRecord } from './merge-record';
import { partyKeyOf, readParty } from './party-key';
import { createRecordReader } from './read-call-records';
import { createReminders } from './reminders';
import { createRetention, dayMs } from './retention';

export interface JournalServiceDeps extends DescribeDeps {
  readonly database: Database;
  readonly records: CallRecordsSource;
  /** When the user was added, ISO 8601 UTC; undefined: he is not there any more. Earlier calls of his phone are not his. */
  joinedAt(userId: string): Promise<string | undefined>;
  /** Days that entries of a site are kept. */
  retentionDaysOf(siteId: string): Promise<number>;
  /** Whether another process may have taken over meanwhile what is written of a site's calls; asked inside of the transaction. */
  isStillOurs?(db: Connection, siteId: string): Promise<boolean>;
  newId(): string;
  readonly events: EventBus;
  readonly logger: Logger;
  /** Milliseconds after which reminders are looked at again, where other processes set some as well. */
  readonly longestReminderWaitMs?: number;
  /** The machine's clock where absent. */
  readonly timers?: Timers;
}

export interface JournalPage {
  readonly items: JournalEntry[];
  readonly nextCursor?: string;
  readonly counts: JournalCounts;
}

/** What a user changes at an entry; what is undefined stays. */
export interface JournalChange {
  readonly done?: boolean | undefined;
  readonly note?: string | null | undefined;
  /** ISO 8601 with zone. */
  readonly remindAt?: string | null | undefined;
}

export interface JournalService {
  /** Reads what has happened meanwhile, tells what has come due, and goes on with both. Returns at once. */
  start(): void;
  /** Ends after what is being written. */
  stop(): Promise<void>;
  /** The journal of a user, for the snapshot that a client starts from. */
  forUser(userId: string): { counts(): Promise<JournalCounts> };
  /** One entry; undefined when it is not there. */
  find(user: JournalUser, id: string): Promise<JournalEntry | undefined>;
  /** @throws ServiceError `request-invalid` for a cursor that is none. */
  list(
    user: JournalUser,
    page: { readonly folder: JournalFolder; readonly cursor?: string | undefined; readonly limit?: number | undefined },
  ): Promise<JournalPage>;
  /** @throws ServiceError `not-found`; `request-invalid` for a reminder more than a year ahead. */
  change(user: JournalUser, id: string, change: JournalChange): Promise<JournalEntry>;
  /** @throws ServiceError `not-found`. */
  remove(user: JournalUser, id: string): Promise<void>;
  /** Deletes entries of calls that began before a time (ISO 8601 with zone). */
  removeBefore(user: JournalUser, before: string): Promise<{ deleted: number }>;
  /** Missed calls that began until then are not new any more. */
  markSeen(user: JournalUser, until: string): Promise<JournalCounts>;
  /** Who was dialled last: at most ten, each once, newest first. */
  redial(user: JournalUser): Promise<CallParty[]>;
}

const defaultPage = 50;
const redialLength = 10;
/** Outgoing calls that are looked through for the redial list. */
const redialDepth = 1000;
/** Call records that are put in one transaction: more would hold up others. */
const recordsPerTransaction = 50;
/** Milliseconds in which changes of one journal become one event. */
const coalesceMs = 20;

export function createJournalService(deps: JournalServiceDeps): JournalService {
  const { database, records, events, logger } = deps;
  const timers = deps.timers ?? systemTimers;
  const now = (): string => new Date(timers.now()).toISOString();
  const inTransaction = <T>(act: (db: Connection) => Promise<T>): Promise<T> => database.transaction().execute(act);
  const counts = (userId: string): Promise<JournalCounts> => store.countEntries(database, userId, now());

  const changedUsers = new Set<string>();
  let cancelTelling = (): void => {};
  function changed(userIds: Iterable<string>): void {
    const waiting = changedUsers.size > 0;
    for (const userId of userIds) changedUsers.add(userId);
    if (!waiting && changedUsers.size > 0) cancelTelling = timers.after(coalesceMs, () => void tellCounts());
  }
  async function tellCounts(): Promise<void> {
    const userIds = [...changedUsers];
    changedUsers.clear();
    for (const userId of userIds) {
      try {
        events.publish({ user: userId }, { type: 'journal', counts: await counts(userId) });
      } catch (error) {
        logger.warn({ err: error }, 'a change of a journal could not be told');
      }
    }
  }

  const retention = createRetention({
    database,
    sites: () => records.sites(),
    retentionDaysOf: (siteId) => deps.retentionDaysOf(siteId),
    changed,
    timers,
    logger,
  });
  const reminders = createReminders({
    database,
    timers,
    logger,
    ...(deps.longestReminderWaitMs !== undefined && { longestWaitMs: deps.longestReminderWaitMs }),
    async tell(entry) {
      changed([entry.userId]);
      events.publish({ user: entry.userId }, { type: 'reminder', entry: await described(entry) });
    },
  });
  const reader = createRecordReader({
    source: records,
    cursorOf: (siteId) => cursorOf(database, siteId),
    take: takeRecords,
    timers,
    logger,
  });

  async function described(entry: KeptEntry): Promise<JournalEntry> {
    const [item] = await describeEntries(deps, entry, [entry]);
    if (item === undefined) throw errors.entryNotFound();
    return item;
  }

  async function takeRecords(siteId: string, told: readonly CallRecord[], cursor: string): Promise<void> {
    const calls = await callsOf(siteId, told);
    for (let at = 0; at === 0 || at < calls.length; at += recordsPerTransaction) {
      const portion = calls.slice(at, at + recordsPerTransaction);
      const isLast = at + recordsPerTransaction >= calls.length;
      const users = await inTransaction(async (db) => {
        if ((await deps.isStillOurs?.(db, siteId)) === false) throw new Error('Another instance does this work now.');
        const touched = await putCalls(db, siteId, portion, () => deps.newId());
        // Behind a crash the portions before are told once more, which changes nothing.
        if (isLast) await saveCursor(db, siteId, cursor);
        return touched;
      });
      changed(users);
      await nextTurn();
    }
  }

  /** The records that belong into somebody's journal. */
  async function callsOf(siteId: string, told: readonly CallRecord[]): Promise<UserCall[]> {
    const plan = await deps.dialPlanOf(siteId);
    const cutoff = await retention.cutoffOf(siteId);
    const joined = new Map<string, string | undefined>();
    const calls: UserCall[] = [];
    for (const record of told) {
      const userId = records.ownerOf(siteId, record.device)?.userId;
      if (userId === undefined) continue;
      if (!joined.has(userId)) joined.set(userId, await deps.joinedAt(userId));
      const since = joined.get(userId);
      const reading = readParty(deps.numbers, plan, record.direction, record.party);
      const call = readRecord(record, partyKeyOf(reading, plan));
      if (call === undefined) logger.warn({ site: siteId }, 'a call record has no ids or impossible times; left out');
      // Whoever gets a phone after somebody inherits no journal.
      else if (since !== undefined && call.endedAt >= since && call.startedAt >= cutoff) calls.push({ userId, call });
    }
    return calls;
  }

  return {
    start() {
      reader.start();
      reminders.look();
      retention.start();
    },
    async stop() {
      await Promise.all([reader.stop(), reminders.stop(), retention.stop()]);
      cancelTelling();
    },
    forUser: (userId) => ({ counts: () => counts(userId) }),

    async find(user, id) {
      const entry = await store.findEntry(database, user.userId, id);
      return entry === undefined ? undefined : described(entry);
    },

    async list(user, { folder, cursor, limit = defaultPage }) {
      const after = cursor === undefined ? undefined : readPlace(cursor);
      const rows = await store.listEntries(database, user.userId, folder, now(), limit + 1, after);
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: await describeEntries(deps, user, shown),
        ...(rows.length > limit && last !== undefined ? { nextCursor: writePlace(last) } : {}),
        counts: await counts(user.userId),
      };
    },

    async change(user, id, { done, note, remindAt }) {
      const change = {
        open: done === undefined ? undefined : !done,
        note: typeof note === 'string' ? tidyNote(note) : note,
        remindAt: typeof remindAt === 'string' ? checkedReminder(remindAt, timers.now()) : remindAt,
      };
      const entry = await inTransaction(async (db) => {
        await store.changeEntry(db, user.userId, id, change);
        return store.findEntry(db, user.userId, id);
      });
      if (entry === undefined) throw errors.entryNotFound();
      changed([user.userId]);
      if (remindAt !== undefined) reminders.look();
      return described(entry);
    },

    async remove(user, id) {
      const removed = await inTransaction((db) => store.removeEntry(db, user.userId, id));
      if (!removed) throw errors.entryNotFound();
      changed([user.userId]);
    },

    async removeBefore(user, before) {
      const time = new Date(before).toISOString();
      const deleted = await inPortions(() => inTransaction((db) => store.removePortionBefore(db, user.userId, time)));
      if (deleted > 0) changed([user.userId]);
      return { deleted };
    },

    async markSeen(user, until) {
      const time = new Date(until).toISOString();
      const seen = await inPortions(() => store.seePortion(database, user.userId, time));
      if (seen > 0) changed([user.userId]);
      return counts(user.userId);
    },

    async redial(user) {
      const dialled = new Map<string, KeptEntry>();
      let after: store.JournalPlace | undefined;
      const step = redialDepth / 10;
      for (let read = 0; read < redialDepth && dialled.size < redialLength; read += step) {
        const entries = await store.listDialled(database, user.userId, step, after);
        for (const entry of entries) {
          const { partyKey } = entry.call;
          if (partyKey !== undefined && !dialled.has(partyKey)) dialled.set(partyKey, entry);
        }
        const last = entries.at(-1);
        if (last === undefined || entries.length < step) break;
        after = { startedAt: last.call.startedAt, id: last.id };
      }
      return describeOthers(deps, user, [...dialled.values()].slice(0, redialLength));
    },
  };
}

/** Repeats work in portions until one finds nothing; others get their turn in between. Returns the sum. */
async function inPortions(work: () => Promise<number>): Promise<number> {
  let sum = 0;
  for (;;) {
    const done = await work();
    if (done === 0) return sum;
    sum += done;
    await nextTurn();
  }
}

/** Without control characters besides the line feed; null when nothing is left. */
function tidyNote(note: string): string | null {
  const tidy = note
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]|\p{Cs}/gu, '')
    .trim();
  return tidy === '' ? null : tidy;
}

/** The time as ISO 8601 UTC, at most a year ahead. */
function checkedReminder(remindAt: string, now: number): string {
  const latest = now + 366 * dayMs;
  if (Date.parse(remindAt) > latest) throw errors.reminderTooLate(new Date(latest).toISOString());
  return new Date(remindAt).toISOString();
}
