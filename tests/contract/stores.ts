/** What the smaller stores do on any database: the same SQL, the same answers. All suites share one database, which takes its time to start. */
import { afterAll, beforeAll, describe } from 'vitest';
import type { Database } from '../../sync-service/database/database';
import { migrate } from '../../sync-service/database/migrate';
import { auditStores } from './audit-stores';
import { callRequestStore } from './call-request-store';
import { calendarStores } from './calendar-stores';
import { fileImportStore } from './file-import-store';
import { importRowStore } from './import-row-store';
import { replacedPictureStore } from './replaced-picture-store';
import { microsoftStores } from './microsoft-stores';
import { peopleStores } from './people-stores';
import { presenceStores } from './presence-stores';
import { sessionStore } from './session-store';
import { syncHistoryStore } from './sync-history-store';

/** Runs the suites on what `open` opens. */
export function storesContract(name: string, open: () => Database): void {
  describe(`on ${name}`, () => {
    let database: Database;
    beforeAll(async () => {
      database = open();
      await migrate(database);
      // PostgreSQL in WebAssembly takes its time to start.
    }, 120_000);
    afterAll(() => database.destroy());

    const there = (): Database => database;
    describe('presence and forwarding', () => presenceStores(there));
    describe('presence by calendar, and waits for colleagues', () => calendarStores(there));
    describe('sessions', () => sessionStore(there));
    describe('accounts of Microsoft', () => microsoftStores(there));
    describe('sites, users, groups and speed dials', () => peopleStores(there));
    describe('failed sign-ins, acts of administration and the level of the log', () => auditStores(there));
    describe('commands that make a call', () => callRequestStore(there));
    describe('imports under way', () => fileImportStore(there));
    describe('rows of imports', () => importRowStore(there));
    describe('pictures that imports replaced', () => replacedPictureStore(there));
    describe('the history of syncs', () => syncHistoryStore(there));
  });
}
