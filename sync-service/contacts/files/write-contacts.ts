/**
 * Contacts as text of each format, so that reading it gives the same contacts back. A writer is given one contact after the
 * other and gives the text to put behind what it gave before.
 */
import type { ContactFields } from '../../../shared/contact';

export interface WrittenContact {
  /** Stable: other programs know the contact again by it. */
  readonly id: string;
  readonly fields: ContactFields;
  /** Its picture as JPEG. */
  readonly picture?: Uint8Array | undefined;
}

export interface ContactWriter {
  /** What stands before the first contact. */
  readonly start: string;
  write(contact: WrittenContact): string;
  /** What stands behind the last one. */
  readonly end: string;
}

/** A text without what no format can hold: controls besides tab and line ends, and halves of signs. */
export function writable(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- these are meant
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replace(/\p{Surrogate}/gu, '\ufffd')
  );
}
