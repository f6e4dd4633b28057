import { openDatabase } from '../../sync-service/database/database';
import { contactStoreContract } from './contact-store';

contactStoreContract('libsql', () => openDatabase(':memory:'));
