/** Measures the import of a file in a process of its own, and tells the figures to the one that forked it. */
import { measureImport } from './measure-import';

process.send?.(await measureImport());
process.disconnect();
// Streams that are just ending keep nothing alive.
process.exit();
