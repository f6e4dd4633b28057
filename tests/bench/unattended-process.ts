/** Measures sync that nobody watches in a process that does nothing else, and tells the figures to the one that forked it. */
import { measureUnattended } from './measure-unattended';

process.send?.(await measureUnattended());
process.disconnect();
