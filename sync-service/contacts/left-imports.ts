/** Takes back imports that nobody works on any more: the process was killed, or the database could not be written. */
import type { Logger } from 'pino';
import type { DialPlan } from '../../shared/dial-plan';
import type { Audience, LiveEvent } from '../../shared/events';
import type { BackgroundWork } from '../database/background-work';
import type { Database } from '../database/database';
import { takeBackImportJob } from './contact-jobs';
import { importLeaseMs, leftImports } from './file-import-store';

export interface LeftImportsDeps {
  readonly database: Database;
  readonly work: BackgroundWork;
  now(): Date;
  dialPlanOfUser(userId: string): Promise<DialPlan>;
  publish(audience: Audience, event: LiveEvent): void;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  /** Whether this is the only process on the database: then none of another is under way when it starts. */
  readonly alone: boolean;
  /** Calls again and again, where this instance does such work. @returns the function that ends it */
  every(ms: number, callback: () => void): () => void;
}

export interface LeftImports {
  /** Takes back what was left, and looks for more from time to time. */
  start(): Promise<void>;
  stop(): void;
}

const lookMs = 60_000;

export function createLeftImports(deps: LeftImportsDeps): LeftImports {
  let end: (() => void) | undefined;

  async function takeBack(before: Date): Promise<void> {
    for (const { id: historyId, userId } of await leftImports(deps.database, before.toISOString())) {
      const dialPlan = await deps.dialPlanOfUser(userId);
      await deps.work.run(takeBackImportJob, { userId, historyId, dialPlan, now: deps.now() });
      deps.publish({ user: userId }, { type: 'contacts' });
      deps.logger.info({ import: historyId }, 'an import of a file that was broken off has been taken back');
    }
  }

  const look = async (before: Date): Promise<void> => {
    try {
      await takeBack(before);
    } catch (error) {
      deps.logger.warn({ err: error }, 'imports of files that were broken off are taken back later');
    }
  };
  const leaseEnd = () => new Date(deps.now().getTime() - importLeaseMs);

  return {
    async start() {
      // All of them, also where the clock was put back since.
      await look(deps.alone ? new Date('9999-01-01T00:00:00.000Z') : leaseEnd());
      end = deps.every(lookMs, () => void look(leaseEnd()));
    },
    stop: () => end?.(),
  };
}
