/** The people of an installation on a database in memory, with cheap passwords and a clock that stands. */
import type { NumberRules } from '../../../sync-service/accounts/people-model';
import { createPeople } from '../../../sync-service/accounts/people';
import { openDatabase } from '../../../sync-service/database/database';
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

/** Opens an empty installation; `endedSessions` tells whose sessions were ended. */
export async function openPeople(file = ':memory:') {
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
  });
  const newId = () => `id-${(lastId += 1)}`;
  const mailboxes = wireMailboxCommands({ database, people, now: () => new Date(moment), newId });
  return { database, people, mailboxes, endedSessions };
}

/** The same with the site of Munich. */
export async function openMunich() {
  const opened = await openPeople();
  await opened.people.sites.saveSites('test', [munich], 'add');
  const site = await opened.people.sites.siteNamed(munich.name);
  return { ...opened, site, viewer: { userId: 'nobody', siteId: site.id, dialPlan: site.dialPlan } };
}
