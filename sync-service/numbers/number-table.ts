/** All forms of numbers as lines: for a table in a terminal, a spreadsheet (TSV) or a program (JSON). */
import type { DialPlan } from '../../shared/dial-plan';
import { numbersInField } from '../../shared/numbers-in-field';
import type { NumberReading, NumberRules } from '../../shared/phone-number';

/** How the forms are printed. */
export const tableFormats = ['table', 'tsv', 'json'] as const;
export type TableFormat = (typeof tableFormats)[number];

const columns = ['written', 'e164', 'display', 'dialable', 'extension', 'assumed', 'problem'] as const;
type Row = Readonly<Record<(typeof columns)[number], string>>;

/** Tabs and line ends would end a cell. */
const cell = (text: string | undefined): string => (text ?? '').replace(/[\t\r\n]+/g, ' ');

function rowsOf(reading: NumberReading): Row[] {
  return numbersInField(reading).map(({ raw, e164, display, dialable, extension, assumed, problem }) => ({
    written: cell(raw),
    e164: cell(e164),
    display: cell(display),
    dialable: cell(dialable),
    extension: cell(extension),
    assumed: cell(assumed),
    problem: cell(problem),
  }));
}

/** The lines of a file, read by a dial plan. Empty lines are left out. JSON has one object a line, as the API answers. */
export function numberTable(
  lines: readonly string[],
  plan: DialPlan,
  rules: Pick<NumberRules, 'readNumber'>,
  format: TableFormat,
): string[] {
  const readings = lines.filter((line) => line.trim() !== '').map((line) => rules.readNumber(line, plan));
  if (format === 'json') return readings.map((reading) => JSON.stringify(reading));
  const rows: readonly Row[] = [
    { ...(Object.fromEntries(columns.map((name) => [name, name])) as Row) },
    ...readings.flatMap(rowsOf),
  ];
  if (format === 'tsv') return rows.map((row) => columns.map((name) => row[name]).join('\t'));
  const widths = columns.map((name) => Math.max(...rows.map((row) => row[name].length)));
  return rows.map((row) =>
    columns
      .map((name, index) => row[name].padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
