import { openPglite } from '../fakes/contact-pglite';
import { storesContract } from './stores';

storesContract('PostgreSQL', openPglite);
