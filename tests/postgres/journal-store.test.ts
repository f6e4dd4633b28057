import { journalStoreContract } from '../contract/journal-store';
import { openDatabaseHere } from './here';

journalStoreContract('a PostgreSQL server', openDatabaseHere, { quick: false });
