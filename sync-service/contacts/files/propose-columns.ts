/** What the columns of a table are taken for until a person says otherwise: by their names, else by what they hold. */
import { numberKinds } from '../../../shared/contact';
import type { ColumnUse, TableReading } from '../../../shared/contact-file';
import { readCell } from '../../../shared/csv-cell';
import { columnUse, likelyColumnUse } from './csv-columns';

/** Rows that are looked at. */
export const sampleRows = 200;
/** Values of a column that must be of a kind for the column to be so. */
const share = 0.6;
const sampleLength = 60;
const shownSamples = 2;

const nameUses: readonly ColumnUse[] = ['displayName', 'givenName', 'surname', 'company'];
const kinds: ReadonlySet<string> = new Set(numberKinds);

export function isNumberUse(use: ColumnUse | undefined): boolean {
  return use !== undefined && kinds.has(use);
}

/** @param header says whether the first row names the columns; undefined to find it out */
export function proposeColumns(rows: readonly (readonly string[])[], header?: boolean): TableReading {
  const [first = []] = rows;
  const hasHeader = header ?? looksLikeHeader(first);
  const body = rows.slice(hasHeader ? 1 : 0, sampleRows);
  const width = Math.max(first.length, ...body.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, index) => {
    const name = hasHeader ? (first[index] ?? '').trim() : '';
    const values = body.map((row) => readCell(row[index] ?? '').trim()).filter((value) => value !== '');
    return { index, name, values };
  });
  const byName = columns.map(({ name }) => columnUse(name));
  // One known program's column among strange ones may be chance. Where a table is a known program's nothing is guessed by what
  // columns hold, but one that a person has added beside them is taken by its name.
  const isKnown = isEnough(byName) === undefined && byName.filter((use) => use !== undefined).length >= 3;
  const uses = isKnown ? columns.map((column, index) => byName[index] ?? reachUse(column)) : guess(columns, byName);
  const missing = isEnough(uses);
  return {
    header: hasHeader,
    columns: columns.map(({ index, name, values }) => {
      const use = uses[index];
      return {
        index,
        name: name.slice(0, 100),
        ...(use === undefined ? {} : { use }),
        samples: values.slice(0, shownSamples).map(shorten),
      };
    }),
    ...(missing === undefined ? {} : { missing }),
  };
}

/** What is missing for a contact: something to be called by, and something to be reached by. */
export function isEnough(uses: readonly (ColumnUse | undefined)[]): 'name' | 'number' | undefined {
  const reach = uses.some((use) => use === 'email' || isNumberUse(use));
  if (!reach) return 'number';
  // An address does as a name; a number does not.
  return uses.some((use) => use === 'email' || (use !== undefined && nameUses.includes(use))) ? undefined : 'name';
}

interface SampledColumn {
  readonly name: string;
  readonly values: readonly string[];
}

function guess(
  columns: readonly SampledColumn[],
  byName: readonly (ColumnUse | undefined)[],
): (ColumnUse | undefined)[] {
  const uses = columns.map(({ name, values }, index) => {
    const use = byName[index] ?? likelyColumnUse(name);
    // A name that promises numbers over a column that holds none is another thing, such as "Telephone costs".
    if (isNumberUse(use)) return values.length === 0 || mostly(values, hasDigits) ? use : undefined;
    return use ?? byContent(values);
  });
  if (uses.some((use) => use !== undefined && nameUses.includes(use))) return uses;
  const texts = columns.flatMap(({ values }, index) =>
    uses[index] === undefined && mostly(values, looksLikeName) ? [index] : [],
  );
  const [one, two] = texts;
  if (one === undefined) return uses;
  const whole = two === undefined || mostly(columns[one]?.values ?? [], (value) => value.includes(' '));
  uses[one] = whole ? 'displayName' : 'givenName';
  if (!whole) uses[two] = 'surname';
  return uses;
}

/** What a column is for by its name, where it holds numbers or addresses and says so. */
function reachUse({ name, values }: SampledColumn): ColumnUse | undefined {
  const use = likelyColumnUse(name);
  if (isNumberUse(use)) return mostly(values, hasDigits) ? use : undefined;
  return use === 'email' && mostly(values, looksLikeEmail) ? use : undefined;
}

function byContent(values: readonly string[]): ColumnUse | undefined {
  if (mostly(values, looksLikeEmail)) return 'email';
  return mostly(values, looksLikeNumber) ? 'other' : undefined;
}

/** Names of columns are words; the first row of a table without them has a number or an address in it. */
function looksLikeHeader(row: readonly string[]): boolean {
  const values = row.map((value) => readCell(value).trim());
  // Also a number with words around it, such as `089 99998 DW 12`; no name of a column has so many digits.
  if (values.some((value) => looksLikeEmail(value) || value.replace(/\D/g, '').length >= 6)) return false;
  return row.some((name) => columnUse(name) !== undefined) || !values.some(looksLikeNumber);
}

function mostly(values: readonly string[], is: (value: string) => boolean): boolean {
  return values.length > 0 && values.filter((value) => is(value)).length >= share * values.length;
}

const looksLikeEmail = (value: string) => value.length <= 254 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value);
const hasDigits = (value: string) => /\d/.test(value);
const looksLikeName = (value: string) => value.length <= 100 && /\p{L}{2}/u.test(value) && !/\d|@/.test(value);

/** Behind a number. */
const extension = /\s*\b(?:dw|durchwahl|app|apparat|nst|ext|x)\b\.?\s*\d{1,6}$/i;

/** Digits with the signs between them that people write; no date, no amount, no postcode. */
function looksLikeNumber(written: string): boolean {
  if (written.length > 40) return false;
  const value = written.replace(extension, '');
  if (!/^'?[+(]?[\d(][\d\s().\-/]*$/.test(value)) return false;
  if (/^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/.test(value) || /^\d+[.,]\d{1,2}$/.test(value)) return false;
  const digits = value.replace(/\D/g, '').length;
  return digits >= (/^[+0(]/.test(value) ? 6 : 7) && digits <= 20;
}

function shorten(value: string): string {
  const oneLine = value.replace(/\s+/g, ' ');
  return oneLine.length <= sampleLength ? oneLine : `${oneLine.slice(0, sampleLength - 1)}…`;
}
