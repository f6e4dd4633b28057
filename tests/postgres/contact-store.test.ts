import { contactStoreContract } from '../contract/contact-store';
import { openDatabaseHere } from './here';

contactStoreContract('a PostgreSQL server', openDatabaseHere);
