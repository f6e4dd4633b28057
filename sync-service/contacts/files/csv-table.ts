/** A table in CSV as rows of cells; limits are held before the library, which knows none of width, makes cells. */
import { parse } from 'csv-parse/sync';
import { maxColumns, maxRecords } from '../../../shared/contact-file';
import { ContactFileError } from './contact-file';

/** UTF-16 units of one row: what Outlook writes of a contact with the longest notes is a tenth of it. */
const maxRowLength = 256 * 1024;

/** A table that is within the limits, its rows not yet made. */
export interface CsvTable {
  /**
   * @returns rows of the table, the header among them; none is empty
   * @throws ContactFileError `csv-broken`
   */
  rows(): string[][];
  /** The first of them: the others are not worth the time before it is known that they are contacts. */
  firstRows(most: number): string[][];
}

/** @throws ContactFileError `csv-broken`, `too-many-columns`, `too-many-records`, `row-too-large` */
export function openCsvTable(text: string): CsvTable {
  // A line for Excel that only says which sign separates.
  const [said = '', sign] = /^\ufeff?sep=([,;\t|])[\r\n]+/i.exec(text.slice(0, 16)) ?? [];
  const table = text.slice(said.length).replace(/^[\r\n]+/, '');
  const delimiter = sign ?? delimiterOf(table.slice(0, lookedAtLength));
  const startLength = holdLimits(table, delimiter);
  return {
    rows: () => rowsOf(table, delimiter, maxRecords + 1),
    firstRows: (most) => rowsOf(table.slice(0, startLength), delimiter, most),
  };
}

function rowsOf(table: string, delimiter: string, most: number): string[][] {
  try {
    return parse(table, {
      bom: true,
      delimiter,
      // All of them: by itself the library takes the first for the only one, and a file with others later becomes one row.
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      // A stray quote inside an unquoted field is data, not a reason to refuse a whole address book.
      relax_quotes: true,
      skip_empty_lines: true,
      to: most,
    });
  } catch (error) {
    throw broken(error);
  }
}

function broken(cause?: unknown): ContactFileError {
  return new ContactFileError(
    'csv-broken',
    'The file is not well-formed CSV: a quoted field does not end. Export it again.',
    cause,
  );
}

/** UTF-16 units of a table, and the rest of their row, by which is said what it holds. */
const lookedAtLength = 64 * 1024;

/** Lines that say what separates. */
const lookedAtLines = 20;

/**
 * Programs write the list separator of the system's language: comma, semicolon, tab; some the bar. It is the sign that stands
 * in each line as often as in the first; of two such the more frequent one, else the one that texts have more rarely: in
 * `Name, first name;Telephone` it is the semicolon.
 */
function delimiterOf(start: string): string {
  const lines = start
    .replace(/"[^"]*"/g, '')
    .split(/\r\n|\r|\n/, 4 * lookedAtLines)
    .filter((line) => line !== '')
    .slice(0, lookedAtLines);
  const [first = ''] = lines;
  const countIn = (line: string, sign: string) => line.split(sign).length - 1;
  const signs = ['\t', ';', '|', ','].map((sign) => {
    const count = countIn(first, sign);
    return { sign, count, alike: count === 0 ? 0 : lines.filter((line) => countIn(line, sign) === count).length };
  });
  const [best] = signs.sort((one, other) => other.alike - one.alike || other.count - one.count);
  return best === undefined || best.count === 0 ? ',' : best.sign;
}

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Counts rows, their lengths and their separators outside quotes in one pass. Quotes that hold a line end and are followed by
 * more than a separator have begun somewhere else: what they hold are rows of others, which would become one silently.
 * @returns the length of the table's start, in whole rows
 */
function holdLimits(text: string, delimiter: string): number {
  const separator = delimiter.charCodeAt(0);
  let quoted = false;
  let atFieldStart = true;
  let columns = 1;
  let rows = 0;
  let start = 0;
  let holdsLineEnd = false;
  let startLength = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (quoted) {
      if (sign === quote) {
        if (text.charCodeAt(at + 1) === quote) at += 1;
        else {
          quoted = false;
          if (holdsLineEnd && !endsField(text.charCodeAt(at + 1), separator)) throw broken();
        }
      } else if (sign === lineFeed || sign === carriageReturn) holdsLineEnd = true;
    } else if (sign === quote && atFieldStart) {
      quoted = true;
      holdsLineEnd = false;
      atFieldStart = false;
    } else if (sign === separator) {
      columns += 1;
      atFieldStart = true;
      if (columns > maxColumns) {
        throw new ContactFileError(
          'too-many-columns',
          `The table has more than ${maxColumns} columns. Export the contacts with the columns of contacts only.`,
        );
      }
    } else if (sign === lineFeed || sign === carriageReturn) {
      if (at > start) rows += 1;
      if (at >= lookedAtLength && startLength === text.length) startLength = at + 1;
      start = at + 1;
      columns = 1;
      atFieldStart = true;
      if (rows > maxRecords + 1) break;
    } else atFieldStart = false;
    if (at - start > maxRowLength) {
      throw new ContactFileError(
        'row-too-large',
        'A row of the table is larger than any contact may be, or a quote does not end. Look at the file in an editor.',
      );
    }
  }
  if (start < text.length) rows += 1;
  if (rows > maxRecords + 1) {
    throw new ContactFileError(
      'too-many-records',
      `The file holds more than ${maxRecords} contacts. Export it in parts.`,
    );
  }
  return startLength;
}

/** Whether a field ends before the sign, or with the text (NaN). */
function endsField(sign: number, separator: number): boolean {
  return sign === separator || sign === lineFeed || sign === carriageReturn || Number.isNaN(sign);
}
