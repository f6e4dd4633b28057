/** What imports of files left out, and the numbers in them that cannot be read; kept as long as the import is remembered. */
import * as z from 'zod/mini';
import { importPictureProblems, importSkipReasons } from '../../shared/api/contacts';
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
      /** Why the picture was not taken; its contact was. */
      readonly picture: z.infer<typeof pictureSchema>;
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
const pictureSchema = z.enum(importPictureProblems);
/** Stands before the reason in a row of a picture. */
const ofPicture = 'picture-';

/** Keeps rows with their import, numbered from `from`. */
export async function addImportRows(db: Connection, historyId: string, rows: readonly ImportRow[], from = 0) {
  const values = rows.map((row, n) => ({
    history_id: historyId,
    n: from + n,
    position: row.position,
    name: row.name ?? null,
    ...columnsOf(row),
  }));
  for (const portion of portions(values, 7)) await db.insertInto('import_rows').values(portion).execute();
}

/** Forgets as many rows of an import, from the n-th on. */
export async function removeImportRows(db: Connection, historyId: string, from: number, count: number) {
  await db
    .deleteFrom('import_rows')
    .where('history_id', '=', historyId)
    .where('n', '>=', from)
    .where('n', '<', from + count)
    .execute();
}

function columnsOf(row: ImportRow) {
  if ('problem' in row) return { field: row.field, raw: row.raw, reason: row.problem };
  return { field: null, raw: null, reason: 'picture' in row ? `${ofPicture}${row.picture}` : row.reason };
}

function wordsOf(field: string | null, raw: string | null, reason: string) {
  if (field !== null) return { field, raw: raw ?? '', problem: z.parse(problemSchema, reason) };
  if (reason.startsWith(ofPicture)) return { picture: z.parse(pictureSchema, reason.slice(ofPicture.length)) };
  return { reason: z.parse(reasonSchema, reason) };
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
    ...wordsOf(field, raw, reason),
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
