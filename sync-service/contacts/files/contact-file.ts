/** What a file of contacts holds, whatever its format. */
import type { ContactFields } from '../../../shared/contact';

/** Why a whole file is refused. Nothing is changed then. */
export type FileProblem =
  /** No bytes, or only blanks. */
  | 'empty'
  /** Not text: a picture, an archive, a document of Office. */
  | 'binary'
  | 'charset-unknown'
  /** The bytes are not of the character set that was named. */
  | 'charset-wrong'
  /** No line is a CSV header that Outlook writes. */
  | 'header-unknown'
  /** Quotes that do not end, or the like. */
  | 'csv-broken'
  /** No `BEGIN:VCARD` in it. */
  | 'no-vcard'
  | 'too-many-records';

/** The file as a whole cannot be read. */
export class ContactFileError extends Error {
  constructor(
    readonly problem: FileProblem,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = 'ContactFileError';
  }
}

/** Most records that one file may hold; Outlook itself exports folders of up to 50,000 items. */
export const maxRecords = 50_000;

/** One record that can become a contact. */
export interface FileContact {
  /** Counted from 1, header not counted. */
  readonly position: number;
  /** The same contact in a later export of the same address book has the same id. */
  readonly itemId: string;
  readonly fields: ContactFields;
  /** Column or property behind each of `fields.numbers`. */
  readonly numberFields: readonly string[];
}

export interface SkippedRecord {
  readonly position: number;
  readonly reason: 'no-name' | 'too-large' | 'unreadable' | 'duplicate';
}

export interface ContactFile {
  readonly contacts: readonly FileContact[];
  readonly skipped: readonly SkippedRecord[];
}
