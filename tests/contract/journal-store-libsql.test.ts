import { openDatabase } from '../../sync-service/database/database';
import { journalStoreContract } from './journal-store';

journalStoreContract('libsql', () => openDatabase(':memory:'), { quick: true });
