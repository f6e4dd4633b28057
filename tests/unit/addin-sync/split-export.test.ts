import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitExport } from '../../../addin/sync/split-export';
import { contactFileFormats } from '../../../shared/contact-file';
import type { ContactFileFormat } from '../../../shared/contact-file';
import type { ContactFields } from '../../../shared/contact';
import { createCsvWriter } from '../../../sync-service/contacts/files/csv-writer';
import { readContactFile } from '../../../sync-service/contacts/files/read-contact-file';
import { createVCardWriter } from '../../../sync-service/contacts/files/vcard-writer';
import { createXmlWriter } from '../../../sync-service/contacts/files/xml-writer';
import { anyContact } from '../../fixtures/contact-fields';

const width = { numbers: 8, emails: 8 };
const writers = { csv: () => createCsvWriter(width), vcard: createVCardWriter, xml: createXmlWriter } as const;

function exported(format: ContactFileFormat, contacts: readonly ContactFields[]): Uint8Array<ArrayBuffer> {
  const writer = writers[format]();
  const cards = contacts.map((fields, n) => writer.write({ id: `id-${n}`, fields, picture: Buffer.alloc(n * 40, n) }));
  return Uint8Array.from(Buffer.from(writer.start + cards.join('') + writer.end));
}
const limits = { maxBytes: 2000, maxRecords: 4 };

describe('an export', () => {
  it.each(contactFileFormats)(
    'as %s over the limits of an import is cut into files that keep to them and hold all contacts in their order',
    (format) => {
      fc.assert(
        fc.property(fc.array(anyContact, { minLength: 1, maxLength: 12 }), (contacts) => {
          const files = splitExport(format, exported(format, contacts), limits).map((pieces) => Buffer.concat(pieces));
          const read = files.map((bytes) => readContactFile({ format, bytes }).contacts);
          for (const [n, there] of read.entries()) {
            expect(there.length).toBeLessThanOrEqual(limits.maxRecords);
            if (there.length > 1) expect(files[n]?.length).toBeLessThanOrEqual(limits.maxBytes);
          }
          expect(read.flat().map(({ fields }) => fields)).toEqual(contacts);
        }),
        { numRuns: 60 },
      );
    },
  );

  it.each(contactFileFormats)('as %s that fits, or of nobody, is one file and as it was', (format) => {
    for (const contacts of [[], [{ displayName: 'A', numbers: [], emails: [] }]]) {
      const content = exported(format, contacts);
      const files = splitExport(format, content, { maxBytes: 100_000, maxRecords: 10 });
      expect(files.map((pieces) => Buffer.concat(pieces).toString())).toEqual([Buffer.from(content).toString()]);
    }
  });

  it('as vCard is not cut where a folded note looks like the end of a card', () => {
    const fields = {
      displayName: 'A',
      numbers: [],
      emails: [],
      notes: `${'x'.repeat(69)} END:VCARD${'y'.repeat(500)}`,
    };
    const content = exported('vcard', [fields, fields]);
    const files = splitExport('vcard', content, { maxBytes: 100, maxRecords: 10 });
    expect(files).toHaveLength(2);
  });
});
