/** The capability's background work: what is handed over to it and what comes back. */
import * as z from 'zod/mini';
import { syncResultSchema } from '../../shared/contact-sync';
import { dialPlanSchema } from '../../shared/dial-plan';
import { defineJob, handleJob } from '../database/background-work';
import type { JobHandler } from '../database/background-work';
import type { ApplyFileDeps } from './apply-file';
import { commitSync } from './commit-sync';
import { removeImported } from './contact-store';
import { createImportFileHandler } from './import-file-job';
import { createPersonalIndexHandler } from './personal-index-job';
import { renormalisePortion } from './renormalise';
import { removeAccounts } from './source-account-store';
import { takeBackImport } from './take-back-import';
import { undoSync } from './undo-sync';

/** {@link commitSync} */
export const commitSyncJob = defineJob(
  'contacts.commit-sync',
  z.object({
    userId: z.string(),
    syncId: z.string(),
    dialPlan: dialPlanSchema,
    preview: z.boolean(),
    confirm: z.optional(z.string()),
    batches: z.optional(z.number()),
    now: z.date(),
  }),
  z.object({
    generation: z.number(),
    result: syncResultSchema,
    planHash: z.optional(z.string()),
    changed: z.boolean(),
  }),
);

/** {@link undoSync} */
export const undoSyncJob = defineJob(
  'contacts.undo-sync',
  z.object({ userId: z.string(), historyId: z.string(), dialPlan: dialPlanSchema, now: z.date() }),
  z.object({ restored: z.number(), leftAlone: z.number() }),
);

/** Deletes every import of a user, with origins, marks and states (SYN-8). */
export const removeImportedJob = defineJob(
  'contacts.remove-imported',
  z.object({ userId: z.string() }),
  z.object({ removed: z.number() }),
);

/** {@link renormalisePortion} */
export const renormaliseJob = defineJob(
  'contacts.renormalise',
  z.object({ userId: z.string(), dialPlan: dialPlanSchema, limit: z.number(), afterId: z.string() }),
  z.object({
    contacts: z.number(),
    changed: z.number(),
    nowReadable: z.number(),
    nowUnreadable: z.number(),
    nextAfterId: z.optional(z.string()),
  }),
);

/** {@link takeBackImport} */
export const takeBackImportJob = defineJob(
  'contacts.take-back-import',
  z.object({ userId: z.string(), historyId: z.string(), dialPlan: dialPlanSchema, now: z.date() }),
  z.object({}),
);

/** The handlers, for the worker or for inline work. */
export function createContactJobs(deps: ApplyFileDeps): JobHandler[] {
  return [
    createImportFileHandler(deps),
    createPersonalIndexHandler(deps.database),
    handleJob(commitSyncJob, (request) => commitSync(deps, request)),
    handleJob(takeBackImportJob, async (request) => {
      await takeBackImport(deps, request);
      return {};
    }),
    handleJob(undoSyncJob, (request) => undoSync(deps, request)),
    handleJob(removeImportedJob, ({ userId }) =>
      deps.database.transaction().execute(async (db) => {
        const removed = await removeImported(db, userId);
        await removeAccounts(db, userId);
        return { removed };
      }),
    ),
    handleJob(renormaliseJob, (request) => renormalisePortion(deps, request)),
  ];
}
