/** Whether the installation can do its work just now, and if not, what is missing. */
import type { Logger } from 'pino';

/**
 * What may be missing: the database does not answer, its disk is full or can only be read, or the service is being
 * stopped.
 */
export type Missing = 'database' | 'disk-full' | 'disk-read-only' | 'stopping';

export interface Readiness {
  missing(): Promise<readonly Missing[]>;
  /** From now on it is not ready: whoever shares out requests sends no more. */
  stop(): void;
}

/** Milliseconds within which the database has to answer. */
const defaultPatienceMs = 2000;

/**
 * `askDatabase` rejects, or does not answer, when the database cannot be used; `askDisk` says what keeps it from being
 * written to.
 */
export function createReadiness(
  askDatabase: () => Promise<unknown>,
  logger: Logger,
  patienceMs = defaultPatienceMs,
  askDisk: () => Promise<'disk-full' | 'disk-read-only' | undefined> = () => Promise.resolve(undefined),
): Readiness {
  let stopping = false;
  return {
    async missing() {
      const missing: Missing[] = stopping ? ['stopping'] : [];
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs} ms`)), patienceMs);
      });
      try {
        await Promise.race([askDatabase(), late]);
      } catch (error) {
        logger.warn({ err: error }, 'not ready: the database does not answer');
        missing.push('database');
      } finally {
        clearTimeout(timer);
      }
      const disk = await askDisk();
      if (disk !== undefined) {
        logger.warn({ disk }, 'not ready: nothing can be saved');
        missing.push(disk);
      }
      return missing;
    },
    stop() {
      stopping = true;
    },
  };
}
