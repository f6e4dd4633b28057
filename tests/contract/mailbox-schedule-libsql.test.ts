import { openDatabase } from '../../sync-service/database/database';
import { mailboxScheduleContract } from './mailbox-schedule';

mailboxScheduleContract('libsql', () => openDatabase(':memory:'));
