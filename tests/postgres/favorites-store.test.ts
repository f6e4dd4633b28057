import { inject } from 'vitest';
import { favoritesStoreContract } from '../contract/favorites-store';
import { openDatabaseAt } from '../fakes/postgresql-server';

const port = inject('postgresqlPort');
favoritesStoreContract('a PostgreSQL server', () => openDatabaseAt(port));
