/** Measures presence in a process that does nothing else, and tells the figures to the one that forked it. */
import { measurePresence } from './measure-presence';

process.send?.(await measurePresence());
process.disconnect();
// Streams that are just ending keep nothing alive.
process.exit();
