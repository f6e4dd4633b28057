/** Writing the database's file anew as background work: it takes about a second per 100 MB. */
import * as z from 'zod/mini';
import { defineJob, handleJob } from './background-work';
import type { JobHandler } from './background-work';
import { compactDatabase } from './compact';
import type { Database } from './database';

/** {@link compactDatabase} */
export const compactJob = defineJob('database.compact', z.object({}), z.object({}));

export function createCompactHandler(database: Database): JobHandler {
  return handleJob(compactJob, async () => {
    await compactDatabase(database);
    return {};
  });
}
