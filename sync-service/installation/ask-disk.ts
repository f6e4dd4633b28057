/** Whether the disk of a folder lets anything be saved. Writes nothing but its times, as they are. */
import { access, constants, stat, statfs, utimes } from 'node:fs/promises';

/** Bytes below which a commit may find no room any more. */
export const leastRoom = 4 * 1024 ** 2;

/** What keeps the folder from being written to; undefined when nothing does, or when it cannot be found out. */
export async function askDisk(folder: string): Promise<'disk-full' | 'disk-read-only' | undefined> {
  try {
    await access(folder, constants.W_OK);
    const { atime, mtime } = await stat(folder);
    // A disk that Linux has stopped writing to because of a fault still says that it may be written.
    await utimes(folder, atime, mtime);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // Times are the owner's to change, files are not his alone.
    if (code === 'EROFS' || code === 'EACCES') return 'disk-read-only';
    if (code !== 'EPERM') return undefined;
  }
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize < leastRoom ? 'disk-full' : undefined;
  } catch {
    return undefined;
  }
}
