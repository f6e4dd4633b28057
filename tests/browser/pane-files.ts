/** Contact files as a user has them. */

/** Outlook's CSV export: first name, surname, company, business phone. */
export function fileOf(rows: readonly (readonly string[])[], name = 'contacts.csv') {
  const lines = [['First Name', 'Last Name', 'Company', 'Business Phone'], ...rows];
  const text = lines.map((line) => line.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\r\n');
  return { name, mimeType: 'text/csv', buffer: Buffer.from(`${text}\r\n`) };
}
