/** What imports of files left out, and the numbers in them that cannot be read; kept as long as the import is remembered. */
import * as z from 'zod/mini';
import { importSkipReasons } from '../../shared/api/contacts';
import { numberProblems } from '../../shared/contact';
import { portions } from '../database/database';
import type { Connection } from '../database/database';

/** A row of a file about which there is something to tell. */
export type ImportRow =
  | {
      readonly position: number;
      readonly name?: string | undefined;
      readonly reason: z.infer<typeof reasonSchema>;
    }
  | {
      readonly position: number;
      readonly name?: string | undefined;
      /** Column or property of the number. */
      readonly field: string;
      readonly raw: string;
      readonly problem: z.infer<typeof problemSchema>;
    };

const reasonSchema = z.enum(importSkipReasons);
const problemSchema = z.enum(numberProblems);

/** Keeps the rows with their import. Call inside its transaction. */
export async function addImportRows(db: Connection, historyId: string, rows: readonly ImportRow[]) {
  const values = rows.map((row, n) => ({
    history_id: historyId,
    n,
    position: row.position,
    name: row.name ?? null,
    ...('problem' in row
      ? { field: row.field, raw: row.raw, reason: row.problem }
      : { field: null, raw: null, reason: row.reason }),
  }));
  for (const portion of portions(values, 7)) await db.insertInto('import_rows').values(portion).execute();
}

/** The rows of an import in the order of the file, from behind the n-th. */
export async function listImportRows(
  db: Connection,
  historyId: string,
  afterN: number,
  limit: number,
): Promise<(ImportRow & { readonly n: number })[]> {
  const rows = await db
    .selectFrom('import_rows')
    .selectAll()
    .where('history_id', '=', historyId)
    .where('n', '>', afterN)
    .orderBy('n')
    .limit(limit)
    .execute();
  return rows.map(({ n, position, name, field, raw, reason }) => ({
    n,
    position,
    ...(name === null ? {} : { name }),
    ...(field === null
      ? { reason: z.parse(reasonSchema, reason) }
      : { field, raw: raw ?? '', problem: z.parse(problemSchema, reason) }),
  }));
}

/** How many rows each of these imports has; those without any are not in it. */
export async function countImportRows(db: Connection, historyIds: readonly string[]): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const portion of portions(historyIds, 1)) {
    const rows = await db
      .selectFrom('import_rows')
      .select(['history_id', (eb) => eb.fn.countAll().as('rows')])
      .where('history_id', 'in', portion)
      .groupBy('history_id')
      .execute();
    for (const { history_id: id, rows: count } of rows) found.set(id, Number(count));
  }
  return found;
}
