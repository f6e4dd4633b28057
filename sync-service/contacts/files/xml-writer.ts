/** Contacts in XML (docs/contact-files.md). */
import type { ContactWriter } from './write-contacts';
import { writable } from './write-contacts';

export function createXmlWriter(): ContactWriter {
  return {
    start: '<?xml version="1.0" encoding="UTF-8"?>\n<contacts version="1">\n',
    write: ({ fields }) =>
      [
        '  <contact>',
        element('displayName', fields.displayName),
        element('givenName', fields.givenName),
        element('surname', fields.surname),
        element('company', fields.company),
        element('department', fields.department),
        element('jobTitle', fields.jobTitle),
        ...fields.numbers.map(({ kind, raw }) => element('number', raw, ` kind="${kind}"`)),
        ...fields.emails.map((email) => element('email', email)),
        element('notes', fields.notes),
        '  </contact>\n',
      ]
        .filter((line) => line !== '')
        .join('\n'),
    end: '</contacts>\n',
  };
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

function element(name: string, text: string | undefined, attributes = ''): string {
  if (text === undefined) return '';
  const escaped = writable(text).replace(/[&<>\r]/g, (sign) => escapes[sign] ?? sign);
  return `    <${name}${attributes}>${escaped}</${name}>`;
}
