/** Measures the reading of numbers in a process that does nothing else, and tells the figures to the one that forked it. */
import { measureNumbers } from './measure-numbers';

process.send?.(measureNumbers());
process.disconnect();
