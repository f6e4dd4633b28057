/**
 * Who works on a data directory alone: the running service, or a command that replaces or upgrades its database. Held as a
 * lock of SQLite on a file of its own, which the operating system takes back from a process that is killed.
 */
import { join } from 'node:path';
import { openLibsql } from './libsql-dialect';
import { isLocked } from './storage-error';

/** Name of the lock's file in the data directory. */
export const lockFileName = 'service.lock';

/** Somebody else holds the lock. */
export class DataInUse extends Error {
  constructor(dataDirectory: string, whatToDo: string) {
    super(`A service is running on the data in ${dataDirectory}. ${whatToDo}`);
    this.name = 'DataInUse';
  }
}

export interface DataLock {
  release(): void;
}

/** Takes the lock of a directory that is there. `whatToDo` is told when somebody else holds it. @throws DataInUse */
export function takeDataLock(dataDirectory: string, whatToDo: string): DataLock {
  const connection = openLibsql(join(dataDirectory, lockFileName));
  try {
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    if (!isLocked(error)) throw error;
    throw new DataInUse(dataDirectory, whatToDo);
  }
  return { release: () => connection.close() };
}
