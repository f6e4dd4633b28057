/** Files to start from: with the columns and elements that are read, and one contact as an example. */

const columns = {
  en: [
    ...[
      'First Name',
      'Last Name',
      'Company',
      'Department',
      'Job Title',
      'Business Phone',
      'Mobile Phone',
      'Home Phone',
    ],
    ...['Business Fax', 'E-mail Address', 'Notes'],
  ],
  de: [
    ...['Vorname', 'Nachname', 'Firma', 'Abteilung', 'Position', 'Telefon geschäftlich', 'Mobiltelefon'],
    ...['Telefon privat', 'Fax geschäftlich', 'E-Mail-Adresse', 'Notizen'],
  ],
} as const;
const example = [
  ...['Erika', 'Mustermann', 'Muster GmbH', '', '', '+49 89 99998-123', '0171 3920012', ''],
  ...['', 'erika@muster.example', ''],
];

/** With semicolons in German, as the spreadsheets of that language want it. */
export function csvTemplate(language: 'en' | 'de'): string {
  const separator = language === 'de' ? ';' : ',';
  const rows = [columns[language], example];
  return `\ufeff${rows.map((row) => row.map((cell) => `"${cell}"`).join(separator)).join('\r\n')}\r\n`;
}

export const xmlTemplate = `<?xml version="1.0" encoding="UTF-8"?>
<contacts version="1">
  <contact>
    <displayName>Erika Mustermann</displayName>
    <givenName>Erika</givenName>
    <surname>Mustermann</surname>
    <company>Muster GmbH</company>
    <department></department>
    <jobTitle></jobTitle>
    <!-- internal, business, mobile, private, main, other, assistant, fax or pager; any number of them -->
    <number kind="business">+49 89 99998-123</number>
    <number kind="mobile">0171 3920012</number>
    <email>erika@muster.example</email>
    <notes></notes>
  </contact>
</contacts>
`;
