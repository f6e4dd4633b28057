/** Reading a directory into memory as background work: a hundred thousand entries take seconds. */
import * as z from 'zod/mini';
import { defineJob, handleLongJob } from '../database/background-work';
import type { JobHandler } from '../database/background-work';
import type { Database } from '../database/database';
import { entryIndexSchema } from './entry-index';
import { readEntryIndex } from './entry-index-store';
import type { NumberRules } from './people-model';

/** {@link readEntryIndex} */
export const entryIndexJob = defineJob(
  'people.index-entries',
  z.object({ siteId: z.string(), directory: z.enum(['internal', 'system']) }),
  z.object({ ms: z.number(), data: z.optional(entryIndexSchema) }),
);

export function createEntryIndexHandler(database: Database, rules: NumberRules): JobHandler {
  return handleLongJob(entryIndexJob, async (scope, control) => {
    const startedAt = performance.now();
    const data = await readEntryIndex({ database, rules }, scope, () => control.pause(0, 0));
    return { ms: performance.now() - startedAt, data };
  });
}
