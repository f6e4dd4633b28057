/**
 * The administrator's command line: `npm run manage -- COMMAND`. It works on the database itself, so it needs no
 * running service; one that runs sees each change at once.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { createNumberRules } from '../shared/phone-number';
import { createPeople } from './accounts/people';
import { drawInitialPassword, hashPassword } from './accounts/people-password';
import { createSessionStore } from './accounts/session-store';
import { readConfig } from './config';
import { openDatabase } from './database/database';
import { migrate } from './database/migrate';
import type { CommandContext } from './manage/command';
import { runManage } from './manage/run-manage';
import { numberLibrary } from './numbers/number-library';

/** Something failed that the administrator's arguments are not to blame for. */
const failed = 3;

const write = (line: string) => void process.stdout.write(`${line}\n`);
const writeError = (line: string) => void process.stderr.write(`${line}\n`);

// `manage user list | head` closes the pipe early; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

async function withContext(run: (context: CommandContext) => Promise<void>): Promise<void> {
  // Only the place of the data matters here: a mistake in the service's other settings is told by the service.
  const { dataDirectory, databaseFile } = readConfig({ DATA_DIR: process.env['DATA_DIR'] });
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
  const database = openDatabase(databaseFile);
  try {
    await migrate(database);
    const sessions = createSessionStore(database);
    const numbers = createNumberRules(numberLibrary);
    const people = createPeople({
      database,
      rules: {
        read: (raw, plan) => numbers.readNumber(raw, plan),
        version: (plan) => numbers.rulesVersion(plan),
      },
      now: () => new Date(),
      newId: randomUUID,
      hashPassword,
      endSessions: async (userId) => {
        await sessions.revokeAllOf(userId, undefined, Date.now());
      },
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    });
    await run({ people, write, hashPassword, drawPassword: drawInitialPassword, readFile: (path) => readFile(path) });
  } finally {
    await database.destroy();
  }
}

try {
  process.exitCode = await runManage(process.argv.slice(2), { write, writeError, withContext });
} catch (error) {
  writeError(error instanceof Error ? error.message : String(error));
  process.exitCode = failed;
}
