import { openDatabase } from '../../sync-service/database/database';
import { storesContract } from './stores';

storesContract('libsql', () => openDatabase(':memory:'));
