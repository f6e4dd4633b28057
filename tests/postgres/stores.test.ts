import { storesContract } from '../contract/stores';
import { openDatabaseHere } from './here';

storesContract('a PostgreSQL server', openDatabaseHere);
