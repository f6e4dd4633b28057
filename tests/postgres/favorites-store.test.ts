import { favoritesStoreContract } from '../contract/favorites-store';
import { openDatabaseHere } from './here';

favoritesStoreContract('a PostgreSQL server', openDatabaseHere);
