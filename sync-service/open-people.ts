/** The installation's people for a command line: opens the database beside a running service, which sees each change. */
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { createNumberRules } from '../shared/phone-number';
import { createPeople } from './accounts/people';
import type { People } from './accounts/people';
import { hashPassword } from './accounts/people-password';
import { createSessionStore } from './accounts/session-store';
import { readConfig } from './config';
import { openDatabase } from './database/database';
import { migrate } from './database/migrate';
import { numberLibrary } from './numbers/number-library';

/** Opens the database that `dataDirectory` (the environment's DATA_DIR) names, brought to today's schema; closes it afterwards. */
export async function withPeople(
  dataDirectory: string | undefined,
  run: (people: People) => Promise<void>,
): Promise<void> {
  // Only the place of the data matters here: a mistake in the service's other settings is told by the service.
  const config = readConfig({ DATA_DIR: dataDirectory });
  await mkdir(config.dataDirectory, { recursive: true, mode: 0o700 });
  const database = openDatabase(config.databaseFile);
  try {
    await migrate(database);
    const sessions = createSessionStore(database);
    const numbers = createNumberRules(numberLibrary);
    await run(
      createPeople({
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
      }),
    );
  } finally {
    await database.destroy();
  }
}
