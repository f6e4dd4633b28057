/**
 * Reminders (JRN-2): one timer for the next one of all users. Each is told once; those that came due while the service
 * was away are told at start. It is noted as told first: a crash in between leaves it in the folder of overdue ones
 * without a word, which is better than one that is told at every start.
 */
import type { Logger } from 'pino';
import type { Database } from '../database/database';
import type { Timers } from '../telephone-system/timers';
import { nextReminder, takeDueReminders } from './journal-store';
import type { KeptEntry } from './journal-row';

/** Milliseconds that a timer runs at most: a clock that was set is noticed by then. */
const longestWaitMs = 3_600_000;
/** Milliseconds until it is tried again after the database could not be used. */
const retryMs = 5000;

export interface RemindersDeps {
  readonly database: Database;
  readonly timers: Timers;
  readonly logger: Logger;
  /** Milliseconds until it is looked again at the latest; an hour where absent. */
  readonly longestWaitMs?: number;
  /** Tells the user of an entry that is due. */
  tell(entry: KeptEntry): Promise<void>;
}

export interface Reminders {
  /** Tells what is due and waits for the next; call it whenever a reminder was set. */
  look(): void;
  stop(): Promise<void>;
}

export function createReminders(deps: RemindersDeps): Reminders {
  const { database, timers, logger } = deps;
  const longestWait = deps.longestWaitMs ?? longestWaitMs;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let cancelTimer = (): void => {};

  async function tellOne(entry: KeptEntry): Promise<void> {
    try {
      await deps.tell(entry);
    } catch (error) {
      logger.warn({ err: error }, 'a reminder could not be told; it stands among the overdue ones');
    }
  }

  /** Tells what is due and returns the milliseconds until there is more. */
  async function tellDue(): Promise<number> {
    for (;;) {
      const now = new Date(timers.now()).toISOString();
      const due = await database.transaction().execute((db) => takeDueReminders(db, now));
      for (const entry of due) await tellOne(entry);
      if (due.length > 0) continue;
      const next = await nextReminder(database);
      return next === undefined ? longestWait : Math.min(longestWait, Date.parse(next) - timers.now());
    }
  }

  async function run(): Promise<void> {
    cancelTimer();
    let wait = retryMs;
    do {
      again = false;
      try {
        wait = await tellDue();
      } catch (error) {
        logger.warn({ err: error }, 'reminders could not be looked for; it is tried again');
        wait = retryMs;
      }
    } while (wasAskedAgain() && !stopped);
    running = undefined;
    if (!stopped) cancelTimer = timers.after(Math.max(0, wait), look);
  }

  /** Others ask while a look is under way. */
  const wasAskedAgain = (): boolean => again;

  function look(): void {
    if (stopped) return;
    if (running === undefined) running = run();
    else again = true;
  }

  return {
    look,
    async stop() {
      stopped = true;
      cancelTimer();
      await running;
    },
  };
}
