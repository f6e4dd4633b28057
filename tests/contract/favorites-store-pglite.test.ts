import { openPglite } from '../fakes/contact-pglite';
import { favoritesStoreContract } from './favorites-store';

favoritesStoreContract('PostgreSQL', openPglite);
