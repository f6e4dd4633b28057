/** What a file of contacts holds, whatever its format. */
import type { FileProblem } from '../../../shared/api/contacts';
import type { ContactFields } from '../../../shared/contact';
import type { FilePicture } from './vcard-picture';

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

/** One record that can become a contact. */
export interface FileContact {
  /** Counted from 1, header not counted. */
  readonly position: number;
  /** The same contact in a later export of the same address book has the same id. */
  readonly itemId: string;
  readonly fields: ContactFields;
  /** Column or property behind each of `fields.numbers`. */
  readonly numberFields: readonly string[];
  /** Its picture as it is in the file, or why it is not taken. */
  readonly picture?: FilePicture;
}

export interface SkippedRecord {
  readonly position: number;
  /** Absent where none is known. */
  readonly name?: string;
  readonly reason: 'no-name' | 'too-large' | 'unreadable' | 'duplicate';
}

export interface ContactFile {
  readonly contacts: readonly FileContact[];
  readonly skipped: readonly SkippedRecord[];
}
