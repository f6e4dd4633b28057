/**
 * Search keys know the place of what they lead to in the order of names. So the first hits are found, counted and put in
 * order in one index, and only those that are shown are read.
 */
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { bytewiseText, isPostgres } from './columns';

const tables = [
  { keys: 'contact_keys', scope: ['user_id'], id: 'contact_id', of: 'contacts', ofId: 'id' },
  {
    ...{ keys: 'directory_keys', scope: ['site_id', 'directory'], id: 'entry_id' },
    ...{ of: 'directory_entries', ofId: 'entry_id' },
  },
] as const;

export async function up(database: Kysely<unknown>): Promise<void> {
  const key = bytewiseText(database);
  // A server checks a million rows much faster at once than one by one. SQLite cannot add a constraint to a table.
  const constrainedLater = isPostgres(database);
  for (const { keys, scope, id, of, ofId } of tables) {
    const inOrder = `${keys}_in_order`;
    const primaryKey = [`${inOrder}_key`, [...scope, 'key', 'sort_key', id]] as const;
    let table = database.schema.createTable(inOrder);
    for (const column of scope) table = table.addColumn(column, 'text', (c) => c.notNull());
    table = table.addColumn('key', key, (c) => c.notNull()).addColumn('sort_key', key, (c) => c.notNull());
    await (
      constrainedLater
        ? table.addColumn(id, 'text', (c) => c.notNull())
        : table
            .addColumn(id, 'text', (c) => c.notNull().references(`${of}.${ofId}`).onDelete('cascade'))
            .addPrimaryKeyConstraint(primaryKey[0], [...primaryKey[1]])
    ).execute();
    const columns = sql.join([...scope, 'key', 'sort_key', id].map((column) => sql.ref(column)));
    const values = sql.join([
      ...[...scope, 'key'].map((column) => sql.ref(`k.${column}`)),
      sql.ref('named.sort_key'),
      sql.ref(`k.${id}`),
    ]);
    await sql`insert into ${sql.table(inOrder)} (${columns}) select ${values}
      from ${sql.table(keys)} k join ${sql.table(of)} named on ${sql.ref(`named.${ofId}`)} = ${sql.ref(`k.${id}`)}
      order by ${values}`.execute(database);
    if (constrainedLater) {
      const alter = database.schema.alterTable(inOrder);
      await alter.addPrimaryKeyConstraint(primaryKey[0], [...primaryKey[1]]).execute();
      await alter
        .addForeignKeyConstraint(`${inOrder}_${id}_fkey`, [id], of, [ofId], (c) => c.onDelete('cascade'))
        .execute();
    }
    await database.schema.dropTable(keys).execute();
    await database.schema.alterTable(inOrder).renameTo(keys).execute();
    await database.schema
      .createIndex(`${keys}_${id.replace('_id', '')}`)
      .on(keys)
      .columns([id, 'key'])
      .execute();
  }
}
