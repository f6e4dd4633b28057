/** Contacts as a table (RFC 4180, UTF-8 with a mark, so that Excel reads it as such). */
import { writeCell } from '../../../shared/csv-cell';
import type { ContactWriter } from './write-contacts';
import { writable } from './write-contacts';

/** How many columns of numbers and of addresses the contacts need. */
export interface TableWidth {
  readonly numbers: number;
  readonly emails: number;
}

export function createCsvWriter(width: TableWidth): ContactWriter {
  // One of each at least: without them a table says of nobody how he is reached.
  const numbers = Array.from({ length: Math.max(1, width.numbers) }, (_, n) => n);
  const emails = Array.from({ length: Math.max(1, width.emails) }, (_, n) => n);
  const header = [
    ...['Display Name', 'First Name', 'Last Name', 'Company', 'Department', 'Job Title'],
    ...numbers.flatMap((n) => [`Phone ${n + 1} Type`, `Phone ${n + 1}`]),
    ...emails.map((n) => `E-mail ${n + 1}`),
    'Notes',
  ];
  return {
    start: `\ufeff${row(header)}`,
    write: ({ fields }) =>
      row([
        fields.displayName,
        fields.givenName,
        fields.surname,
        fields.company,
        fields.department,
        fields.jobTitle,
        ...numbers.flatMap((n) => [fields.numbers[n]?.kind, fields.numbers[n]?.raw]),
        ...emails.map((n) => fields.emails[n]),
        fields.notes,
      ]),
    end: '',
  };
}

function row(cells: readonly (string | undefined)[]): string {
  const written = cells.map((cell) => {
    const text = writeCell(writable(cell ?? ''));
    return text === '' ? '' : `"${text.replaceAll('"', '""')}"`;
  });
  return `${written.join(',')}\r\n`;
}
