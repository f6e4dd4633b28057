/**
 * A process that reads call records and is killed by itself, without a word, at the n-th new entry: `FILE N`. The records
 * are `journalCrashRecords`.
 */
import { randomUUID } from 'node:crypto';
import { openDatabase } from '../../sync-service/database/database';
import { createJournalWorld, createStandingClock, journalCrashRecords } from './journal-world';

const [file = '', place = ''] = process.argv.slice(2);
let ids = 0;
const world = createJournalWorld(openDatabase(file), {
  siteId: 'munich',
  userIds: ['anna'],
  clock: createStandingClock(),
  records: journalCrashRecords(),
  newId: () => {
    ids += 1;
    if (ids === Number(place)) process.kill(process.pid, 'SIGKILL');
    return randomUUID();
  },
});
world.service.start();
