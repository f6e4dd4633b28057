/** The wished level of the log, a row of the table `installation`: the command line and all instances meet there. */
import * as z from 'zod/mini';
import { chosenLogLevels } from '../../shared/api/log-level';
import type { ChosenLogLevel } from '../../shared/api/log-level';
import type { Database } from '../database/database';
import { readJson } from '../database/database';

const key = 'log-level';

const wishSchema = z.object({
  level: z.enum(chosenLogLevels),
  /** ISO 8601 UTC. */
  until: z.string(),
});

/** Another level than the configured one. */
export interface LogLevelWish {
  readonly level: ChosenLogLevel;
  /** When the configured one is in force again; ISO 8601 UTC. */
  readonly until: string;
}

export async function readLogLevelWish(database: Database): Promise<LogLevelWish | undefined> {
  const row = await database.selectFrom('installation').select('value').where('key', '=', key).executeTakeFirst();
  return row && readJson(wishSchema, row.value);
}

/** Undefined takes the wish away. */
export async function writeLogLevelWish(database: Database, wish: LogLevelWish | undefined): Promise<void> {
  await database.deleteFrom('installation').where('key', '=', key).execute();
  if (wish === undefined) return;
  await database
    .insertInto('installation')
    .values({ key, value: JSON.stringify(wish) })
    .execute();
}
