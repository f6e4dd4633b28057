import { openPglite } from '../fakes/contact-pglite';
import { mailboxScheduleContract } from './mailbox-schedule';

mailboxScheduleContract('PostgreSQL', openPglite);
