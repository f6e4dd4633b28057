/** A file of contacts of any format: from its bytes to contacts. */
import type { ColumnChoice, ContactFileFormat, TableReading } from '../../../shared/contact-file';
import type { ContactFile } from './contact-file';
import { readCsv } from './csv-contact-file';
import { decodeText } from './decode-text';
import { readVCards } from './vcard-contact-file';
import { xmlCharset } from './xml-charset';
import { readXml } from './xml-contact-file';

export interface ContactFileRequest {
  readonly format: ContactFileFormat;
  readonly bytes: Uint8Array;
  /** IANA name; found out where absent. Not asked of XML that is in UTF-8. */
  readonly charset?: string | undefined;
  /** Of a table: whether its first row names the columns; found out where absent. */
  readonly header?: boolean | undefined;
  /** Of a table: what its columns are taken for; proposed where absent. */
  readonly columns?: readonly ColumnChoice[] | undefined;
}

/** What was read. */
export interface ReadFile extends ContactFile {
  /** The character set that the file was read in. */
  readonly charset: string;
  /** Only of a table. */
  readonly table?: TableReading;
}

/** @throws ContactFileError with the reason why the whole file is refused. */
export function readContactFile({ format, bytes, charset, ...options }: ContactFileRequest): ReadFile {
  const decoded = decodeText(bytes, format === 'xml' ? xmlCharset(bytes, charset) : charset);
  switch (format) {
    case 'csv':
      return { ...readCsv(decoded.text, options), charset: decoded.charset };
    case 'vcard':
      return { ...readVCards(decoded.text), charset: decoded.charset };
    case 'xml':
      return { ...readXml(decoded.text), charset: decoded.charset };
  }
}
