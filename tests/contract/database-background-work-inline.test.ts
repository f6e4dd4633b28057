import { createInlineWork } from '../../sync-service/database/background-work';
import { backgroundWorkContract } from './database-background-work';

backgroundWorkContract('inline', (setup) => Promise.resolve(createInlineWork(setup.handlers())));
