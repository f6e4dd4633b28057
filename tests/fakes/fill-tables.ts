/** Rows in every table of a SQLite database of any schema, so that nothing that a migration drops goes unnoticed. */
import { sql } from 'kysely';
import type { Database } from '../../sync-service/database/database';

/** Texts that migrations and stores read as more than a text. */
const special: Readonly<Record<string, string>> = { dial_plan: '{}', settings: '{}' };

interface Column {
  readonly name: string;
  readonly type: string;
}

export type Row = Readonly<Record<string, unknown>>;

/** Two rows in each table, with texts of all kinds of signs and bytes. @returns names of the tables that got some */
export async function fillTables(database: Database): Promise<string[]> {
  const tables = await ownTables(database);
  await sql`pragma foreign_keys = off`.execute(database);
  const keys = new Map<string, readonly { from: string; to: string; parent: string }[]>();
  for (const table of tables) {
    const { rows } = await sql<{ from: string; to: string | null; table: string }>`
      select "from", "to", "table" from pragma_foreign_key_list(${table})`.execute(database);
    keys.set(
      table,
      rows.map((row) => ({ from: row.from, to: row.to ?? 'id', parent: row.table })),
    );
  }
  // A value is made of table and column; a foreign key has the value of the column that it points to.
  const valueOf = (table: string, column: Column, n: number): unknown => {
    const key = keys.get(table)?.find(({ from }) => from === column.name);
    if (key !== undefined) return valueOf(key.parent, { name: key.to, type: column.type }, n);
    if (/int/i.test(column.type)) return n;
    if (/blob/i.test(column.type)) return Buffer.from([n, 0, 255, 128]);
    return special[column.name] ?? `${table}.${column.name} ${n} ä\u{1F600}'"`;
  };
  for (const table of tables) {
    const { rows: columns } = await sql<Column>`select name, type from pragma_table_info(${table})`.execute(database);
    for (const n of [1, 2]) {
      const values = columns.map((column) => valueOf(table, column, n));
      await sql`insert into ${sql.table(table)} (${sql.join(columns.map(({ name }) => sql.ref(name)))})
        values (${sql.join(values)})`.execute(database);
    }
  }
  const { rows: broken } = await sql`pragma foreign_key_check`.execute(database);
  if (broken.length > 0) throw new Error(`Rows without those that they refer to: ${JSON.stringify(broken)}`);
  return tables;
}

/** Those that are filled by what they are for, and not by the schema or by triggers. */
export async function ownTables(database: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(database);
  return rows.map(({ name }) => name).filter((name) => !/^(kysely_|sqlite_|contact_versions$)/.test(name));
}

/** All rows of a table in one order, with bytes as lists, whatever the database is. */
export async function rowsOf(database: Database, table: string): Promise<Row[]> {
  const { rows } = await sql<Row>`select * from ${sql.table(table)}`.execute(database);
  const plain = (value: unknown): unknown =>
    value instanceof ArrayBuffer ? [...new Uint8Array(value)] : value instanceof Uint8Array ? [...value] : value;
  return rows
    .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])))
    .sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}
