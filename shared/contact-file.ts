/** Files of contacts: their formats, and what a column of a table may hold. */
import * as z from 'zod/mini';
import { numberKinds } from './contact';

/** `xml` is described in docs/contact-files.md. */
export const contactFileFormats = ['csv', 'vcard', 'xml'] as const;
export type ContactFileFormat = (typeof contactFileFormats)[number];

/** What a column of a table may hold; a kind of number stands for a column of numbers of that kind. */
export const columnUses = [
  'displayName',
  'givenName',
  'middleName',
  'surname',
  'suffix',
  'company',
  'department',
  'jobTitle',
  'notes',
  'email',
  /** The kind, in words, of the number in the next column. */
  'numberKind',
  ...numberKinds,
] as const;
export type ColumnUse = (typeof columnUses)[number];

/** Most contacts that one file may hold; Outlook itself exports folders of up to 50,000 items. */
export const maxRecords = 50_000;

/** Columns that a table may have: three times those of the widest export known. */
export const maxColumns = 500;

/** A column of a table, with what it is taken for. */
export const tableColumnSchema = z.object({
  /** From 0. */
  index: z.number(),
  /** As the header has it; empty where the table has no header. */
  name: z.string(),
  /** Absent: the column is passed over. */
  use: z.optional(z.enum(columnUses)),
  /** The first values, shortened. */
  samples: z.array(z.string()),
});
export type TableColumn = z.infer<typeof tableColumnSchema>;

/** How a table was read. */
export const tableReadingSchema = z.object({
  /** The first row names the columns. */
  header: z.boolean(),
  columns: z.array(tableColumnSchema),
  /** What has no column yet, without which nothing can be imported. */
  missing: z.optional(z.enum(['name', 'number'])),
});
export type TableReading = z.infer<typeof tableReadingSchema>;

export interface ColumnChoice {
  readonly index: number;
  readonly use: ColumnUse;
}

/** Chosen columns as they travel: `3:givenName,4:surname,9:business`. */
export const columnChoicesSchema = z.pipe(
  z
    .string()
    .check(z.maxLength(12_000), z.regex(new RegExp(`^(?:\\d{1,3}:(?:${columnUses.join('|')})(?:,(?=\\d)|$))*$`))),
  z.transform((text): ColumnChoice[] =>
    text.split(',').flatMap((choice) => {
      const [index = '', word] = choice.split(':');
      const use = columnUses.find((known) => known === word);
      return use === undefined ? [] : [{ index: Number(index), use }];
    }),
  ),
);

export function writeColumnChoices(choices: readonly ColumnChoice[]): string {
  return choices.map(({ index, use }) => `${index}:${use}`).join(',');
}
