/** The version of what the directories list: another one after each change, by whichever process. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../database/database';
import { createOftenAsked } from '../database/often-asked';
import { createSiteStore } from './site-store';

/** Fact of the installation. */
const directoryVersionFact = 'directory-version';

/** Reads it, as it is asked at every search; empty as long as nothing was listed. */
export function createDirectoryVersion(database: Database): () => Promise<string> {
  const statements = createOftenAsked(database);
  return async () => {
    const [row] = await statements.ask<{ value: string }>(
      'directory version',
      [directoryVersionFact],
      (at) => sql`select value from installation where key = ${at(0)}`,
    );
    return row?.value ?? '';
  };
}

/** To be called with the change, in its transaction. */
export async function renewDirectoryVersion(database: Database): Promise<void> {
  await createSiteStore(database).setFact(directoryVersionFact, randomUUID());
}
