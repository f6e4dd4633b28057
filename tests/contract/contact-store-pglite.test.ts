import { openPglite } from '../fakes/contact-pglite';
import { contactStoreContract } from './contact-store';

contactStoreContract('PostgreSQL', openPglite);
