/** Entry of the worker thread: the jobs of the capabilities, on a database connection of its own. */
import { randomUUID } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod/mini';
import { createNumberRules } from '../shared/phone-number';
import { createContactJobs } from './contacts/contact-jobs';
import { createCompactHandler } from './database/compact-job';
import { openDatabase } from './database/database';
import { serveJobs } from './database/worker';
import { numberLibrary } from './numbers/number-library';

const { databaseFile } = z.parse(z.object({ databaseFile: z.string() }), workerData);
if (parentPort === null) throw new Error('The worker is started by the service, not by hand');

const database = openDatabase(databaseFile);
const rules = createNumberRules(numberLibrary);
const contactJobs = createContactJobs({
  database,
  rules: { read: (raw, plan) => rules.readNumber(raw, plan), version: (plan) => rules.rulesVersion(plan) },
  newId: () => randomUUID(),
});
serveJobs(parentPort, [...contactJobs, createCompactHandler(database)], () => database.destroy());
