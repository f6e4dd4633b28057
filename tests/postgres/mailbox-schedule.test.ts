import { inject } from 'vitest';
import { mailboxScheduleContract } from '../contract/mailbox-schedule';
import { openDatabaseAt } from '../fakes/postgresql-server';

const port = inject('postgresqlPort');
mailboxScheduleContract('a PostgreSQL server', () => openDatabaseAt(port));
