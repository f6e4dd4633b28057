/** Outlook's CSV export as contacts. */
import { parse } from 'csv-parse/sync';
import { ContactFileError, maxRecords } from './contact-file';
import type { ContactFile } from './contact-file';
import { createRecordCollector } from './collect-records';
import type { RawRecord } from './collect-records';
import { columnRole } from './csv-columns';
import type { ColumnRole } from './csv-columns';

interface Column {
  readonly index: number;
  readonly name: string;
  readonly role: ColumnRole;
}

/**
 * @throws ContactFileError `header-unknown`, `csv-broken`, `too-many-records`.
 */
export function readCsv(text: string): ContactFile {
  const rows = parseRows(text);
  const header = rows[0] ?? [];
  const columns = header.flatMap((name, index): Column[] => {
    const role = columnRole(name);
    return role === undefined ? [] : [{ index, name: name.trim(), role }];
  });
  const holdsName = columns.some(({ role }) => ['givenName', 'surname', 'displayName', 'company'].includes(role.role));
  const holdsReach = columns.some(({ role }) => role.role === 'number' || role.role === 'email');
  if (!holdsName || !holdsReach) {
    throw new ContactFileError(
      'header-unknown',
      "The first line is not the header of an Outlook export (English or German) with columns such as 'Last Name' and 'Business Phone'. In Outlook choose File, Open & Export, Import/Export, Export to a file, Comma Separated Values.",
    );
  }
  const collector = createRecordCollector();
  rows.slice(1).forEach((row, index) => collector.add(index + 1, toRecord(row, columns)));
  return collector.result();
}

function parseRows(text: string): string[][] {
  const firstLine = text.slice(0, 64 * 1024).split(/\r\n|\r|\n/, 1)[0] ?? '';
  try {
    const rows = parse(text, {
      bom: true,
      delimiter: delimiterOf(firstLine),
      relax_column_count: true,
      // A stray quote inside an unquoted field is data, not a reason to refuse a whole address book.
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: false,
      max_record_size: 256 * 1024,
      to: maxRecords + 2,
    });
    if (rows.length > maxRecords + 1) {
      throw new ContactFileError(
        'too-many-records',
        `The file holds more than ${maxRecords} contacts. Export it in parts.`,
      );
    }
    return rows;
  } catch (error) {
    if (error instanceof ContactFileError) throw error;
    throw new ContactFileError(
      'csv-broken',
      'The file is not well-formed CSV: a quoted field does not end. Export it again.',
      error,
    );
  }
}

/** Outlook writes the list separator of the system's language: comma, semicolon or tab. */
function delimiterOf(firstLine: string): string {
  const outsideQuotes = firstLine.replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t'].map((sign) => ({ sign, count: outsideQuotes.split(sign).length - 1 }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).sign;
}

function toRecord(row: readonly string[], columns: readonly Column[]): RawRecord {
  const value = (role: ColumnRole['role']) => {
    const column = columns.find((each) => each.role.role === role && (row[each.index] ?? '').trim() !== '');
    return column === undefined ? '' : (row[column.index] ?? '').trim();
  };
  const numbers: RawRecord['numbers'] = columns.flatMap(({ index, name, role }) => {
    const raw = (row[index] ?? '').trim();
    return role.role === 'number' && raw !== '' ? [{ kind: role.kind, raw, field: name }] : [];
  });
  const emails = columns.flatMap(({ index, role }) => {
    const address = (row[index] ?? '').trim();
    // Exchange writes internal addresses in its own form, which is no e-mail address.
    return role.role === 'email' && address.includes('@') ? [address] : [];
  });
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
