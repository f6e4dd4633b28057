/** Which format a file is in: by what it begins with, because names and types lie; by its name where that says nothing. */

export type FileFormat = 'csv' | 'vcard';

/** @param file only its first bytes are read */
export async function formatOfFile(file: Pick<File, 'name' | 'slice'>): Promise<FileFormat> {
  const bytes = new Uint8Array(await file.slice(0, 64).arrayBuffer());
  // In UTF-16 every other byte of such text is zero.
  const start = String.fromCharCode(...bytes.filter((byte) => byte !== 0)).toUpperCase();
  if (/^[^A-Z"]{0,8}BEGIN:VCARD/.test(start)) return 'vcard';
  return /\.(vcf|vcard)$/i.test(file.name) ? 'vcard' : 'csv';
}
