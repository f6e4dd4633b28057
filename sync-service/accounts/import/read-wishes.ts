/** Turns the rows of a CSV file into wishes (accounts/people-model.ts), and problems of wishes back into cells. */
import type { WishProblem } from '../people-model';
import type { CsvTable } from './csv-table';
import { FileRefused } from './file-refused';
import type { FileProblem } from './file-refused';
import { CellError, columnKey, kindsOfFile } from './import-kinds';
import type { ImportKind, KindOfFile } from './import-kinds';

export interface FileWishes {
  readonly kind: ImportKind;
  readonly wishes: readonly Record<string, unknown>[];
  /** Where in the file a problem of a wish stands. */
  readonly locate: (problem: WishProblem) => FileProblem;
  /** Row of a wish, as a spreadsheet counts. */
  readonly rowOf: (position: number) => number;
}

interface BoundColumn {
  /** As the help names it. */
  readonly name: string;
  readonly field: string;
  readonly read: (cell: string) => unknown;
}

/** Throws FileRefused. */
export function readWishes(table: CsvTable, file: string): FileWishes {
  const kind = kindOf(table.columns, file);
  const columns = bindColumns(kind, table.columns, file);
  const problems: FileProblem[] = [];
  const wishes = table.rows.map(({ row, cells }) => {
    const wish: Record<string, unknown> = {};
    columns.forEach(({ name, field, read }, index) => {
      try {
        setField(wish, field, read(cells[index] ?? ''));
      } catch (error) {
        if (!(error instanceof CellError)) throw error;
        problems.push({ row, column: name, reason: 'invalid', message: error.message });
      }
    });
    for (const name of kind.required) {
      const index = columns.findIndex((column) => column.name === name);
      if (cells[index] === '') problems.push({ row, column: name, reason: 'missing', message: 'must not be empty' });
    }
    return withDevices(wish, columns);
  });
  if (problems.length > 0) throw new FileRefused(file, problems);
  return {
    kind: kind.kind,
    wishes,
    rowOf: (position) => table.rows[position]?.row ?? 0,
    locate({ position, field, reason, message }) {
      const row = table.rows[position]?.row;
      // The field of the problem may be deeper than the column's: one of several number blocks.
      const column = columns.find((each) => field === each.field || field.startsWith(`${each.field}.`));
      return {
        reason,
        message,
        ...(row === undefined ? {} : { row }),
        ...(column === undefined ? {} : { column: column.name }),
      };
    },
  };
}

function kindOf(columns: readonly string[], file: string): KindOfFile {
  const present = new Set(columns.map(columnKey));
  const found = kindsOfFile.find((kind) => kind.required.every((name) => present.has(columnKey(name))));
  if (found !== undefined) return found;
  const known = kindsOfFile.map((kind) => `${kind.kind}: ${kind.required.join(', ')}`).join('; ');
  throw new FileRefused(file, [
    {
      row: 1,
      reason: 'unknown-kind',
      message: `the columns tell no kind of file. A file has at least these columns: ${known}`,
    },
  ]);
}

function bindColumns(kind: KindOfFile, header: readonly string[], file: string): BoundColumn[] {
  const known = new Map(Object.entries(kind.columns).map(([name, column]) => [columnKey(name), { name, ...column }]));
  const seen = new Set<string>();
  const problems: FileProblem[] = [];
  const bound = header.flatMap((written) => {
    const column = known.get(columnKey(written));
    if (column === undefined) {
      const names = Object.keys(kind.columns).join(', ');
      problems.push({
        row: 1,
        column: written,
        reason: 'unknown-column',
        message: `is not a column of ${kind.kind}; those are ${names}`,
      });
      return [];
    }
    if (seen.has(column.name))
      problems.push({ row: 1, column: written, reason: 'repeated', message: 'is there twice' });
    seen.add(column.name);
    return column;
  });
  if (problems.length > 0) throw new FileRefused(file, problems);
  return bound;
}

function setField(wish: Record<string, unknown>, path: string, value: unknown): void {
  if (value === undefined) return;
  const dot = path.indexOf('.');
  if (dot === -1) {
    wish[path] = value;
    return;
  }
  const inner = (wish[path.slice(0, dot)] ??= {}) as Record<string, unknown>;
  setField(inner, path.slice(dot + 1), value);
}

/** Devices stand in numbered columns and become a list; a file without those columns says nothing of devices. */
function withDevices(wish: Record<string, unknown>, columns: readonly BoundColumn[]): Record<string, unknown> {
  if (!columns.some((column) => column.field.startsWith('devices.'))) return wish;
  return { ...wish, devices: Object.values(wish['devices'] ?? {}) };
}
