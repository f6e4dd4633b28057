import { createInlineWork } from '../../sync-service/database/background-work';
import { backgroundWorkContract } from './database-background-work';

backgroundWorkContract('inline', ({ handlers }) => Promise.resolve(createInlineWork(handlers())));
