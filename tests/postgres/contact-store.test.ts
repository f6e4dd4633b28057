import { inject } from 'vitest';
import { contactStoreContract } from '../contract/contact-store';
import { openDatabaseAt } from '../fakes/postgresql-server';

const port = inject('postgresqlPort');
contactStoreContract('a PostgreSQL server', () => openDatabaseAt(port));
