/** The look-up of a caller takes two thirds longer where the server plans it anew each time. */
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { openPostgresql } from '../../sync-service/database/database';
import { readPostgresqlAddress } from '../../sync-service/database/postgresql-address';
import { createDatabaseAt } from '../fakes/postgresql-server';
import { serverPort } from './here';

it('a statement is prepared once, on whichever line it begins', async () => {
  const address = readPostgresqlAddress(await createDatabaseAt(serverPort()));
  if ('problem' in address) throw new Error(address.problem);
  const database = openPostgresql(address, { connections: 1 });
  for (let n = 0; n < 3; n += 1) {
    await sql`
      select ${n}::int as number`.execute(database);
  }
  const { rows } = await sql<{ statement: string; times: number }>`
    select trim(statement) as statement, generic_plans + custom_plans as times from pg_prepared_statements
  `.execute(database);
  expect(rows.find(({ statement }) => statement.includes('::int as number'))?.times).toBe(3);
  await database.destroy();
});
