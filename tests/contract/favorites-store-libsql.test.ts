import { openDatabase } from '../../sync-service/database/database';
import { favoritesStoreContract } from './favorites-store';

favoritesStoreContract('libsql', () => openDatabase(':memory:'));
