/** Entry of the worker thread: the jobs of the capabilities, on a database connection of its own. */
import { randomUUID } from 'node:crypto';
import { MessagePort, parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod/mini';
import { createNumberRules } from '../shared/phone-number';
import { createContactJobs } from './contacts/contact-jobs';
import { createCompactHandler } from './database/compact-job';
import { openDatabase } from './database/database';
import { serveJobs } from './database/worker';
import { borrowWriteTurns } from './database/write-turns';
import { numberLibrary } from './numbers/number-library';

const dataSchema = z.object({ databaseFile: z.string(), writeTurns: z.instanceof(MessagePort) });
const { databaseFile, writeTurns } = z.parse(dataSchema, workerData);
if (parentPort === null) throw new Error('The worker is started by the service, not by hand');

const database = openDatabase(databaseFile, { turns: borrowWriteTurns(writeTurns) });
const rules = createNumberRules(numberLibrary);
const contactJobs = createContactJobs({
  database,
  rules: { read: (raw, plan) => rules.readNumber(raw, plan), version: (plan) => rules.rulesVersion(plan) },
  newId: () => randomUUID(),
});
serveJobs(parentPort, [...contactJobs, createCompactHandler(database)], () => database.destroy());
