/** The whole personal directory as a file, made while it is sent: no more than a portion of it is in memory. */
import type { Download } from '../../shared/api/route';
import type { ContactFileFormat } from '../../shared/contact-file';
import type { Database } from '../database/database';
import { pictureBytes } from './contact-picture-store';
import { allContacts } from './contact-store';
import { createCsvWriter } from './files/csv-writer';
import type { TableWidth } from './files/csv-writer';
import { createVCardWriter } from './files/vcard-writer';
import type { ContactWriter } from './files/write-contacts';
import { createXmlWriter } from './files/xml-writer';

export interface ContactExportService {
  /**
   * All contacts of the user, imported or not, in the order of names. What is edited meanwhile is in it as it was or as it
   * is.
   */
  exportContacts(userId: string, format: ContactFileFormat): Promise<Download>;
}

const contentTypes: Readonly<Record<ContactFileFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  vcard: 'text/vcard; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
};
const endings: Readonly<Record<ContactFileFormat, string>> = { csv: 'csv', vcard: 'vcf', xml: 'xml' };

/** UTF-16 units that are sent at once. */
const pieceLength = 64 * 1024;

export function createContactExportService({ database }: { readonly database: Database }): ContactExportService {
  async function* content(
    userId: string,
    format: ContactFileFormat,
    writer: ContactWriter,
  ): AsyncGenerator<Uint8Array> {
    let text = writer.start;
    for await (const { id, fields, picture } of allContacts(database, userId)) {
      const bytes =
        format === 'vcard' && picture !== undefined ? await pictureBytes(database, userId, picture) : undefined;
      text += writer.write({ id, fields, picture: bytes });
      if (text.length < pieceLength) continue;
      yield Buffer.from(text);
      text = '';
    }
    yield Buffer.from(text + writer.end);
  }

  return {
    async exportContacts(userId, format) {
      const writer = format === 'csv' ? createCsvWriter(await widthOf(database, userId)) : writers[format]();
      return {
        contentType: contentTypes[format],
        fileName: `contacts.${endings[format]}`,
        content: content(userId, format, writer),
      };
    },
  };
}

const writers = { vcard: createVCardWriter, xml: createXmlWriter } as const;

/** A table's header comes first and says how many numbers anybody has. */
async function widthOf(database: Database, userId: string): Promise<TableWidth> {
  const width = { numbers: 0, emails: 0 };
  for await (const { fields } of allContacts(database, userId)) {
    width.numbers = Math.max(width.numbers, fields.numbers.length);
    width.emails = Math.max(width.emails, fields.emails.length);
  }
  return width;
}
