/** The version of the people, asked at every search. */
import { sql } from 'kysely';
import type { Database } from '../database/database';
import { createOftenAsked } from '../database/often-asked';
import { peopleVersionFact } from './people-work';

/** Reads it; empty as long as nobody has changed anything. */
export function createPeopleVersion(database: Database): () => Promise<string> {
  const statements = createOftenAsked(database);
  return async () => {
    const [row] = await statements.ask<{ value: string }>(
      'people version',
      [peopleVersionFact],
      (at) => sql`select value from installation where key = ${at(0)}`,
    );
    return row?.value ?? '';
  };
}
