/**
 * Which format a file is in: by its name, so that one that is not what its name says is refused by the service with the
 * reason; by what it begins with where the name says nothing.
 */
import type { ContactFileFormat } from '../../shared/contact-file';

/** @param file only its first bytes are read */
export async function formatOfFile(file: Pick<File, 'name' | 'slice'>): Promise<ContactFileFormat> {
  if (/\.csv$/i.test(file.name)) return 'csv';
  if (/\.(vcf|vcard)$/i.test(file.name)) return 'vcard';
  if (/\.xml$/i.test(file.name)) return 'xml';
  const bytes = new Uint8Array(await file.slice(0, 64).arrayBuffer());
  // In UTF-16 every other byte of such text is zero.
  const start = String.fromCharCode(...bytes.filter((byte) => byte !== 0)).toUpperCase();
  if (/^[^A-Z"]{0,8}BEGIN:VCARD/.test(start)) return 'vcard';
  return /^[^A-Z"<]{0,8}<(?:\?XML|CONTACTS|PHONEBOOKS)/.test(start) ? 'xml' : 'csv';
}

/** How a browser is told of each. */
export const contentTypeOf: Readonly<Record<ContactFileFormat, string>> = {
  csv: 'text/csv',
  vcard: 'text/vcard',
  xml: 'application/xml',
};
