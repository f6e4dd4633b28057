/**
 * Copies all rows from a database into another one of the same schema, whatever the two are kept in. One of them is a
 * SQLite file, which is the form of every backup: so a backup of one store can be restored into the other.
 */
import { sql } from 'kysely';
import { isPostgresql } from './database';
import type { Connection } from './database';

/** Parameters of one statement; both databases take more. */
const parametersAtOnce = 900;
/** Rows read at once. */
const rowsAtOnce = 2000;

/** Tables that a database fills by itself: those of the schema, and what a file counts by triggers. */
const ownTables = /^(kysely_|sqlite_|_litestream|contact_versions$)/;

interface TableShape {
  readonly name: string;
  readonly columns: readonly string[];
}
type Row = Readonly<Record<string, unknown>>;

/**
 * What the target has is replaced. Both are better a transaction.
 * @param to has the same tables
 * @returns rows by table
 */
export async function copyRows(from: Connection, to: Connection): Promise<ReadonlyMap<string, number>> {
  const shapes = await tablesOf(isPostgresql(from) ? to : from);
  for (const { name } of [...shapes].reverse()) await sql`delete from ${sql.table(name)}`.execute(to);
  const counts = new Map<string, number>();
  for (const shape of shapes) {
    let count = 0;
    for await (const rows of isPostgresql(from) ? readByCursor(from, shape) : readByRowid(from, shape)) {
      await insertRows(to, shape, rows);
      count += rows.length;
    }
    counts.set(shape.name, count);
  }
  return counts;
}

/** The tables of a SQLite database, those that others refer to first. */
async function tablesOf(sqlite: Connection): Promise<TableShape[]> {
  const { rows } = await sql<{
    name: string;
  }>`select name from sqlite_master where type = 'table' order by name`.execute(sqlite);
  const names = rows.map(({ name }) => name).filter((name) => !ownTables.test(name));
  const parents = new Map<string, string[]>();
  for (const name of names) {
    const keys = await sql<{ table: string }>`select "table" from pragma_foreign_key_list(${name})`.execute(sqlite);
    parents.set(
      name,
      keys.rows.map((key) => key.table).filter((parent) => parent !== name),
    );
  }
  const ordered: string[] = [];
  const place = (name: string): void => {
    if (ordered.includes(name)) return;
    for (const parent of parents.get(name) ?? []) place(parent);
    ordered.push(name);
  };
  names.forEach(place);
  const shapes: TableShape[] = [];
  for (const name of ordered) {
    const columns = await sql<{ name: string }>`select name from pragma_table_info(${name}) order by cid`.execute(
      sqlite,
    );
    shapes.push({ name, columns: columns.rows.map((column) => column.name) });
  }
  return shapes;
}

const listOf = (columns: readonly string[]) => sql.join(columns.map((column) => sql.ref(column)));

async function* readByCursor(database: Connection, { name, columns }: TableShape): AsyncGenerator<Row[]> {
  await sql`declare backup_rows cursor for select ${listOf(columns)} from ${sql.table(name)}`.execute(database);
  for (;;) {
    const { rows } = await sql<Row>`fetch ${sql.lit(rowsAtOnce)} from backup_rows`.execute(database);
    if (rows.length > 0) yield rows;
    if (rows.length < rowsAtOnce) break;
  }
  await sql`close backup_rows`.execute(database);
}

async function* readByRowid(database: Connection, { name, columns }: TableShape): AsyncGenerator<Row[]> {
  let after = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const { rows } = await sql<Row & { backup_rowid: number }>`
      select rowid as backup_rowid, ${listOf(columns)} from ${sql.table(name)}
      where rowid > ${after} order by rowid limit ${rowsAtOnce}`.execute(database);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (rows.length < rowsAtOnce || last === undefined) return;
    after = last.backup_rowid;
  }
}

async function insertRows(database: Connection, { name, columns }: TableShape, rows: readonly Row[]): Promise<void> {
  const size = Math.max(1, Math.floor(parametersAtOnce / columns.length));
  for (let at = 0; at < rows.length; at += size) {
    const values = rows
      .slice(at, at + size)
      .map((row) => sql`(${sql.join(columns.map((column) => plain(row[column])))})`);
    await sql`insert into ${sql.table(name)} (${listOf(columns)}) values ${sql.join(values)}`.execute(database);
  }
}

/** libsql gives bytes as an ArrayBuffer, which PostgreSQL's driver does not take. */
function plain(value: unknown): unknown {
  return value instanceof ArrayBuffer ? Buffer.from(value) : value;
}
