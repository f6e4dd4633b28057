/** Measures the stores in a process that does nothing else, and tells the figures to the one that forked it. */
import { measureStores } from './measure-store';

process.send?.(await measureStores());
process.disconnect();
