/** The demo's site and people out of demo/*.csv, by the administrator's import; a second time changes nothing. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createNumberRules } from '../shared/phone-number';
import { createPeople } from '../sync-service/accounts/people';
import { hashPassword } from '../sync-service/accounts/people-password';
import type { Config } from '../sync-service/config';
import { openPlace } from '../sync-service/database/database';
import { migrate } from '../sync-service/database/migrate';
import { importPeople } from '../sync-service/accounts/import/import-people';
import { numberLibrary } from '../sync-service/numbers/number-library';

/** Imports every CSV file of the folder; gives the e-mail addresses of the users by user name, in lower case. */
export async function importDemo(config: Config, folder: string): Promise<ReadonlyMap<string, string>> {
  await mkdir(config.dataDirectory, { recursive: true, mode: 0o700 });
  const database = openPlace(config);
  try {
    await migrate(database);
    const rules = createNumberRules(numberLibrary);
    const people = createPeople({
      database,
      rules: { read: (raw, plan) => rules.readNumber(raw, plan), version: (plan) => rules.rulesVersion(plan) },
      now: () => new Date(),
      newId: () => randomUUID(),
      hashPassword,
      endSessions: () => Promise.resolve(),
      timeZone: 'Europe/Berlin',
    });
    const files = (await readdir(folder)).filter((name) => name.endsWith('.csv'));
    await importPeople(
      files.map((name) => join(folder, name)),
      { people, hashPassword, readFile: (path) => readFile(path) },
    );
    const users = await people.users.listUsers();
    return new Map(
      users.flatMap(({ userName, email }) => (email === undefined ? [] : [[userName, email.toLowerCase()]])),
    );
  } finally {
    await database.destroy();
  }
}
