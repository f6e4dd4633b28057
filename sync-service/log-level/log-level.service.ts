/** The level of the service's log while it runs: another one for an hour, then the configured one by itself. */
import type { ChosenLogLevel, LogLevelState } from '../../shared/api/log-level';
import type { Database } from '../database/database';
import { readLogLevelWish, writeLogLevelWish } from './log-level-store';
import type { LogLevelWish } from './log-level-store';

/** Milliseconds for which another level than the configured one is in force. */
export const wishMs = 60 * 60_000;

/** Milliseconds until an instance follows what another process wished. */
const lookEveryMs = 2000;

export interface LogLevels {
  /** The wish that is in force; undefined where the configured level is. */
  wish(): Promise<LogLevelWish | undefined>;
  /** Another level for an hour, or undefined for the configured one; with its line in the audit trail. */
  choose(actor: string, level: ChosenLogLevel | undefined): Promise<LogLevelWish | undefined>;
}

export function createLogLevels(deps: {
  readonly database: Database;
  readonly now: () => Date;
  /** Writes the act into the audit trail. */
  readonly record: (transaction: Database, actor: string, at: Date) => Promise<void>;
}): LogLevels {
  const { database, now } = deps;
  return {
    async wish() {
      const wish = await readLogLevelWish(database);
      return wish !== undefined && Date.parse(wish.until) > now().getTime() ? wish : undefined;
    },
    async choose(actor, level) {
      const at = now();
      const wish = level && { level, until: new Date(at.getTime() + wishMs).toISOString() };
      await database.transaction().execute(async (transaction) => {
        await writeLogLevelWish(transaction, wish);
        await deps.record(transaction, actor, at);
      });
      return wish;
    },
  };
}

/** What is told of it. */
export function logLevelState(configured: string, wish: LogLevelWish | undefined): LogLevelState {
  return wish === undefined ? { level: configured, configured } : { ...wish, configured };
}

/** The part of a log whose level can be changed. */
export interface LevelledLog {
  level: string;
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
}

export interface LogLevelWatch {
  /** Brings the log to the level that is in force now. */
  look(): Promise<void>;
  start(): void;
  stop(): void;
}

/** Follows the wish in this process. A database that is away changes nothing. */
export function createLogLevelWatch(deps: {
  readonly levels: Pick<LogLevels, 'wish'>;
  readonly log: LevelledLog;
  readonly configured: string;
  readonly now: () => Date;
}): LogLevelWatch {
  const { levels, log, configured, now } = deps;
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  let known: LogLevelWish | undefined;

  async function look(): Promise<void> {
    try {
      known = await levels.wish();
    } catch (error) {
      // A level that was raised does not stay so because the database is away.
      if (known !== undefined && Date.parse(known.until) <= now().getTime()) known = undefined;
      log.warn({ err: error }, 'the wished log level could not be read');
    }
    const level = known?.level ?? configured;
    if (level === log.level) return;
    const change = { from: log.level, to: level, until: known?.until };
    // Said at the level that says more, so that it stands in the log either way.
    log.info(change, 'the log level changes');
    log.level = level;
    log.info(change, 'the log level has changed');
  }
  function plan() {
    if (!running) return;
    timer = setTimeout(() => void look().finally(plan), lookEveryMs).unref();
  }
  return {
    look,
    start() {
      running = true;
      plan();
    },
    stop() {
      running = false;
      clearTimeout(timer);
    },
  };
}
