/** Tables of contacts: exports of Outlook, Thunderbird, Google and ours by themselves, others by what their columns are taken for. */
import type { ColumnChoice, ColumnUse, TableReading } from '../../../shared/contact-file';
import { createRecordCollector } from './collect-records';
import type { RawRecord } from './collect-records';
import { ContactFileError } from './contact-file';
import type { ContactFile } from './contact-file';
import { kindInWords, numberKindOf } from './csv-columns';
import { readCell } from '../../../shared/csv-cell';
import { openCsvTable } from './csv-table';
import { isEnough, isNumberUse, proposeColumns, sampleRows } from './propose-columns';

export interface CsvOptions {
  /** Whether the first row names the columns; found out where absent. */
  readonly header?: boolean | undefined;
  /** What a person takes the columns for; proposed where absent. */
  readonly columns?: readonly ColumnChoice[] | undefined;
}

/** A table with how it was read. */
export interface TableFile extends ContactFile {
  readonly table: TableReading;
}

interface Column {
  readonly index: number;
  readonly name: string;
  readonly use: ColumnUse;
}

/**
 * Reads a table. Where nothing says who is who, `table.missing` says so and there are no contacts: the columns have to be
 * chosen then.
 * @throws ContactFileError `header-unknown`, `csv-broken`, `too-many-columns`, `too-many-records`, `row-too-large`.
 */
export function readCsv(text: string, { header, columns: chosen }: CsvOptions = {}): TableFile {
  if (/^\s*(?:BEGIN:VCARD|<|\{|\[)/i.test(text)) {
    throw new ContactFileError('header-unknown', 'This is no table: it begins like a vCard, XML or JSON.');
  }
  const csv = openCsvTable(text);
  // Without the other rows: what is no table of contacts is not worth making them.
  const proposed = proposeColumns(csv.firstRows(sampleRows), header);
  const table = chosen === undefined ? proposed : withChoices(proposed, chosen);
  if (table.columns.length < 2 && table.missing !== undefined) {
    throw new ContactFileError(
      'header-unknown',
      'This is no table of contacts: it has one column, and neither numbers nor addresses in it.',
    );
  }
  const collector = createRecordCollector();
  if (table.missing !== undefined) return { ...collector.result(), table };
  const columns = table.columns.flatMap(({ index, name, use }): Column[] =>
    use === undefined ? [] : [{ index, name: name === '' ? String(index + 1) : name, use }],
  );
  for (const [n, row] of csv.rows().entries()) {
    if (n === 0 && table.header) continue;
    // Spreadsheets write such rows behind their last one: there is nothing to tell of them.
    if (row.every((cell) => cell.trim() === '')) continue;
    collector.add(table.header ? n : n + 1, toRecord(row, columns));
  }
  return { ...collector.result(), table };
}

function withChoices({ missing: _proposed, ...table }: TableReading, chosen: readonly ColumnChoice[]): TableReading {
  const uses = new Map(chosen.map(({ index, use }) => [index, use]));
  const columns = table.columns.map(({ use: _use, ...column }) => {
    const use = uses.get(column.index);
    return use === undefined ? column : { ...column, use };
  });
  const missing = isEnough(columns.map((column) => ('use' in column ? column.use : undefined)));
  return { ...table, columns, ...(missing === undefined ? {} : { missing }) };
}

function toRecord(row: readonly string[], columns: readonly Column[]): RawRecord {
  const cell = (index: number) => readCell(row[index] ?? '').trim();
  const value = (use: ColumnUse) => {
    for (const column of columns) {
      if (column.use !== use) continue;
      const text = cell(column.index);
      if (text !== '') return text;
    }
    return '';
  };
  const kindBefore = (index: number) => {
    const beside = columns.find((column) => column.index === index - 1 && column.use === 'numberKind');
    return beside === undefined ? undefined : numberKindOf(kindInWords(cell(beside.index)));
  };
  const numbers: RawRecord['numbers'] = columns.flatMap(({ index, name, use }) => {
    const kind = isNumberUse(use) ? numberKindOf(use) : undefined;
    if (kind === undefined) return [];
    return valuesOf(cell(index), name).map((raw) => ({ kind: kindBefore(index) ?? kind, raw, field: name }));
  });
  // Exchange writes internal addresses in its own form, which is no e-mail address.
  const emails = columns.flatMap(({ index, name, use }) =>
    use === 'email' ? valuesOf(cell(index), name).filter((address) => !/^\/o=/i.test(address)) : [],
  );
  const name = [value('givenName'), value('middleName'), value('surname'), value('suffix')]
    .filter((part) => part !== '')
    .join(' ');
  return {
    displayName: value('displayName') || name || value('company') || emails[0] || '',
    givenName: value('givenName'),
    surname: value('surname'),
    company: value('company'),
    department: value('department'),
    jobTitle: value('jobTitle'),
    notes: value('notes'),
    numbers,
    emails,
  };
}

/** Google puts several values into one cell of columns such as "Phone 1 - Value". */
function valuesOf(text: string, column: string): string[] {
  const values = / - value$/i.test(column) ? text.split(' ::: ') : [text];
  return values.map((value) => value.trim()).filter((value) => value !== '');
}
