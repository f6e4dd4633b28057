/** Reads a CSV file of an administrator: UTF-8, comma or semicolon, first row names the columns. */
import { parse } from 'csv-parse/sync';
import { FileRefused } from './file-refused';

export interface CsvTable {
  /** Column names as written. */
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}

export interface CsvRow {
  /** As a spreadsheet counts: the header is row 1. */
  readonly row: number;
  /** By position of the columns; trimmed. */
  readonly cells: readonly string[];
}

/** Larger files are refused: 100,000 users fit. */
export const csvLimits = { bytes: 20 * 1024 * 1024, rows: 100_001, recordBytes: 64 * 1024 } as const;

/** Throws FileRefused with row and reason. */
export function readCsv(bytes: Uint8Array, file: string): CsvTable {
  if (bytes.length > csvLimits.bytes) {
    throw new FileRefused(file, [
      { reason: 'too-large', message: `is larger than ${csvLimits.bytes / 1024 / 1024} MB; split it` },
    ]);
  }
  const text = decode(bytes, file);
  const records = parseRecords(text, file);
  const [header, ...body] = records;
  if (header === undefined || header.every((cell) => cell === '')) {
    throw new FileRefused(file, [{ reason: 'empty', message: 'is empty; the first row has to name the columns' }]);
  }
  if (body.length > csvLimits.rows)
    throw new FileRefused(file, [{ reason: 'too-large', message: 'has more than 100,000 rows; split it' }]);

  const rows = body
    .map((cells, index) => ({ row: index + 2, cells }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const uneven = rows.filter(({ cells }) => cells.length !== header.length);
  if (uneven.length > 0) {
    throw new FileRefused(
      file,
      uneven.map(({ row, cells }) => ({
        row,
        reason: 'uneven',
        message: `has ${cells.length} cells where the header has ${header.length}; quote cells that hold the separator`,
      })),
    );
  }
  return { columns: header, rows };
}

function decode(bytes: Uint8Array, file: string): string {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  try {
    if (isUtf16) throw new TypeError('UTF-16');
    // Takes a byte order mark away.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new FileRefused(file, [{ reason: 'not-utf8', message: 'is not UTF-8; save it as "CSV UTF-8"' }], error);
  }
}

function parseRecords(text: string, file: string): string[][] {
  const firstLine = text.slice(0, text.search(/[\r\n]|$/));
  const delimiter = firstLine.split(';').length > firstLine.split(',').length ? ';' : ',';
  try {
    return parse(text, {
      delimiter,
      trim: true,
      relax_column_count: true,
      max_record_size: csvLimits.recordBytes,
      to: csvLimits.rows + 2,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FileRefused(file, [{ reason: 'not-csv', message: `cannot be read as CSV: ${reason}` }], error);
  }
}
