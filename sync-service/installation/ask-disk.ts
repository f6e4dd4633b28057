/** Whether the disk of a folder lets anything be saved. Writes nothing itself. */
import { access, constants, statfs } from 'node:fs/promises';

/** Bytes below which a commit may find no room any more. */
export const leastRoom = 4 * 1024 ** 2;

/** What keeps the folder from being written to; undefined when nothing does, or when it cannot be found out. */
export async function askDisk(folder: string): Promise<'disk-full' | 'disk-read-only' | undefined> {
  try {
    await access(folder, constants.W_OK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'EROFS' || code === 'EACCES' ? 'disk-read-only' : undefined;
  }
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize < leastRoom ? 'disk-full' : undefined;
  } catch {
    return undefined;
  }
}
