/** The installation's people for a command line: opens the database beside a running service, which sees each change. */
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
// By name: of the whole file nothing else gets into the build.
import { version } from '../package.json';
import { createNumberRules } from '../shared/phone-number';
import { createPeople } from './accounts/people';
import type { People } from './accounts/people';
import { createMicrosoftLinks } from './accounts/microsoft-sign-in.service';
import type { MicrosoftLinks } from './accounts/microsoft-sign-in.service';
import { hashPassword } from './accounts/people-password';
import { createSessionStore } from './accounts/session-store';
import type { StorageConfig } from './configuration/storage-settings';
import { openPlace } from './database/database';
import { takeDataLock } from './database/data-lock';
import { aloneOnServer } from './database/join-server';
import { describeAddress } from './database/postgresql-address';
import { upgradeDatabase } from './database/upgrade';
import { numberLibrary } from './numbers/number-library';
import type { PersonalData } from './personal-data/personal-data';
import type { LogLevels } from './log-level/log-level.service';
import { openLogLevels } from './wire-log-level';
import { wireMailboxCommands } from './wire-mailbox-office';
import { wirePersonalData } from './wire-personal-data';

/** A command may take its time: an export of a person reads all that is his. */
const longStatementMs = 10 * 60_000;

/** What a command line works on. */
export interface OpenPeople {
  readonly people: People;
  readonly personalData: PersonalData;
  readonly microsoftLinks: MicrosoftLinks;
  readonly logLevels: LogLevels;
  readonly mailboxes: ReturnType<typeof wireMailboxCommands>;
}

/** Opens the installation's database, brought to today's schema; closes it afterwards. */
export async function withPeople(storage: StorageConfig, run: (opened: OpenPeople) => Promise<void>): Promise<void> {
  await mkdir(storage.dataDirectory, { recursive: true, mode: 0o700 });
  const database = openPlace(storage, { connections: 2, statementTimeoutMs: longStatementMs });
  /** A service of the version before may be running: it must not find another schema under it. */
  const whatToDo = 'Its database has to be upgraded first: stop that service.';
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    if (storage.postgresql !== undefined) return aloneOnServer(storage.postgresql, whatToDo, work);
    const lock = takeDataLock(storage.dataDirectory, whatToDo);
    try {
      return await work();
    } finally {
      lock.release();
    }
  };
  try {
    await upgradeDatabase(database, {
      dataDirectory: storage.dataDirectory,
      version,
      now: () => new Date(),
      alone,
      ...(storage.postgresql && { databaseName: describeAddress(storage.postgresql) }),
    });
    const sessions = createSessionStore(database);
    const numbers = createNumberRules(numberLibrary);
    const now = (): Date => new Date();
    const endSessions = async (userId: string): Promise<void> => {
      await sessions.revokeAllOf(userId, undefined, Date.now());
    };
    const people = createPeople({
      database,
      rules: {
        read: (raw, plan) => numbers.readNumber(raw, plan),
        version: (plan) => numbers.rulesVersion(plan),
      },
      now,
      newId: randomUUID,
      hashPassword,
      endSessions,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    });
    const microsoftLinks = createMicrosoftLinks({ database, endSessions, now, newId: randomUUID });
    const logLevels = openLogLevels({ database, now, newId: randomUUID });
    const mailboxes = wireMailboxCommands({ database, people, now, newId: randomUUID });
    const personalData = wirePersonalData(database, people, now);
    await run({ people, microsoftLinks, logLevels, mailboxes, personalData });
  } finally {
    await database.destroy();
  }
}
