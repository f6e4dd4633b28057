/**
 * Which format a file is in: by its name, so that one that is not what its name says is refused by the service with the
 * reason; by what it begins with where the name says nothing.
 */

export type FileFormat = 'csv' | 'vcard';

/** @param file only its first bytes are read */
export async function formatOfFile(file: Pick<File, 'name' | 'slice'>): Promise<FileFormat> {
  if (/\.csv$/i.test(file.name)) return 'csv';
  if (/\.(vcf|vcard)$/i.test(file.name)) return 'vcard';
  const bytes = new Uint8Array(await file.slice(0, 64).arrayBuffer());
  // In UTF-16 every other byte of such text is zero.
  const start = String.fromCharCode(...bytes.filter((byte) => byte !== 0)).toUpperCase();
  return /^[^A-Z"]{0,8}BEGIN:VCARD/.test(start) ? 'vcard' : 'csv';
}
