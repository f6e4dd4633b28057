/** Reading a directory into memory as background work: a hundred thousand entries take seconds. */
import * as z from 'zod/mini';
import { defineJob, handleLongJob } from '../database/background-work';
import type { JobHandler } from '../database/background-work';
import type { Database } from '../database/database';
import { readEntryIndex } from './entry-index-store';

const bytes = z.instanceof<typeof Uint8Array<ArrayBufferLike>>(Uint8Array);
const numbers = z.instanceof<typeof Uint32Array<ArrayBufferLike>>(Uint32Array);
const texts = z.object({ bytes, starts: numbers });

/** {@link readEntryIndex} */
export const entryIndexJob = defineJob(
  'people.index-entries',
  z.object({ siteId: z.string(), directory: z.enum(['internal', 'system']) }),
  z.object({
    /** Absent when something was changed meanwhile. */
    read: z.optional(
      z.object({
        version: z.string(),
        data: z.object({ ids: texts, kinds: bytes, keys: texts, places: numbers, starts: numbers }),
      }),
    ),
  }),
);

export function createEntryIndexHandler(database: Database): JobHandler {
  return handleLongJob(entryIndexJob, async (scope, control) => {
    const read = await readEntryIndex(database, scope, () => control.pause(0, 0));
    return read === undefined ? {} : { read };
  });
}
