/** Entry of the worker thread: the jobs of the capabilities, on a database connection of its own. */
import { MessagePort, parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod/mini';
import type { DialPlan } from '../shared/dial-plan';
import { createNumberRules } from '../shared/phone-number';
import { createEntryIndexHandler } from './accounts/entry-index-job';
import { createImportUsersHandler, createImportingPeople } from './accounts/import/import-users-job';
import { createContactJobs } from './contacts/contact-jobs';
import { createCompactHandler } from './database/compact-job';
import { databasePlaceSchema, openPlace } from './database/database';
import { newOrderedId } from './database/ordered-id';
import { serveJobs } from './database/worker';
import { borrowWriteTurns } from './database/write-turns';
import { numberLibrary } from './numbers/number-library';
import { createPictureScaler } from './pictures/scale-picture';

/** A commit of 1,000 contacts touches some 20,000 entries of indexes; SQLite's own 2 MB would read most pages from the file again. */
const cacheKiB = 64 * 1024;

/** The worker is there for what takes long; no one waits for it at a screen. */
const longStatementMs = 10 * 60_000;

const dataSchema = z.object({ place: databasePlaceSchema, writeTurns: z.instanceof(MessagePort) });
const { place, writeTurns } = z.parse(dataSchema, workerData);
if (parentPort === null) throw new Error('The worker is started by the service, not by hand');

const database = openPlace(place, {
  turns: borrowWriteTurns(writeTurns),
  cacheKiB,
  connections: 2,
  statementTimeoutMs: longStatementMs,
});
const rules = createNumberRules(numberLibrary);
const readNumbers = {
  read: (raw: string, plan: DialPlan) => rules.readNumber(raw, plan),
  version: (plan: DialPlan) => rules.rulesVersion(plan),
};
const contactJobs = createContactJobs({
  database,
  rules: readNumbers,
  pictures: createPictureScaler(),
  newId: () => newOrderedId(),
});
const importUsers = createImportUsersHandler(createImportingPeople(database, readNumbers));
const others = [importUsers, createEntryIndexHandler(database, readNumbers), createCompactHandler(database)];
serveJobs(parentPort, [...contactJobs, ...others], () => database.destroy());
