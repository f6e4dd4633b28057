/** Reading a user's contacts into memory as background work: some thousand take more than a pause. */
import * as z from 'zod/mini';
import { defineJob, handleLongJob } from '../database/background-work';
import type { JobHandler } from '../database/background-work';
import type { Database } from '../database/database';
import { personalIndexSchema } from './personal-index';
import { readPersonalIndex } from './personal-index-store';

/** {@link readPersonalIndex} */
export const personalIndexJob = defineJob(
  'contacts.index',
  z.object({ userId: z.string() }),
  z.object({ ms: z.number(), data: z.optional(personalIndexSchema) }),
);

export function createPersonalIndexHandler(database: Database): JobHandler {
  return handleLongJob(personalIndexJob, async ({ userId }, control) => {
    const startedAt = performance.now();
    const data = await readPersonalIndex(database, userId, () => control.pause(0, 0));
    return { ms: performance.now() - startedAt, data };
  });
}
