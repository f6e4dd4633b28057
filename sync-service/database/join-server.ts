/** How a service comes to its place on a PostgreSQL database: alone while its schema is changed, else beside others. */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from './database';
import { describeAddress } from './postgresql-address';
import type { PostgresqlAddress } from './postgresql-address';
import { openServerLink } from './server-link';
import type { ServerLink } from './server-link';

/** The server cannot be used as it is. The text says what to do, and never the password. */
export class ServerRefused extends Error {
  constructor(text: string, cause?: unknown) {
    super(text, { cause });
    this.name = 'ServerRefused';
  }
}

/** Milliseconds that is waited for another instance which is just starting, or for a command. */
const patienceMs = 8000;

/** Tries until it works, or for as long as others may take. */
export async function patiently(attempt: () => Promise<boolean>): Promise<boolean> {
  const end = performance.now() + patienceMs;
  while (!(await attempt())) {
    if (performance.now() > end) return false;
    await sleep(200);
  }
  return true;
}

/** Why the first connection failed, in words of this product. */
export function cannotConnect(address: PostgresqlAddress, error: unknown): ServerRefused {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = error instanceof Error && error.message !== '' ? error.message : code;
  const advice =
    code === '28P01' || code === '28000'
      ? 'Check user and password in DATABASE_URL.'
      : code === '3D000'
        ? 'Make it: createdb -E UTF8 -T template0, owned by that user.'
        : 'Check that the server runs and that DATABASE_URL names it rightly.';
  return new ServerRefused(`The ${describeAddress(address)} cannot be used: ${reason}. ${advice}`, error);
}

/** @throws ServerRefused when the database cannot hold what the service writes */
export async function checkServer(database: Database, address: PostgresqlAddress): Promise<void> {
  const { rows } = await sql<{ version: number; encoding: string }>`
    select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`.execute(
    database,
  );
  const [facts] = rows;
  if (facts === undefined) return;
  if (facts.version < oldestVersion * 10_000) {
    const version = Math.floor(facts.version / 10_000);
    throw new ServerRefused(
      `The ${describeAddress(address)} is PostgreSQL ${version}; it has to be ${oldestVersion} or newer.`,
    );
  }
  if (facts.encoding !== 'UTF8') {
    throw new ServerRefused(
      `The ${describeAddress(address)} has the encoding ${facts.encoding}; it has to be UTF8: createdb -E UTF8 -T template0.`,
    );
  }
}

const oldestVersion = 13;

/** Runs what nobody else may work beside. @throws ServerRefused where a service runs on the database */
export async function aloneOn<T>(link: ServerLink, whatToDo: string, work: () => Promise<T>): Promise<T> {
  if (!(await patiently(() => link.takeAlone()))) {
    throw new ServerRefused(`A service is running on this database. ${whatToDo}`);
  }
  try {
    return await work();
  } finally {
    await link.leaveAlone().catch(() => undefined);
  }
}

/** The same for a command, which has no link of its own. @throws ServerRefused */
export async function aloneOnServer<T>(
  address: PostgresqlAddress,
  whatToDo: string,
  work: () => Promise<T>,
): Promise<T> {
  const nothing = (): void => undefined;
  const link = await openServerLink({ address, onLost: nothing, onRegained: nothing, onNotice: nothing }).catch(
    (error: unknown) => {
      throw cannotConnect(address, error);
    },
  );
  try {
    return await aloneOn(link, whatToDo, work);
  } finally {
    await link.stop();
  }
}
