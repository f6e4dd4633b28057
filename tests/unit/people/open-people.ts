/** The people of an installation on a database in memory, with cheap passwords and a clock that stands. */
import { createEntryIndex } from '../../../sync-service/accounts/entry-index';
import { readEntryIndex } from '../../../sync-service/accounts/entry-index-store';
import type { EntryIndexes } from '../../../sync-service/accounts/entry-indexes';
import type { DirectoryScope } from '../../../sync-service/accounts/people-directory-store';
import type { NumberRules } from '../../../sync-service/accounts/people-model';
import { createPeople } from '../../../sync-service/accounts/people';
import { openDatabase } from '../../../sync-service/database/database';
import type { Database } from '../../../sync-service/database/database';
import { migrate } from '../../../sync-service/database/migrate';
import { wireMailboxCommands } from '../../../sync-service/wire-mailbox-office';
import { numberLibrary } from '../../../sync-service/numbers/number-library';
import { createNumberRules } from '../../../shared/phone-number';

const numbers = createNumberRules(numberLibrary);

export const rules: NumberRules = {
  read: (raw, plan) => numbers.readNumber(raw, plan),
  version: (plan) => numbers.rulesVersion(plan),
};

export const munich = {
  name: 'München',
  timeZone: 'Europe/Berlin',
  dialPlan: { countryCode: '49', areaCode: '89', trunkAccessCode: '0', numberBlocks: ['+49897007'] },
};

export const moment = '2026-03-02T08:00:00.000Z';

/** Directories that are always in memory: read anew at each question. */
function alwaysInMemory(database: Database): EntryIndexes {
  const read = async (scope: DirectoryScope) => {
    const data = await readEntryIndex({ database, rules }, scope, () => Promise.resolve());
    return data && createEntryIndex(data);
  };
  return { current: read, atHand: read };
}

/**
 * Opens an empty installation; `endedSessions` tells whose sessions were ended.
 * @param inMemory directories are searched there
 */
export async function openPeople(file = ':memory:', { inMemory = false } = {}) {
  const database = openDatabase(file);
  await migrate(database);
  const endedSessions: string[] = [];
  let lastId = 0;
  const people = createPeople({
    database,
    rules,
    now: () => new Date(moment),
    newId: () => `id-${(lastId += 1)}`,
    hashPassword: (password) => Promise.resolve(`plain:${password}`),
    endSessions: (userId) => {
      endedSessions.push(userId);
      return Promise.resolve();
    },
    timeZone: 'Europe/Berlin',
    ...(inMemory && { indexes: alwaysInMemory(database) }),
  });
  const newId = () => `id-${(lastId += 1)}`;
  const mailboxes = wireMailboxCommands({ database, people, now: () => new Date(moment), newId });
  return { database, people, mailboxes, endedSessions };
}

/** The same with the site of Munich. */
export async function openMunich(options: { inMemory?: boolean } = {}) {
  const opened = await openPeople(':memory:', options);
  await opened.people.sites.saveSites('test', [munich], 'add');
  const site = await opened.people.sites.siteNamed(munich.name);
  return { ...opened, site, viewer: { userId: 'nobody', siteId: site.id, dialPlan: site.dialPlan } };
}
