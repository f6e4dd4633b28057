import { inject } from 'vitest';
import { journalStoreContract } from '../contract/journal-store';
import { openDatabaseAt } from '../fakes/postgresql-server';

const port = inject('postgresqlPort');
journalStoreContract('a PostgreSQL server', () => openDatabaseAt(port), { quick: false });
