/** A consistent copy of a database that may be in use: what is written while it is made is not in it. */
import { chmod, rename, rm, writeFile } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Database } from './database';

/**
 * Writes the copy, for its owner alone. There is no file of this name until the copy is complete; a copy that could not be
 * completed leaves nothing behind.
 */
export async function copyDatabase(database: Database, file: string): Promise<void> {
  const partial = `${file}.partial`;
  await rm(partial, { force: true });
  try {
    // SQLite takes an empty file that is there, and it keeps its rights.
    await writeFile(partial, '', { flag: 'wx', mode: 0o600 });
    await sql`VACUUM INTO ${partial}`.execute(database);
    await chmod(partial, 0o600);
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
