/**
 * Keeps the journals up to date with the call records of each site: when there is news, at start, and every minute in case
 * a wake-up was lost. One reader per site, in order. What cannot be read is tried again, later each time; the log says
 * once that it cannot, and once that it can again.
 */
import type { Logger } from 'pino';
import type { Timers } from '../telephone-system/timers';
import type { CallRecord, CallRecordsSource } from './call-records';

/** Records that are asked for at once. */
export const recordsPerRead = 500;
/** Milliseconds until records are asked for although nothing was told. */
export const safetyNetMs = 60_000;
/** Milliseconds after the first failure; twice as long after each further one, up to {@link safetyNetMs}. */
export const firstRetryMs = 1000;

export interface RecordReaderDeps {
  readonly source: CallRecordsSource;
  /** Where to go on at a site. */
  cursorOf(siteId: string): Promise<string | undefined>;
  /** Takes records and the place behind them. */
  take(siteId: string, records: readonly CallRecord[], cursor: string): Promise<void>;
  readonly timers: Timers;
  readonly logger: Logger;
}

export interface RecordReader {
  start(): void;
  /** Reads what a site has. A call while it is being read leads to one more look. */
  wake(siteId: string): void;
  /** Ends after the batches that are being taken. */
  stop(): Promise<void>;
}

interface Reading {
  running: Promise<void> | undefined;
  again: boolean;
  failures: number;
  cancelTimer: () => void;
}

export function createRecordReader(deps: RecordReaderDeps): RecordReader {
  const { source, timers, logger } = deps;
  const sites = new Map<string, Reading>();
  let unsubscribe: (() => void) | undefined;
  let stopped = false;

  /** Others ask for one more look while one is under way. */
  const wasAskedAgain = (reading: Reading): boolean => reading.again;

  async function readAll(siteId: string): Promise<void> {
    let cursor = await deps.cursorOf(siteId);
    for (;;) {
      // A site whose records another instance reads by now is left alone.
      if (stopped || !source.sites().includes(siteId)) return;
      const page = await source.read(siteId, cursor, recordsPerRead);
      if (page.records.length > 0 || page.cursor !== cursor) await deps.take(siteId, page.records, page.cursor);
      // A source that promises more and gives nothing would keep us here for ever.
      if (!page.more || page.cursor === cursor) return;
      cursor = page.cursor;
    }
  }

  async function run(siteId: string, reading: Reading): Promise<void> {
    reading.cancelTimer();
    do {
      reading.again = false;
      try {
        await readAll(siteId);
        if (reading.failures > 0) logger.info({ site: siteId }, 'call records can be read again');
        reading.failures = 0;
      } catch (error) {
        if (reading.failures === 0) {
          logger.warn({ err: error, site: siteId }, 'call records cannot be read just now; it is tried again');
        }
        reading.failures += 1;
      }
    } while (wasAskedAgain(reading) && reading.failures === 0 && !stopped);
    reading.running = undefined;
    if (stopped) return;
    const wait =
      reading.failures === 0
        ? safetyNetMs
        : Math.min(safetyNetMs, firstRetryMs * 2 ** Math.min(reading.failures - 1, 10));
    reading.cancelTimer = timers.after(wait, () => wake(siteId));
  }

  function wake(siteId: string): void {
    if (stopped) return;
    const reading = sites.get(siteId) ?? { running: undefined, again: false, failures: 0, cancelTimer: () => {} };
    sites.set(siteId, reading);
    if (reading.running === undefined) reading.running = run(siteId, reading);
    else reading.again = true;
  }

  return {
    start() {
      unsubscribe = source.onNews(wake);
      for (const siteId of source.sites()) wake(siteId);
    },
    wake,
    async stop() {
      stopped = true;
      unsubscribe?.();
      for (const reading of sites.values()) reading.cancelTimer();
      await Promise.all([...sites.values()].flatMap((reading) => reading.running ?? []));
    },
  };
}
