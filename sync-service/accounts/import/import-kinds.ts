/**
 * What a row of each kind of file says. A column that is missing leaves its field as it is; an empty cell clears the
 * field where it may be empty. Column names are compared without case, blanks, `-` and `_`.
 */

export type ImportKind = 'sites' | 'users' | 'groups' | 'speed dials';

/** The order in which several files are imported: each kind may name the ones before it. */
export const importOrder: readonly ImportKind[] = ['sites', 'users', 'groups', 'speed dials'];

/** What a cell says of a field; throws CellError. Undefined: the field stays as it is. */
type CellReader = (cell: string) => unknown;

interface Column {
  /** Path of the field in the wish, such as `dialPlan.areaCode`. */
  readonly field: string;
  readonly read: CellReader;
}

export interface KindOfFile {
  readonly kind: ImportKind;
  /** A file that has all of these is of this kind. */
  readonly required: readonly string[];
  readonly columns: Readonly<Record<string, Column>>;
}

/** A cell that cannot be read; the message says what is expected. */
export class CellError extends Error {}

const text: CellReader = (cell) => cell || undefined;
const clearable: CellReader = (cell) => cell || null;
/** Digits that may be empty on purpose, such as the area code. */
const digits: CellReader = (cell) => cell;
const list: CellReader = (cell) => cell.split(/[\s;,|]+/).filter((item) => item !== '');

const words: Readonly<Record<string, boolean>> = {
  yes: true,
  true: true,
  '1': true,
  ja: true,
  no: false,
  false: false,
  '0': false,
  nein: false,
};
const yesOrNo: CellReader = (cell) => {
  if (cell === '') return undefined;
  const said = words[cell.toLowerCase()];
  if (said === undefined) throw new CellError(`write yes or no instead of ${cell}`);
  return said;
};

const wholeNumber: CellReader = (cell) => {
  if (cell === '') return undefined;
  if (!/^\d{1,4}$/.test(cell)) throw new CellError(`write a number instead of ${cell}`);
  return Number(cell);
};

const json: CellReader = (cell) => {
  if (cell === '') return null;
  try {
    return JSON.parse(cell) as unknown;
  } catch {
    throw new CellError('write JSON, such as {"kind":"…"} (in CSV with doubled quotes)');
  }
};

/** So many devices fit into a row. */
const devicesInRow = [0, 1, 2, 3] as const;
const deviceColumns = Object.fromEntries(
  devicesInRow.flatMap((index) => {
    const prefix = index === 0 ? 'device' : `device${index + 1}`;
    return [
      [`${prefix}Address`, { field: `devices.${index}.address`, read: text }],
      [`${prefix}Name`, { field: `devices.${index}.name`, read: text }],
    ];
  }),
) as Record<string, Column>;

export const kindsOfFile: readonly KindOfFile[] = [
  {
    kind: 'sites',
    required: ['name', 'countryCode'],
    columns: {
      name: { field: 'name', read: text },
      countryCode: { field: 'dialPlan.countryCode', read: text },
      areaCode: { field: 'dialPlan.areaCode', read: digits },
      trunkAccessCode: { field: 'dialPlan.trunkAccessCode', read: digits },
      nationalPrefix: { field: 'dialPlan.nationalPrefix', read: digits },
      internationalPrefix: { field: 'dialPlan.internationalPrefix', read: text },
      numberBlocks: { field: 'dialPlan.numberBlocks', read: list },
      extensionLength: { field: 'dialPlan.extensionLength', read: wholeNumber },
      emergencyNumbers: { field: 'dialPlan.emergencyNumbers', read: list },
      localAreaCodes: { field: 'dialPlan.localAreaCodes', read: list },
      ownAreaDigits: { field: 'dialPlan.ownAreaDigits', read: wholeNumber },
      timeZone: { field: 'timeZone', read: text },
      telephoneSystem: { field: 'telephoneSystem', read: json },
      journalDays: { field: 'journalDays', read: wholeNumber },
    },
  },
  {
    kind: 'users',
    required: ['userName'],
    columns: {
      userName: { field: 'userName', read: text },
      site: { field: 'site', read: text },
      displayName: { field: 'displayName', read: text },
      givenName: { field: 'givenName', read: clearable },
      surname: { field: 'surname', read: clearable },
      extension: { field: 'extension', read: clearable },
      email: { field: 'email', read: clearable },
      mobileNumber: { field: 'mobileNumber', read: clearable },
      externalNumber: { field: 'externalNumber', read: clearable },
      role: { field: 'role', read: text },
      mulap: { field: 'mulap', read: yesOrNo },
      intercept: { field: 'intercept', read: yesOrNo },
      mobility: { field: 'mobility', read: yesOrNo },
      inDirectory: { field: 'inDirectory', read: yesOrNo },
      initialPassword: { field: 'initialPassword', read: text },
      mustChangePassword: { field: 'mustChangePassword', read: yesOrNo },
      ...deviceColumns,
    },
  },
  {
    kind: 'speed dials',
    required: ['name', 'number'],
    columns: {
      name: { field: 'name', read: text },
      number: { field: 'number', read: text },
      site: { field: 'site', read: text },
    },
  },
  {
    kind: 'groups',
    required: ['name', 'extension'],
    columns: {
      name: { field: 'name', read: text },
      extension: { field: 'extension', read: text },
      site: { field: 'site', read: text },
      inDirectory: { field: 'inDirectory', read: yesOrNo },
      members: { field: 'members', read: list },
    },
  },
];

/** The form in which column names are compared. */
export function columnKey(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, '');
}
