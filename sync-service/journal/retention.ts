/** Entries of calls that are older than the site keeps them go, at start and every day, in small portions. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Database } from '../database/database';
import type { Timers } from '../telephone-system/timers';
import { removePortionOfSite } from './journal-store';

/** Days that entries are kept where the site says nothing (DESIGN §10). */
export const defaultRetentionDays = 180;
export const dayMs = 86_400_000;

export interface RetentionDeps {
  readonly database: Database;
  sites(): readonly string[];
  retentionDaysOf(siteId: string): Promise<number>;
  /** Entries of these users went. */
  changed(userIds: readonly string[]): void;
  readonly timers: Timers;
  readonly logger: Logger;
}

export interface Retention {
  /** What began before it is not kept at the site. ISO 8601 UTC. */
  cutoffOf(siteId: string): Promise<string>;
  /** Cleans now and every day. */
  start(): void;
  stop(): Promise<void>;
}

export function createRetention(deps: RetentionDeps): Retention {
  const { database, timers, logger } = deps;
  let stopped = false;
  let running = Promise.resolve();
  let cancelTimer = (): void => {};

  async function cutoffOf(siteId: string): Promise<string> {
    const days = await deps.retentionDaysOf(siteId);
    return new Date(Math.max(0, timers.now() - days * dayMs)).toISOString();
  }

  async function clean(): Promise<void> {
    for (const siteId of deps.sites()) {
      try {
        const cutoff = await cutoffOf(siteId);
        let more = true;
        while (more && !stopped) {
          const portion = await database.transaction().execute((db) => removePortionOfSite(db, siteId, cutoff));
          if (portion.userIds.length > 0) deps.changed(portion.userIds);
          more = portion.more;
          await nextTurn();
        }
      } catch (error) {
        logger.warn({ err: error, site: siteId }, 'old journal entries could not be removed; it is tried tomorrow');
      }
    }
  }

  function start(): void {
    if (stopped) return;
    cancelTimer = timers.after(dayMs, start);
    running = running.then(clean);
  }

  return {
    cutoffOf,
    start,
    async stop() {
      stopped = true;
      cancelTimer();
      await running;
    },
  };
}
