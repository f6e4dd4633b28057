/** Entry of the worker thread: the jobs of the capabilities, on a database connection of its own. */
import { randomUUID } from 'node:crypto';
import { MessagePort, parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod/mini';
import type { DialPlan } from '../shared/dial-plan';
import { createNumberRules } from '../shared/phone-number';
import { createImportUsersHandler, createImportingPeople } from './accounts/import/import-users-job';
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
const readNumbers = {
  read: (raw: string, plan: DialPlan) => rules.readNumber(raw, plan),
  version: (plan: DialPlan) => rules.rulesVersion(plan),
};
const contactJobs = createContactJobs({ database, rules: readNumbers, newId: () => randomUUID() });
const importUsers = createImportUsersHandler(createImportingPeople(database, readNumbers));
serveJobs(parentPort, [...contactJobs, importUsers, createCompactHandler(database)], () => database.destroy());
