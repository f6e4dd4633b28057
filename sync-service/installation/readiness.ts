/** Whether the installation can do its work just now, and if not, what is missing. */
import type { Logger } from 'pino';

/** What may be missing: the database does not answer, or the service is being stopped. */
export type Missing = 'database' | 'stopping';

export interface Readiness {
  missing(): Promise<readonly Missing[]>;
  /** From now on it is not ready: whoever shares out requests sends no more. */
  stop(): void;
}

/** Milliseconds within which the database has to answer. */
const defaultPatienceMs = 2000;

/** `askDatabase` rejects, or does not answer, when the database cannot be used. */
export function createReadiness(
  askDatabase: () => Promise<unknown>,
  logger: Logger,
  patienceMs = defaultPatienceMs,
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
      return missing;
    },
    stop() {
      stopping = true;
    },
  };
}
