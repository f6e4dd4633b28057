/** Whether a folder's disk can only be read just now. */
import { statSync, utimesSync } from 'node:fs';

/**
 * Writes the folder's times again as they are: rights alone do not tell, as a disk that Linux has stopped writing to because
 * of a fault still says that it may be written. The database's file itself must not be opened for this: closing it would
 * end SQLite's locks of the whole process.
 */
export function isReadOnlyFolder(folder: string): boolean {
  try {
    const { atime, mtime } = statSync(folder);
    utimesSync(folder, atime, mtime);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EROFS';
  }
}
