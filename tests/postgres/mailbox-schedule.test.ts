import { mailboxScheduleContract } from '../contract/mailbox-schedule';
import { openDatabaseHere } from './here';

mailboxScheduleContract('a PostgreSQL server', openDatabaseHere);
