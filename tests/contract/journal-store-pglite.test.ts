import { openPglite } from '../fakes/contact-pglite';
import { journalStoreContract } from './journal-store';

journalStoreContract('PostgreSQL', openPglite, { quick: false });
